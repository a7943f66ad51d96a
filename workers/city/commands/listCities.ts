import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CityManifest } from '@/domain/city/manifest'
import type { Command } from './command'

/** `list`: one line for each package of this machine. */
export const listCities: Command = async (_words, { cities, say }) => {
  const names = await readdir(cities).catch(() => [])
  const packages = names.filter((name) => !name.startsWith('.')).sort()
  if (packages.length === 0) say(`no city under ${cities}`)
  for (const name of packages) say(await describe(cities, name))
  return 0
}

async function describe(cities: string, name: string): Promise<string> {
  const text = await readFile(join(cities, name, 'manifest.json'), 'utf8').catch(() => undefined)
  const parsed = CityManifest.safeParse(text === undefined ? undefined : jsonOf(text))
  if (!parsed.success) return `${name}: no readable manifest`
  const { identity, buildings, roads } = parsed.data
  const figures = `${buildings.count} buildings, ${Math.round(roads.metres / 1000)} km of roads`
  return `${name}: ${identity.name.en} ${identity.name['zh-CN']}, ${identity.dataDate}, ${figures}`
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
