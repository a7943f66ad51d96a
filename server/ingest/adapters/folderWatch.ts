import { constants } from 'node:fs'
import { lstat, mkdir, open, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BodyRefused } from '../bodyRefused'
import { BODY_LIMITS } from '../decode/decodedBatch'
import type { AdapterParts, Task } from './adapter'
import type { Carrier } from './carrier'
import { isAborted } from './eitherSignal'

/** Names under which a file is still being written; by rule a producer renames it when it is whole. */
const UNFINISHED = /^\.|\.(?:tmp|part|filepart|swp|crdownload)$|~$/i

/**
 * Takes files out of a folder, oldest name first. A file is taken when a second look finds it as it was; it is moved
 * only when its records are durable, so that whatever happens it is taken again, and its re-sent records are dropped.
 */
export class FolderWatch {
  readonly #parts: AdapterParts
  readonly #task: Task<'folder'>
  readonly #carrier: Carrier
  readonly #folder: string
  #looks = new Map<string, string>()

  constructor(parts: AdapterParts, task: Task<'folder'>, { carrier, drop }: { carrier: Carrier; drop: string }) {
    this.#parts = parts
    this.#task = task
    this.#carrier = carrier
    this.#folder = join(drop, task.source.folder)
  }

  async run(signal: AbortSignal): Promise<void> {
    await Promise.all(['taken', 'refused'].map((name) => mkdir(join(this.#folder, name), { recursive: true })))
    while (!signal.aborted) {
      try {
        const found = await this.#look(signal)
        this.#carrier.answered()
        if (found) await sleep(200, undefined, { signal })
        else await sleep(this.#task.source.everySeconds * 1_000, undefined, { signal })
      } catch (cause) {
        if (isAborted(signal)) return
        this.#carrier.failed(cause)
        this.#parts.log.warn({ err: cause, feed: this.#task.feed.key }, 'the folder cannot be read')
        await sleep(this.#task.source.everySeconds * 1_000, undefined, { signal }).catch(() => undefined)
      }
    }
  }

  /** True while there are files that need another look soon. @throws what one of the files ran into, after all others */
  async #look(signal: AbortSignal): Promise<boolean> {
    const looks = new Map<string, string>()
    const failed: unknown[] = []
    for (const name of (await readdir(this.#folder)).sort()) {
      if (UNFINISHED.test(name) || !this.#matches(name)) continue
      const facts = await lstat(join(this.#folder, name)).catch(() => undefined)
      // A link could lead anywhere: only files that lie here are read.
      if (facts?.isFile() !== true) continue
      const look = `${facts.ino}/${facts.size}/${facts.mtimeMs}`
      if (this.#looks.get(name) !== look) looks.set(name, look)
      else await this.#take(name, signal).catch((cause: unknown) => failed.push(cause))
      signal.throwIfAborted()
    }
    this.#looks = looks
    if (failed.length > 0) throw failed[0]
    return looks.size > 0
  }

  #matches(name: string): boolean {
    const patterns = this.#task.source.input.files
    return patterns === undefined || patterns.some((pattern) => globOf(pattern).test(name))
  }

  async #take(name: string, signal: AbortSignal): Promise<void> {
    const path = join(this.#folder, name)
    const bytes = await readBounded(path)
    if (bytes === undefined) {
      const detail = `${name} has more than ${BODY_LIMITS.inflatedBytes} bytes: cut it.`
      await this.#carrier.quarantine(
        Buffer.from(name),
        new BodyRefused({ status: 413, code: 'ingest.tooLarge', message: detail }),
      )
      await this.#move(name, 'refused')
      return
    }
    const receipt = await this.#carrier.carry({ bytes }, signal)
    await this.#move(name, receipt === undefined ? 'refused' : 'taken')
  }

  /** Into `taken` or `refused`, under a name that nothing there has. */
  async #move(name: string, to: 'taken' | 'refused'): Promise<void> {
    const target = join(this.#folder, to, name)
    const free = (await lstat(target).catch(() => undefined)) === undefined
    const moved = free ? target : join(this.#folder, to, `${this.#parts.clock.now()}-${name}`)
    await rename(join(this.#folder, name), moved)
  }
}

/** The whole file; nothing when it is too large to be a body. A two-gigabyte file is never read. */
async function readBounded(path: string): Promise<Buffer | undefined> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const { size } = await handle.stat()
    return size > BODY_LIMITS.inflatedBytes ? undefined : await handle.readFile()
  } finally {
    await handle.close()
  }
}

const globOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  )
