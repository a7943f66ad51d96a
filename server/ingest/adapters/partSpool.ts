import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Packages of messages whose rest is still to come, on disk: each is answered to its terminal, so each must outlive
 * this server. Writes go one after the other.
 */
export class PartSpool {
  readonly #path: string
  #last: Promise<void> = Promise.resolve()
  #bytes = 0

  constructor(path: string) {
    this.#path = path
  }

  /** What was kept and not yet let go; nothing when there is no file. */
  async read(): Promise<Uint8Array> {
    const kept = await readFile(this.#path).catch(() => Buffer.alloc(0))
    this.#bytes = kept.length
    return kept
  }

  /** Resolves when the package is on disk. @throws disk errors */
  keep(bytes: Uint8Array): Promise<void> {
    return this.#next(async () => {
      await mkdir(dirname(this.#path), { recursive: true })
      await written(this.#path, 'a', bytes)
      this.#bytes += bytes.length
    })
  }

  /** Replaces what is kept by what is still waited for when its turn comes. @throws disk errors */
  keepOnly(waiting: () => Uint8Array): Promise<void> {
    return this.#next(async () => {
      const bytes = waiting()
      if (this.#bytes === 0 && bytes.length === 0) return
      await written(`${this.#path}.next`, 'w', bytes)
      await rename(`${this.#path}.next`, this.#path)
      this.#bytes = bytes.length
    })
  }

  #next(step: () => Promise<void>): Promise<void> {
    const done = this.#last.then(step)
    this.#last = done.catch(() => undefined)
    return done
  }
}

async function written(path: string, flags: 'a' | 'w', bytes: Uint8Array): Promise<void> {
  const handle = await open(path, flags)
  try {
    await handle.writeFile(bytes)
    await handle.datasync()
  } finally {
    await handle.close()
  }
}
