import { existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { childEnv, hostFacts } from '@/platform/env'
import { command } from '../command'
import type { Places } from '../places'
import { CannotRun } from '../service'

export interface RedisBinary {
  readonly file: string
  readonly env: NodeJS.ProcessEnv
}

/** redis-server itself, then what it needs beyond a bare Debian; the second part only where it is missing. */
const PACKAGES = [
  ['redis-server', 'redis-tools', 'liblzf1', 'libjemalloc2'],
  ['libssl3', 'libsystemd0', 'libatomic1'],
] as const

/** The system's redis-server, else Debian's packages unpacked under var/. @throws CannotRun */
export async function findRedis(places: Places, say: (line: string) => void): Promise<RedisBinary> {
  for (const file of [
    'redis-server',
    'valkey-server',
    '/opt/homebrew/bin/redis-server',
    '/usr/local/bin/redis-server',
  ]) {
    if ((await command(file, ['--version'])).ok) return { file, env: childEnv({}) }
  }
  if (hostFacts().platform === 'darwin') {
    throw new CannotRun('There is no Redis here: run `brew install redis`, or set REDIS_URL to a server.')
  }
  const unpacked = await unpackedRedis(places)
  if (unpacked !== undefined) return unpacked
  for (const names of PACKAGES) {
    say(`Redis is not installed: fetching ${names.join(', ')} from the system's package source (about 2 MB)`)
    await fetchPackages(names, places)
    const found = await unpackedRedis(places)
    if (found !== undefined) return found
  }
  throw new CannotRun('There is no Redis here: install redis-server, or set REDIS_URL to a server.')
}

const rootOf = (places: Places): string => join(places.packages, 'redis')

async function unpackedRedis(places: Places): Promise<RedisBinary | undefined> {
  const file = join(rootOf(places), 'usr', 'bin', 'redis-server')
  if (!existsSync(file)) return undefined
  const folders = await Promise.all(['usr/lib', 'lib'].map((folder) => librariesUnder(join(rootOf(places), folder))))
  const env = childEnv({ LD_LIBRARY_PATH: folders.flat().join(':') })
  return (await command(file, ['--version'], { env })).ok ? { file, env } : undefined
}

async function librariesUnder(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { withFileTypes: true })
  return [folder, ...entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name))]
}

async function fetchPackages(names: readonly string[], places: Places): Promise<void> {
  const debs = join(places.packages, 'debs')
  await mkdir(join(debs, 'lists', 'partial'), { recursive: true })
  await mkdir(join(debs, 'cache', 'archives', 'partial'), { recursive: true })
  let got = await command('apt-get', ['download', ...names], { cwd: debs })
  if (!got.ok) {
    // No lists yet: read them into a folder of ours, which needs no root.
    const own = ['-o', `Dir::State::lists=${join(debs, 'lists')}`, '-o', `Dir::Cache=${join(debs, 'cache')}`]
    await command('apt-get', [...own, 'update'], { cwd: debs })
    got = await command('apt-get', [...own, 'download', ...names], { cwd: debs })
  }
  if (!got.ok) throw new CannotRun('There is no Redis here: install redis-server, or set REDIS_URL to a server.')
  for (const file of await readdir(debs)) {
    if (file.endsWith('.deb')) await command('dpkg', ['-x', join(debs, file), rootOf(places)])
  }
}
