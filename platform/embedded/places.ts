import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Folder of the repository: children run here. */
export const HOME = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** Where an embedded Belfry keeps what; all absolute. */
export interface Places {
  readonly var: string
  readonly run: string
  readonly log: string
  readonly tmp: string
  readonly packages: string
  /** Unix sockets: a path over 107 bytes fails, and `var` may be deep. */
  readonly sockets: string
}

export function placesOf(varFolder: string): Places {
  const root = resolve(HOME, varFolder)
  const hash = createHash('sha256').update(root).digest('hex').slice(0, 8)
  return {
    var: root,
    run: join(root, 'run'),
    log: join(root, 'log'),
    tmp: join(root, 'tmp'),
    packages: join(root, 'packages'),
    sockets: join(tmpdir(), `belfry-${hash}`),
  }
}
