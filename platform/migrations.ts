import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One numbered, forward-only file of SQL. */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
  readonly sha256: string
}

/** What the database says was applied. */
export interface AppliedMigration {
  readonly number: number
  readonly sha256: string
}

/** The files and the database tell different stories; nothing was changed. */
export class MigrationConflict extends Error {
  readonly retry = false
}

/** Folder of the migrations of one store. */
export const migrationsOf = (store: 'clickhouse' | 'postgres'): string =>
  fileURLToPath(new URL(`./migrations/${store}`, import.meta.url))

/**
 * Files `NNNN_verb_object.sql` of a folder, in order.
 * @throws MigrationConflict when a name has another form or a number is used twice.
 */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  const migrations = await Promise.all(files.map((file) => readMigration(folder, file)))
  migrations.forEach((migration, index) => {
    if (migrations[index - 1]?.number === migration.number) {
      throw new MigrationConflict(`Two migrations have number ${migration.number}: take the next free one.`)
    }
  })
  return migrations
}

/**
 * Those still to run, after checking those that ran.
 * @throws MigrationConflict when a file that ran was changed, or the database is newer than this code.
 */
export function pendingMigrations(files: readonly Migration[], applied: readonly AppliedMigration[]): Migration[] {
  const done = new Map(applied.map((row) => [row.number, row.sha256]))
  for (const file of files) {
    const sha256 = done.get(file.number)
    if (sha256 !== undefined && sha256 !== file.sha256) {
      throw new MigrationConflict(`Migration ${file.name} was changed after it ran: put it back, add a new one.`)
    }
  }
  const newest = Math.max(0, ...applied.map((row) => row.number))
  const known = Math.max(0, ...files.map((file) => file.number))
  if (newest > known) {
    throw new MigrationConflict(`The database has migration ${newest}, this Belfry knows ${known}: run a newer Belfry.`)
  }
  return files.filter((file) => !done.has(file.number))
}

async function readMigration(folder: string, file: string): Promise<Migration> {
  const number = /^(\d{4})_\w+\.sql$/.exec(file)?.[1]
  if (number === undefined) throw new MigrationConflict(`${file} is not named like 0001_create_observations.sql.`)
  const sql = await readFile(join(folder, file), 'utf8')
  const sha256 = createHash('sha256').update(sql).digest('hex')
  return { number: Number(number), name: file.replace(/\.sql$/, ''), sql, sha256 }
}
