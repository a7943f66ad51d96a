import { z } from 'zod'
import type { Log } from '../log'
import { pendingMigrations, readMigrations } from '../migrations'
import type { Migration } from '../migrations'
import { withAdvisoryLock } from './lock'
import type { Postgres } from './postgres'
import { defineSql } from './query'
import { inTransaction } from './transaction'

const LEDGER = `CREATE TABLE IF NOT EXISTS schema_migrations (
  number integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
)`

const appliedMigrations = defineSql({
  name: 'appliedMigrations',
  row: z.object({ number: z.number(), sha256: z.string() }),
  sql: 'SELECT number, sha256 FROM schema_migrations ORDER BY number',
})

const recordMigration = defineSql({
  name: 'recordMigration',
  params: z.object({ number: z.number(), name: z.string(), sha256: z.string() }),
  row: z.never(),
  sql: 'INSERT INTO schema_migrations (number, name, sha256) VALUES ($number, $name, $sha256)',
})

/**
 * Runs the migrations that have not run, each in one transaction with its line in the ledger, under an advisory lock:
 * several processes may call this at once. Returns the names of those that ran.
 * @throws MigrationConflict, PostgresRefused, Unavailable.
 */
export async function migratePostgres(db: Postgres, options: { folder: string; log: Log }): Promise<string[]> {
  const files = await readMigrations(options.folder)
  return withAdvisoryLock(db, 'belfry.migrate', async () => {
    await db.run(LEDGER)
    const pending = pendingMigrations(files, await appliedMigrations(db, {}))
    for (const file of pending) {
      await runOne(db, file)
      options.log.info({ migration: file.name }, 'database migrated')
    }
    return pending.map((file) => file.name)
  })
}

const runOne = (db: Postgres, { number, name, sql, sha256 }: Migration): Promise<void> =>
  inTransaction(db, async (tx) => {
    await tx.run(sql)
    await recordMigration(tx, { number, name, sha256 })
  })
