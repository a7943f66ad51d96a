import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { EpochMillis } from '@/domain/time'
import type { Queryable, Transaction } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'

/** One act, for the record. `at` is the machine's time; `object` names the thing acted on, never a secret. */
export interface AuditEntry {
  readonly at: EpochMillis
  readonly actor: string
  readonly action: string
  readonly object: string
  readonly result: 'ok' | 'denied' | 'error'
}

const FIRST = '0'.repeat(64)

// Held to the end of the transaction: two acts at once would else follow the same row.
const lockAudit = defineSql({
  name: 'lockAudit',
  row: z.object({}),
  sql: `SELECT pg_advisory_xact_lock(hashtextextended('belfry.audit', 0))`,
})

const lastAuditHash = defineSql({
  name: 'lastAuditHash',
  row: z.object({ hash: z.string() }),
  sql: 'SELECT hash FROM audit ORDER BY n DESC LIMIT 1',
})

const insertAudit = defineSql({
  name: 'insertAudit',
  params: z.object({
    at: z.number(),
    actor: z.string(),
    action: z.string(),
    object: z.string(),
    result: z.string(),
    previous: z.string(),
    hash: z.string(),
  }),
  row: z.object({ n: z.number() }),
  sql: `
    INSERT INTO audit (at, actor, action, object, result, prev_hash, hash)
    VALUES (to_timestamp($at::float8 / 1000), $actor, $action, $object, $result, $previous, $hash)
    RETURNING n`,
})

/** Appends one row to the chain in the caller's transaction. Keep the transaction short: acts are written one by one. */
export async function appendAudit(tx: Transaction, entry: AuditEntry): Promise<void> {
  // Two statements, so that the row is read after the lock was got and not before.
  await lockAudit(tx, {})
  const [last] = await lastAuditHash(tx, {})
  const previous = last?.hash ?? FIRST
  await insertAudit(tx, { ...entry, previous, hash: chainHash(previous, entry) })
}

const auditRows = defineSql({
  name: 'auditRows',
  params: z.object({ after: z.number(), limit: z.number() }),
  row: z.object({
    n: z.number(),
    at: z.number(),
    actor: z.string(),
    action: z.string(),
    object: z.string(),
    result: z.enum(['ok', 'denied', 'error']),
    previous: z.string(),
    hash: z.string(),
  }),
  sql: `
    SELECT n, at, actor, action, object, result, prev_hash AS previous, hash
    FROM audit WHERE n > $after ORDER BY n LIMIT $limit`,
})

/** Walks the whole chain; the number of the first row that does not follow from the one before, or undefined. */
export async function firstBrokenAudit(db: Queryable): Promise<number | undefined> {
  let previous = FIRST
  let after = 0
  for (;;) {
    const rows = await auditRows(db, { after, limit: 1000 })
    for (const row of rows) {
      const { n, hash, previous: claimed, ...entry } = row
      if (claimed !== previous || hash !== chainHash(previous, entry as AuditEntry)) return n
      previous = hash
      after = n
    }
    if (rows.length < 1000) return undefined
  }
}

const chainHash = (previous: string, { at, actor, action, object, result }: AuditEntry): string =>
  createHash('sha256')
    .update(JSON.stringify([previous, at, actor, action, object, result]))
    .digest('hex')
