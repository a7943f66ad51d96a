import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const Position = z.object({
  /** Newest value of the watermark's column that was acknowledged. */
  watermark: z.string().optional(),
  etag: z.string().optional(),
  /** The address whose one and only page had this ETag. */
  etagOf: z.string().optional(),
})
export type Position = z.infer<typeof Position>

/** Where each fetched feed stands. Losing it is safe: what is fetched again is a re-send, and dropped. */
export class Positions {
  readonly #folder: string

  constructor(varFolder: string) {
    this.#folder = join(varFolder, 'adapters')
  }

  async read(world: string, feed: string): Promise<Position> {
    try {
      return Position.parse(JSON.parse(await readFile(this.#path(world, feed), 'utf8')))
    } catch {
      return {}
    }
  }

  async write(world: string, feed: string, position: Position): Promise<void> {
    const path = this.#path(world, feed)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(`${path}.next`, JSON.stringify(position))
    await rename(`${path}.next`, path)
  }

  /** Where packages of a feed wait for the rest of their messages. */
  spoolPath(world: string, feed: string): string {
    return this.#path(world, feed).replace(/json$/, 'parts')
  }

  #path(world: string, feed: string): string {
    const name = `${encodeURIComponent(world)}--${encodeURIComponent(feed)}`
    return join(this.#folder, `${name.length <= NAME_MOST ? name : shortened(name)}.json`)
  }
}

/** A file's name has 255 bytes at most, and `.json.next` comes behind it: a key of 120 Chinese letters has 1 080. */
const NAME_MOST = 200
const shortened = (name: string): string =>
  `${name.slice(0, 80).replace(/%[0-9A-F]?$/, '')}-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`
