import { createHash } from 'node:crypto'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { HOME } from '@/platform/embedded/places'
import { SUMS, sha256 } from './package/folderWriter'

/** The city of the exercise that `npm start` shows: the World and the package have this key. */
export const EXERCISE_CITY = 'linjiang'
export const EXERCISE_SEED = 7

/** What the invented city is made by: other sources make another city. */
const MAKERS = ['scenarios/linjiang', 'workers/city/package', 'domain/city', 'domain/geodesy', 'domain/roads']

const Made = z.object({ digest: z.string(), seed: z.number(), makers: z.string() })
const madePath = (cities: string): string => join(cities, `.made-${EXERCISE_CITY}.json`)

/** Remembers by which sources and seed the package with that digest was made. */
export async function noteMade(
  cities: string,
  made: { readonly digest: string; readonly seed: number },
): Promise<void> {
  await writeFile(madePath(cities), JSON.stringify({ ...made, makers: await makersDigest() }))
}

/** Should the package be made: it is missing, or it was made here by other sources. Somebody's own package stays. */
export async function exerciseCityIsDue(cities: string): Promise<boolean> {
  const sums = await readFile(join(cities, EXERCISE_CITY, SUMS)).catch(() => undefined)
  if (sums === undefined) return true
  const made = await readMade(cities)
  return made !== undefined && made.digest === sha256(sums) && made.makers !== (await makersDigest())
}

async function readMade(cities: string): Promise<z.infer<typeof Made> | undefined> {
  try {
    return Made.parse(JSON.parse(await readFile(madePath(cities), 'utf8')))
  } catch {
    return undefined
  }
}

async function makersDigest(): Promise<string> {
  const hash = createHash('sha256')
  for (const folder of MAKERS) {
    const names = await readdir(join(HOME, folder), { recursive: true })
    for (const name of names.filter((one) => one.endsWith('.ts') && !one.endsWith('.test.ts')).sort())
      hash.update(name).update(await readFile(join(HOME, folder, name)))
  }
  return hash.digest('hex')
}
