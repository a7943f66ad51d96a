import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const Sent = z.object({ anchor: z.number(), sentTo: z.record(z.string(), z.number()) })

/**
 * World time up to which each feed has been sent and acknowledged; `anchor` names the setting of the World's clock it
 * belongs to. Kept in a file, so that a killed simulator goes on where it was.
 */
export class SentProgress {
  readonly #path: string
  readonly #sentTo = new Map<string, number>()
  #anchor = Number.NaN

  constructor(varFolder: string) {
    this.#path = join(varFolder, 'run', 'simulator-sent.json')
  }

  async load(): Promise<void> {
    try {
      const { anchor, sentTo } = Sent.parse(JSON.parse(await readFile(this.#path, 'utf8')))
      this.#anchor = anchor
      for (const [feed, at] of Object.entries(sentTo)) this.#sentTo.set(feed, at)
    } catch {
      this.#sentTo.clear() // a first start, or a file cut by a kill: the intake drops what is sent twice
    }
  }

  /** Forgets everything when the World's clock was set anew. */
  follow(anchor: number): void {
    if (anchor === this.#anchor) return
    this.#anchor = anchor
    this.#sentTo.clear()
  }

  sentTo(feed: string): number | undefined {
    return this.#sentTo.get(feed)
  }

  acknowledged(feed: string, worldMs: number): void {
    this.#sentTo.set(feed, worldMs)
  }

  async save(): Promise<void> {
    const next = `${this.#path}.next`
    await mkdir(dirname(this.#path), { recursive: true })
    await writeFile(next, JSON.stringify({ anchor: this.#anchor, sentTo: Object.fromEntries(this.#sentTo) }))
    await rename(next, this.#path)
  }
}
