import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AuditRow } from '@/domain/api/audit'
import { epochMillis } from '@/domain/time'
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
  /** What the act said, as JSON text; no name or number of a caller. */
  readonly detail?: string | undefined
}

/** The hash that binds a row; written into each, so that another one can take over from any row on. */
const ALGORITHM = 'sha256'
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
    detail: z.string().nullable(),
    algorithm: z.string(),
    previous: z.string(),
    hash: z.string(),
  }),
  row: z.object({ n: z.number() }),
  sql: `
    INSERT INTO audit (at, actor, action, object, result, detail, algorithm, prev_hash, hash)
    VALUES (to_timestamp($at::float8 / 1000), $actor, $action, $object, $result, $detail, $algorithm, $previous, $hash)
    RETURNING n`,
})

/** Appends one row to the chain in the caller's transaction. Keep the transaction short: acts are written one by one. */
export async function appendAudit(tx: Transaction, entry: AuditEntry): Promise<void> {
  // Two statements, so that the row is read after the lock was got and not before.
  await lockAudit(tx, {})
  const [last] = await lastAuditHash(tx, {})
  const previous = last?.hash ?? FIRST
  const row = { ...entry, detail: entry.detail ?? null, algorithm: ALGORITHM }
  await insertAudit(tx, { ...row, previous, hash: chainHash(previous, entry) })
}

const auditRows = defineSql({
  name: 'auditRows',
  params: z.object({ after: z.number(), limit: z.number() }),
  row: AuditRow,
  sql: `
    SELECT n, at, actor, action, object, result, detail, algorithm, prev_hash AS previous, hash
    FROM audit WHERE n > $after ORDER BY n LIMIT $limit`,
})

/** One row of the chain as it is kept. */
export type AuditRow = Awaited<ReturnType<typeof auditRows>>[number]

/** Rows after a number, oldest first. */
export const readAudit = (db: Queryable, after: number, limit: number): Promise<AuditRow[]> =>
  auditRows(db, { after, limit })

/** Walks the whole chain; the number of the first row that does not follow from the one before, or undefined. */
export const firstBrokenAudit = async (db: Queryable): Promise<number | undefined> =>
  (await verifyAudit(db)).firstBroken

export interface AuditVerdict {
  /** Rows that were walked. */
  readonly rows: number
  readonly firstBroken?: number
}

/** The same with the number of rows that were walked. */
export async function verifyAudit(db: Queryable): Promise<AuditVerdict> {
  let previous = FIRST
  let after = 0
  let walked = 0
  for (;;) {
    const rows = await auditRows(db, { after, limit: 1000 })
    for (const row of rows) {
      const { n, hash, previous: claimed, algorithm, detail, ...entry } = row
      const told = { ...entry, at: epochMillis(entry.at), detail: detail ?? undefined }
      walked += 1
      if (algorithm !== ALGORITHM || claimed !== previous || hash !== chainHash(previous, told)) {
        return { rows: walked, firstBroken: n }
      }
      previous = hash
      after = n
    }
    if (rows.length < 1000) return { rows: walked }
  }
}

/** A row without detail has the hash that it had before there were details. */
function chainHash(previous: string, { at, actor, action, object, result, detail }: AuditEntry): string {
  const told = [previous, at, actor, action, object, result, ...(detail === undefined ? [] : [detail])]
  return createHash(ALGORITHM).update(JSON.stringify(told)).digest('hex')
}
