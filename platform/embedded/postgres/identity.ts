import { chmod, chown, cp, mkdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { childEnv, hostFacts } from '@/platform/env'
import { command } from '../command'
import type { Places } from '../places'
import type { Binaries } from './binaries'

/** How PostgreSQL is run: it refuses root. */
export interface Identity {
  readonly binaries: Binaries
  /** Folder for the data. */
  readonly data: string
  /** Words before the program. */
  readonly prefix: readonly string[]
  readonly owner: { readonly uid: number; readonly gid: number } | undefined
}

const DATA = 'postgres'

/**
 * Ways to run these binaries on this machine, best first. As root: in a user namespace of its own, which keeps file
 * ownership and enters a home of mode 700; else as nobody, with a copy in the temp folder where needed.
 */
export async function identities(binaries: Binaries, places: Places): Promise<Identity[]> {
  const data = join(places.var, DATA)
  if (hostFacts().uid !== 0) return [{ binaries, data, prefix: [], owner: undefined }]
  const found: Identity[] = []
  const namespace = ['unshare', '--user']
  if ((await command('unshare', ['--user', 'true'])).ok) {
    found.push({ binaries, data, prefix: namespace, owner: undefined })
  }
  const owner = await nobody()
  if (owner !== undefined) found.push(await asNobody(binaries, places, owner))
  return found
}

async function nobody(): Promise<{ uid: number; gid: number } | undefined> {
  const [uid, gid] = await Promise.all([command('id', ['-u', 'nobody']), command('id', ['-g', 'nobody'])])
  return uid.ok && gid.ok ? { uid: Number(uid.output), gid: Number(gid.output) } : undefined
}

async function asNobody(
  binaries: Binaries,
  places: Places,
  owner: { readonly uid: number; readonly gid: number },
): Promise<Identity> {
  await chmod(places.sockets, 0o711) // nobody passes through to folders of its own
  const reachable = await worldEnters(places.var)
  const data = reachable ? join(places.var, DATA) : join(places.sockets, DATA)
  if (binaries.origin === 'system' || ((await worldEnters(binaries.bin)) && reachable)) {
    return { binaries, data, prefix: [], owner }
  }
  const copy = join(places.sockets, 'postgresql')
  await mkdir(copy, { recursive: true })
  await cp(dirname(binaries.bin), copy, { recursive: true, verbatimSymlinks: true })
  const links = join(copy, 'links')
  for (const folder of binaries.libraries.slice(0, 1)) await cp(folder, links, { recursive: true, dereference: true })
  await chown(copy, owner.uid, owner.gid)
  const libraries = [links, join(copy, 'lib')]
  return { binaries: { ...binaries, bin: join(copy, 'bin'), libraries }, data, prefix: [], owner }
}

/** May everyone pass through every folder above, and this one? */
async function worldEnters(folder: string): Promise<boolean> {
  const { mode } = await stat(folder)
  if ((mode & 0o001) === 0) return false
  return folder === '/' || worldEnters(dirname(folder))
}

/** A program of this PostgreSQL with its arguments and environment. */
export function program(identity: Identity, name: 'initdb' | 'postgres', args: readonly string[]) {
  const { binaries, prefix, owner } = identity
  const [first = '', ...rest] = [...prefix, join(binaries.bin, name), ...args]
  const libraries = binaries.libraries.length === 0 ? {} : { LD_LIBRARY_PATH: binaries.libraries.join(':') }
  return { command: first, args: rest, env: childEnv({ ...libraries, LC_ALL: 'C', TZ: 'UTC' }), ...owner }
}
