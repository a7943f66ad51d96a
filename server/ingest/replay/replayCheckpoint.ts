import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const Checkpoint = z.object({
  /** World time up to which every record was acknowledged by the log. */
  reached: z.number(),
  /** World time when this was written: the World goes on from here. */
  worldTime: z.number(),
  shift: z.number(),
  /** World time at which the World began. */
  begun: z.number(),
})
export type ReplayCheckpoint = z.infer<typeof Checkpoint>

/** Where each replayed feed stands; a file per feed, because it belongs to this server's data and to nobody's query. */
export class ReplayCheckpoints {
  readonly #folder: string

  constructor(varFolder: string) {
    this.#folder = join(varFolder, 'replay')
  }

  async read(world: string, feed: string): Promise<ReplayCheckpoint | undefined> {
    try {
      return Checkpoint.parse(JSON.parse(await readFile(this.#path(world, feed), 'utf8')))
    } catch {
      // Beginning again is safe: what is stored already is a re-send.
      return undefined
    }
  }

  async write(world: string, feed: string, checkpoint: ReplayCheckpoint): Promise<void> {
    const path = this.#path(world, feed)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(`${path}.next`, JSON.stringify(checkpoint))
    await rename(`${path}.next`, path)
  }

  #path(world: string, feed: string): string {
    return join(this.#folder, `${encodeURIComponent(world)}--${encodeURIComponent(feed)}.json`)
  }
}
