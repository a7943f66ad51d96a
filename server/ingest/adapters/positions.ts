import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const Position = z.object({
  /** Newest value of the watermark's column that was acknowledged. */
  watermark: z.string().optional(),
  etag: z.string().optional(),
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

  #path(world: string, feed: string): string {
    return join(this.#folder, `${encodeURIComponent(world)}--${encodeURIComponent(feed)}.json`)
  }
}
