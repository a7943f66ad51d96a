import { z } from 'zod'
import type { Log } from '../log'
import { pendingMigrations, readMigrations } from '../migrations'
import type { Migration } from '../migrations'
import type { ClickHouse } from './clickhouse'
import { forCluster } from './cluster'
import { defineQuery } from './query'
import { splitStatements } from './statements'

export interface MigrateOptions {
  readonly folder: string
  readonly log: Log
  /** Writes Replicated and Distributed tables on this cluster instead of plain ones. */
  readonly cluster?: string
}

// Version wins over place: a second row of one number is a second run of the same file, which is idempotent.
const LEDGER = `CREATE TABLE IF NOT EXISTS schema_migrations (
  number UInt32, name String, sha256 String, applied_at DateTime('UTC') DEFAULT now()
) ENGINE = ReplacingMergeTree ORDER BY number`

const appliedMigrations = defineQuery({
  name: 'appliedMigrations',
  params: z.object({}),
  row: z.object({ number: z.number(), sha256: z.string() }),
  sql: 'SELECT number, any(sha256) AS sha256 FROM schema_migrations GROUP BY number ORDER BY number',
})

/**
 * Runs the migrations that have not run, in order, and returns their names. DDL in ClickHouse is not transactional:
 * every statement is idempotent (IF NOT EXISTS), and a file counts as run only after its last statement. Several
 * processes must not migrate at once; the supervisor does it under PostgreSQL's advisory lock.
 * @throws MigrationConflict, ClickHouseError.
 */
export async function migrateClickHouse(clickhouse: ClickHouse, options: MigrateOptions): Promise<string[]> {
  const files = await readMigrations(options.folder)
  await run(clickhouse, LEDGER, options, 'schema_migrations')
  const pending = pendingMigrations(files, await appliedMigrations(clickhouse, {}))
  for (const file of pending) {
    for (const statement of splitStatements(file.sql)) await run(clickhouse, statement, options, file.name)
    await record(clickhouse, file)
    options.log.info({ migration: file.name }, 'store migrated')
  }
  return pending.map((file) => file.name)
}

async function run(clickhouse: ClickHouse, statement: string, options: MigrateOptions, name: string): Promise<void> {
  const statements = options.cluster === undefined ? [statement] : forCluster(statement, options.cluster)
  for (const sql of statements) await clickhouse.command({ name: `migrate ${name}`, sql })
}

async function record(clickhouse: ClickHouse, { number, name, sha256 }: Migration): Promise<void> {
  await clickhouse.command({
    name: 'recordMigration',
    sql: `INSERT INTO schema_migrations (number, name, sha256)
          SELECT {number:UInt32}, {name:String}, {sha256:String}`,
    params: { number, name, sha256 },
  })
}
