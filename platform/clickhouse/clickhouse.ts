import { AppError } from '../errors'
import type { ErrorArgs } from '../errors'

/** Settings of one statement, as ClickHouse names them. */
export type ClickHouseSettings = Readonly<Record<string, string | number>>

export interface Statement {
  /** Shown in system.processes and query_log as log_comment. */
  readonly name: string
  readonly sql: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly settings?: ClickHouseSettings
  readonly signal?: AbortSignal
}

/** A thin handle on ClickHouse: embedded, a server or a cluster; nobody else needs the client. */
export interface ClickHouse {
  /** Rows of a SELECT as plain objects, unchecked: use defineQuery. @throws ClickHouseError */
  rows(statement: Statement): Promise<unknown[]>
  /** Runs a statement without result. @throws ClickHouseError */
  command(statement: Statement): Promise<void>
  /** Sends encoded bytes to an `INSERT … FORMAT X` statement; resolves when they are stored. @throws ClickHouseError */
  insertBytes(statement: Statement, bytes: Uint8Array): Promise<void>
  /** Answers within `timeoutMs` (default 2000)? */
  ping(timeoutMs?: number): Promise<boolean>
  close(): Promise<void>
}

/** Codes that may go away by themselves: overload, memory, time-out, network, read-only or missing replica. */
const PASSING = new Set([
  '3',
  '159',
  '160',
  '173',
  '202',
  '203',
  '209',
  '210',
  '225',
  '236',
  '241',
  '242',
  '252',
  '279',
  '285',
  '286',
  '319',
  '373',
  '394',
  '425',
  '439',
  '999',
])

/** ClickHouse refused or did not answer. `args.code` is its number, when it gave one. */
export class ClickHouseError extends AppError {
  readonly retry: boolean

  constructor(code: 'store.refused' | 'store.unavailable', args: ErrorArgs, cause: unknown) {
    super(code, args, { cause })
    this.retry = code === 'store.unavailable' || PASSING.has(String(args['code']))
  }
}
