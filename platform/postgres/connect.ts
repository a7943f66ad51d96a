import { Pool, types } from 'pg'
import type { PoolClient, QueryResultRow } from 'pg'
import type { Log } from '../log'
import { asPostgresError } from './postgres'
import type { Connection, Postgres, PreparedSql } from './postgres'

export interface PostgresOptions {
  /** `postgres://user:password@host:5432/database`, or with `?host=/folder` for a unix socket. */
  readonly url: string
  readonly log: Log
  /** Highest number of connections; default 10. */
  readonly max?: number
  /** Every value as the database writes it: a foreign number or moment is not for us to round or to shift. */
  readonly asText?: boolean
}

const CONNECT_LIMIT_MS = 5000
type Parse = (text: string) => unknown
// The driver's own signature is `any` and takes an enum that it does not export as a value.
const driverParser = types.getTypeParser as (oid: number, format?: string) => Parse
const readTimestamp = driverParser(1184) as (text: string) => Date

/** int8 as a number (exact below 2^53), timestamptz as epoch milliseconds, the rest as the driver reads it. */
const PARSERS: Readonly<Record<number, Parse>> = {
  20: Number,
  1184: (text) => readTimestamp(text).getTime(),
}
const parsers = {
  getTypeParser: (oid: number, format?: string): Parse => PARSERS[oid] ?? driverParser(oid, format),
}

const textParsers = { getTypeParser: (): Parse => (text) => text }

export function connectPostgres({ url, log, max = 10, asText = false }: PostgresOptions): Postgres {
  const pool = new Pool({
    connectionString: url,
    max,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    application_name: 'belfry',
    types: asText ? textParsers : parsers,
  })
  // Without a listener the server's shutdown (57P01) on an idle connection would end this process.
  pool.on('error', (cause) => log.warn({ err: cause }, 'idle database connection broke'))
  const query = async (statement: PreparedSql): Promise<QueryResultRow[]> =>
    guarded(statement.name, async () => (await pool.query(prepared(statement))).rows as QueryResultRow[])
  return {
    query,
    run: async (sql) => {
      await guarded('run', () => pool.query(sql))
    },
    connection: () => guarded('connect', async () => asConnection(await pool.connect())),
    async ping(timeoutMs = 2000) {
      const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), timeoutMs).unref())
      const answer = query({ name: 'ping', text: 'SELECT 1', values: [] }).then(
        () => true,
        () => false,
      )
      return Promise.race([answer, late])
    },
    close: () => pool.end(),
  }
}

function asConnection(client: PoolClient): Connection {
  const lost: (() => void)[] = []
  let released = false
  const breaks = () => {
    for (const fn of lost.splice(0)) fn()
  }
  client.on('error', breaks)
  client.on('end', breaks)
  return {
    query: (statement) =>
      guarded(statement.name, async () => (await client.query(prepared(statement))).rows as QueryResultRow[]),
    run: async (sql) => {
      await guarded('run', () => client.query(sql))
    },
    onNotification: (fn) => void client.on('notification', (message) => fn(message.channel, message.payload ?? '')),
    onLost: (fn) => void lost.push(fn),
    release(broken = false) {
      if (released) return
      released = true
      client.off('error', breaks)
      client.off('end', breaks)
      client.removeAllListeners('notification')
      client.release(broken)
    },
  }
}

const prepared = ({ name, text, values }: PreparedSql) => ({ name, text, values: [...values] })

async function guarded<Value>(statement: string, run: () => Promise<Value>): Promise<Value> {
  try {
    return await run()
  } catch (cause) {
    throw asPostgresError(statement, cause)
  }
}
