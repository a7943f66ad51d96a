import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { ShelvedCity } from './cityShelf'

export type Packing = 'br' | 'gzip' | 'none'

export interface ServedFile {
  readonly body: Buffer
  readonly type: string
  readonly packing: Packing
}

type Packed = Omit<ServedFile, 'type'>

const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  geojson: 'application/geo+json',
  ndjson: 'application/x-ndjson',
  glb: 'model/gltf-binary',
  gltf: 'model/gltf+json',
  mvt: 'application/vnd.mapbox-vector-tile',
  png: 'image/png',
  jpg: 'image/jpeg',
  tif: 'image/tiff',
}
/** Packed already, or read in pieces. */
const PACKED = new Set(['png', 'jpg', 'jpeg', 'webp', 'ktx2', 'tif'])
const SMALL = 512
const asGzip = promisify(gzip)
const asBrotli = promisify(brotliCompress)
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }

/** Files of packages, packed once for all screens: what was packed is kept within a bound, the oldest goes first. */
export class PackedFiles {
  readonly #limit: number
  readonly #packed = new Map<string, Promise<Packed>>()
  readonly #sizes = new Map<string, number>()
  #bytes = 0

  /** `limit` in bytes. */
  constructor(limit: number) {
    this.#limit = limit
  }

  get bytes(): number {
    return this.#bytes
  }

  /** A file that the package lists, or nothing. */
  async open(shelved: ShelvedCity, path: string, accepted: string): Promise<ServedFile | undefined> {
    const sum = shelved.files.get(path)
    if (sum === undefined) return undefined
    const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
    const type = TYPES[ending] ?? 'application/octet-stream'
    const whole = join(shelved.folder, path)
    const packing = PACKED.has(ending) ? 'none' : packingOf(accepted)
    if (packing === 'none') return { body: await readFile(whole), type, packing }
    return { ...(await this.#pack(`${packing} ${sum}`, whole, packing)), type }
  }

  #pack(key: string, path: string, packing: 'br' | 'gzip'): Promise<Packed> {
    const held = this.#packed.get(key)
    if (held !== undefined) {
      // Asked for again: it is the youngest now.
      this.#packed.delete(key)
      this.#packed.set(key, held)
      return held
    }
    const made = packFile(path, packing)
    this.#packed.set(key, made)
    made.then(
      ({ body }) => this.#keep(key, body.length),
      () => this.#packed.delete(key),
    )
    return made
  }

  #keep(key: string, size: number): void {
    this.#sizes.set(key, size)
    this.#bytes += size
    for (const [oldest] of this.#packed) {
      if (this.#bytes <= this.#limit) return
      const freed = this.#sizes.get(oldest)
      if (freed === undefined) continue // still being packed
      this.#packed.delete(oldest)
      this.#sizes.delete(oldest)
      this.#bytes -= freed
    }
  }
}

async function packFile(path: string, packing: 'br' | 'gzip'): Promise<Packed> {
  const body = await readFile(path)
  if (body.length < SMALL) return { body, packing: 'none' }
  return { body: await (packing === 'br' ? asBrotli(body, BROTLI) : asGzip(body, { level: 6 })), packing }
}

function packingOf(accepted: string): Packing {
  if (/\bbr\b/.test(accepted)) return 'br'
  return /\bgzip\b/.test(accepted) ? 'gzip' : 'none'
}
