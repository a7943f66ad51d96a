import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

export const SUMS = 'SHA256SUMS'
/** No writer works this long on a package, ms. */
const ABANDONED_MS = 3_600_000

/**
 * A folder that appears whole or not at all: files are written beside it and take its name at the end, when the sums of
 * all of them are known.
 */
export class FolderWriter {
  readonly #folder: string
  readonly #staging: string
  readonly #sums = new Map<string, string>()
  readonly #made = new Set<string>()
  #bytes = 0

  /** `stamp` tells two writers of one folder apart. */
  constructor(folder: string, stamp: string) {
    this.#folder = folder
    this.#staging = join(dirname(folder), `.${stamp}-new`)
  }

  get files(): number {
    return this.#sums.size
  }

  get bytes(): number {
    return this.#bytes
  }

  async begin(): Promise<void> {
    await rm(this.#staging, { recursive: true, force: true })
    await mkdir(this.#staging, { recursive: true })
    await this.#clear((await stat(this.#staging)).mtimeMs)
  }

  /** `path` with `/` between folders. */
  async write(path: string, body: Uint8Array): Promise<void> {
    await this.#room(path)
    await writeFile(join(this.#staging, path), body)
    this.#note(path, body)
  }

  /** Copies `files` of the folder `from` below `path`; nothing else that lies there. @throws the system's error */
  async copy(
    path: string,
    { from, files }: { readonly from: string; readonly files: readonly string[] },
  ): Promise<void> {
    for (const file of files) await this.write(`${path}/${file}`, await readFile(join(from, file)))
  }

  /** Writes the sums, takes the folder's name and gives the digest of the whole: the sha256 of the sums. */
  async finish(): Promise<string> {
    const lines = [...this.#sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, sum]) => `${sum}  ${path}\n`)
    const sums = Buffer.from(lines.join(''))
    await writeFile(join(this.#staging, SUMS), sums)
    const old = `${this.#staging}-old`
    await rm(old, { recursive: true, force: true })
    await rename(this.#folder, old).catch(ignoreMissing)
    await rename(this.#staging, this.#folder)
    await rm(old, { recursive: true, force: true })
    return sha256(sums)
  }

  async abandon(): Promise<void> {
    await rm(this.#staging, { recursive: true, force: true })
  }

  /** Removes what writers of this folder left behind that were killed. */
  async #clear(now: number): Promise<void> {
    const [parent, name] = [dirname(this.#folder), basename(this.#folder)]
    for (const left of await readdir(parent)) {
      if (!left.startsWith(`.${name}-`)) continue
      const seen = await stat(join(parent, left)).catch(() => undefined)
      if (seen === undefined || now - seen.mtimeMs < ABANDONED_MS) continue
      await rm(join(parent, left), { recursive: true, force: true })
    }
  }

  async #room(path: string): Promise<void> {
    const folder = dirname(path)
    if (this.#made.has(folder)) return
    await mkdir(join(this.#staging, folder), { recursive: true })
    this.#made.add(folder)
  }

  #note(path: string, body: Uint8Array): void {
    this.#sums.set(path, sha256(body))
    this.#bytes += body.length
  }
}

export const sha256 = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex')

function ignoreMissing(cause: unknown): void {
  if ((cause as { code?: string }).code !== 'ENOENT') throw cause
}
