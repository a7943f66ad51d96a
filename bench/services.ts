import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import { connectClickHouse } from '@/platform/clickhouse/connect'
import { migrateClickHouse } from '@/platform/clickhouse/migrate'
import { startEmbedded } from '@/platform/embedded/embedded'
import { placesOf } from '@/platform/embedded/places'
import { hostFacts } from '@/platform/env'
import { createLog } from '@/platform/log'
import type { Log } from '@/platform/log'
import { migrationsOf } from '@/platform/migrations'
import { connectPostgres } from '@/platform/postgres/connect'
import { migratePostgres } from '@/platform/postgres/migrate'
import type { Postgres } from '@/platform/postgres/postgres'

/** Embedded stores of a bench's own, in a folder that is removed at its end. */
export interface BenchServices {
  readonly folder: string
  readonly urls: { readonly CLICKHOUSE_URL: string; readonly DATABASE_URL: string; readonly REDIS_URL: string }
  readonly clickhouse: ClickHouse
  readonly postgres: Postgres
  readonly log: Log
  stop(): Promise<void>
}

export async function startServices(say: (line: string) => void): Promise<BenchServices> {
  const folder = await makeFolder()
  say('starting the stores')
  const services = await openServices(folder)
  return {
    ...services,
    async stop() {
      await services.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** An empty folder for a Belfry of a bench's own. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'belfry-bench-'))
  const { packages } = placesOf('var')
  await mkdir(packages, { recursive: true })
  await symlink(packages, join(folder, 'packages')) // what was fetched once is not fetched again
  return folder
}

/** The stores of a folder, migrated; `stop` leaves the folder. */
export async function openServices(folder: string): Promise<BenchServices> {
  const embedded = await startEmbedded(folder, {}, () => undefined)
  const { CLICKHOUSE_URL, DATABASE_URL, REDIS_URL } = embedded
  const log = createLog('bench', { level: 'silent' })
  const clickhouse = connectClickHouse({ url: CLICKHOUSE_URL, log })
  const postgres = connectPostgres({ url: DATABASE_URL, log, max: 4 })
  await migratePostgres(postgres, { folder: migrationsOf('postgres'), log })
  await migrateClickHouse(clickhouse, { folder: migrationsOf('clickhouse'), log })
  return {
    folder,
    urls: { CLICKHOUSE_URL, DATABASE_URL, REDIS_URL },
    clickhouse,
    postgres,
    log,
    async stop() {
      await Promise.allSettled([clickhouse.close(), postgres.close()])
      await embedded.stop()
    },
  }
}

/** Resident memory in bytes of everything a bench has started, without the bench itself. */
export async function startedBytes(): Promise<number> {
  const { pid } = hostFacts()
  const own = Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  return (await residentBytes(pid)) - own
}

/** Resident memory in bytes of a process and all below it (Linux). */
async function residentBytes(pid: number): Promise<number> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    const own = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024
    const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).split(' ').filter(Boolean)
    const below = await Promise.all(children.map((child) => residentBytes(Number(child))))
    return below.reduce((sum, bytes) => sum + bytes, own)
  } catch {
    return 0 // ended meanwhile
  }
}
