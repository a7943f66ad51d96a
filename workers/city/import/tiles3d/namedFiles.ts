import { readdir, realpath, stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { SourceRefused } from '../refused'

/** The files of a folder that its tileset names, each known to lie in the folder, links followed. */
export class NamedFiles {
  readonly #folder: string
  readonly #paths = new Set<string>()
  #all: readonly string[] | undefined

  constructor(folder: string) {
    this.#folder = resolve(folder)
  }

  /** Relative to the folder, `/` between folders, sorted. */
  get paths(): readonly string[] {
    return [...this.#paths].sort()
  }

  /**
   * Path of the file that `uri` means in `file`; undefined where there is none.
   * @throws SourceRefused when it is no path, or leads out of the folder
   */
  async take(uri: string, file: string): Promise<string | undefined> {
    const path = this.#pathOf(uri, file)
    const found = await stat(path).catch(() => undefined)
    if (found?.isFile() !== true) return undefined
    const [root, real] = [await realpath(this.#folder), await realpath(path)]
    if (leadsOut(relative(root, real)))
      throw new SourceRefused(file, `names content that a link leads out of its folder: ${uri.slice(0, 100)}`)
    this.#paths.add(this.#inside(path))
    return path
  }

  /** Paths of all files that fit `content/{level}/{x}/{y}.glb`; links are no files here. @throws SourceRefused */
  async takePattern(uri: string, file: string): Promise<string[]> {
    const words = this.#inside(this.#pathOf(uri, file)).split(/\{(?:level|x|y|z)\}/)
    const pattern = new RegExp(
      `^${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\d{1,10}')}$`,
    )
    this.#all ??= await this.#list()
    const fitting = this.#all.filter((path) => pattern.test(path))
    for (const path of fitting) this.#paths.add(path)
    return fitting.map((path) => join(this.#folder, path))
  }

  #pathOf(uri: string, file: string): string {
    const plain = decoded(uri.split(/[?#]/)[0] ?? '')
    if (plain === undefined) throw new SourceRefused(file, `names content by no address: ${uri.slice(0, 100)}`)
    const path = resolve(join(file, '..', plain))
    if (/^[a-z][a-z0-9+.-]*:|^\//i.test(plain) || leadsOut(relative(this.#folder, path)))
      throw new SourceRefused(file, `names content outside its folder: ${uri.slice(0, 100)}`)
    return path
  }

  #inside(path: string): string {
    return relative(this.#folder, path).split(sep).join('/')
  }

  async #list(): Promise<string[]> {
    const entries = await readdir(this.#folder, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => this.#inside(resolve(entry.parentPath, entry.name)))
  }
}

const leadsOut = (inside: string): boolean => inside === '..' || inside.startsWith(`..${sep}`)

function decoded(uri: string): string | undefined {
  try {
    return decodeURI(uri)
  } catch {
    return undefined
  }
}
