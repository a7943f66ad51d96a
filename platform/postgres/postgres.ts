import type { QueryResultRow } from 'pg'
import { AppError, Unavailable } from '../errors'

/** One prepared statement with its values by position. */
export interface PreparedSql {
  readonly name: string
  readonly text: string
  readonly values: readonly unknown[]
}

/** What a question needs: the pool, or the transaction it must be part of. */
export interface Queryable {
  /** Rows as plain objects, unchecked: use defineSql. @throws PostgresRefused, Unavailable */
  query(statement: PreparedSql): Promise<QueryResultRow[]>
  /** Runs SQL without values, several statements allowed: for migrations and LISTEN. */
  run(sql: string): Promise<void>
}

/** A transaction on one connection. */
export type Transaction = Queryable

/** One connection taken out of the pool; it must be given back. */
export interface Connection extends Queryable {
  onNotification(fn: (channel: string, payload: string) => void): void
  /** Called once when the connection breaks. */
  onLost(fn: () => void): void
  /** Gives it back, or throws it away when `broken`. */
  release(broken?: boolean): void
}

/** The operational store. */
export interface Postgres extends Queryable {
  connection(): Promise<Connection>
  /** Answers within `timeoutMs` (default 2000)? */
  ping(timeoutMs?: number): Promise<boolean>
  close(): Promise<void>
}

/** PostgreSQL refused a statement; `args.code` is the SQLSTATE, `args.constraint` the broken constraint. */
export class PostgresRefused extends AppError {
  readonly retry = false
}

/** Serialisation failure, deadlock, too many connections, shutting down, connection broken. */
const PASSING = /^(40001|40P01|53\d{3}|57P0[1-5]|08\w{3})$/

interface ServerMessage {
  readonly code?: unknown
  readonly constraint?: unknown
  readonly message?: unknown
}

/** Turns an error of the driver into ours: worth another try, or not. */
export function asPostgresError(statement: string, cause: unknown): AppError {
  const { code, constraint, message } = (cause ?? {}) as ServerMessage
  const sqlState = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined
  const args = { statement, code: sqlState, detail: String(message) }
  if (sqlState === undefined || PASSING.test(sqlState)) return new Unavailable('database.unavailable', args, { cause })
  const broken = typeof constraint === 'string' ? { constraint } : {}
  return new PostgresRefused('database.refused', { ...args, ...broken }, { cause })
}

/** Did a unique index refuse the row? With a name: this one? */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (!(error instanceof PostgresRefused) || error.args['code'] !== '23505') return false
  return constraint === undefined || error.args['constraint'] === constraint
}
