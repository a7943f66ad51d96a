import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CityProgress } from '@/domain/api/city'
import { CityManifest } from '@/domain/city/manifest'
import { CityKey } from '@/domain/ids'
import type { Log } from '@/platform/log'

/** A package as it lies on the disk. */
export interface ShelvedCity {
  readonly city: string
  readonly folder: string
  /** sha256 of SHA256SUMS. */
  readonly digest: string
  readonly manifest: CityManifest
  /** sha256 by path: the files that may be served, and no others. */
  readonly files: ReadonlyMap<string, string>
}

interface Held {
  readonly stamp: string
  readonly shelved: ShelvedCity
}

/** A making of which nothing was heard for this long has died, ms. */
const SILENT_MS = 15 * 60_000

/** The city packages under one folder, read anew when their sums change. */
export class CityShelf {
  readonly #cities: string
  readonly #log: Log
  readonly #held = new Map<string, Held>()

  constructor({ cities, log }: { readonly cities: string; readonly log: Log }) {
    this.#cities = cities
    this.#log = log
  }

  /** The package of that name, or nothing where there is none that can be read. */
  async find(city: string): Promise<ShelvedCity | undefined> {
    if (!CityKey.safeParse(city).success) return undefined
    const folder = join(this.#cities, city)
    const seen = await stat(join(folder, 'SHA256SUMS')).catch(() => undefined)
    if (seen === undefined) return undefined
    const stamp = `${seen.mtimeMs} ${seen.size} ${seen.ino}`
    const held = this.#held.get(city)
    if (held?.stamp === stamp) return held.shelved
    try {
      const shelved = await readCity(city, folder)
      this.#held.set(city, { stamp, shelved })
      return shelved
    } catch (cause) {
      this.#log.warn({ err: cause, city }, 'city package cannot be read')
      return undefined
    }
  }

  /** How far the making of a package is at a moment of the machine; nothing when none is made. */
  async progress(city: string, now: number): Promise<CityProgress | undefined> {
    if (!CityKey.safeParse(city).success) return undefined
    const path = join(this.#cities, `.building-${city}.json`)
    try {
      const { mtimeMs } = await stat(path)
      return now - mtimeMs > SILENT_MS ? undefined : CityProgress.parse(JSON.parse(await readFile(path, 'utf8')))
    } catch {
      return undefined
    }
  }
}

async function readCity(city: string, folder: string): Promise<ShelvedCity> {
  const sums = await readFile(join(folder, 'SHA256SUMS'))
  const manifest = CityManifest.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')))
  const lines = sums.toString('utf8').split('\n').filter(Boolean)
  const files = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]))
  return { city, folder, digest: createHash('sha256').update(sums).digest('hex'), manifest, files }
}
