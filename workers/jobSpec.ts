import type { z } from 'zod'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import type { Clock } from '@/platform/clock'
import type { Log } from '@/platform/log'
import type { Postgres } from '@/platform/postgres/postgres'

/** What the table says of a job. */
export interface JobSpec {
  readonly payload: z.ZodType
  readonly attempts: number
  readonly timeoutMs: number
  /** Asked for anew at this interval; a job without it is asked for by somebody. */
  readonly everyMs?: number
}

/** What a job may use. `signal` aborts at its time limit and when the worker stops. */
export interface JobContext {
  readonly clickhouse: ClickHouse
  readonly postgres: Postgres
  readonly clock: Clock
  readonly log: Log
  /** Folder of all data. */
  readonly varFolder: string
  /** Path of Node itself, for a job that runs in a process of its own. */
  readonly nodePath: string
  /** Threads that one computation may take; 1 unless told. */
  readonly threads?: number
  readonly signal: AbortSignal
}

export type Processor<Payload> = (payload: Payload, context: JobContext) => Promise<object>
