import { Readable } from 'node:stream'
import { ClickHouseError as ServerError, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { ClickHouseClient } from '@clickhouse/client'
import type { Log } from '../log'
import { ClickHouseError } from './clickhouse'
import type { ClickHouse, Statement } from './clickhouse'

export interface ClickHouseOptions {
  /** `http://user:password@host:port/database`; the embedded store hands out its key as the password. */
  readonly url: string
  readonly log: Log
  /** Highest number of connections; default 16. */
  readonly connections?: number
}

const REQUEST_LIMIT_MS = 120_000
const DEFAULTS = {
  // UInt64 below 2^53 as JSON numbers; a column that can pass it is cast to String in its query.
  output_format_json_quote_64bit_integers: 0,
  date_time_input_format: 'best_effort',
} as const

export function connectClickHouse({ url, log, connections = 16 }: ClickHouseOptions): ClickHouse {
  const client = createClient({
    url,
    application: 'belfry',
    max_open_connections: connections,
    request_timeout: REQUEST_LIMIT_MS,
    compression: { response: false, request: false }, // on loopback gzip doubles the time
    keep_alive: { enabled: true, idle_socket_ttl: 2500 },
    clickhouse_settings: DEFAULTS,
    use_multipart_params_auto: true, // long parameters do not fit into an address
    log: { level: ClickHouseLogLevel.OFF }, // errors are thrown, and logged by us
  })
  return new HttpClickHouse(client, log)
}

class HttpClickHouse implements ClickHouse {
  readonly #client: ClickHouseClient
  readonly #log: Log

  constructor(client: ClickHouseClient, log: Log) {
    this.#client = client
    this.#log = log
  }

  async rows(statement: Statement): Promise<unknown[]> {
    return this.#guarded(statement, async () => {
      const result = await this.#client.query({ ...this.#request(statement), format: 'JSONEachRow' })
      return result.json()
    })
  }

  async command(statement: Statement): Promise<void> {
    await this.#guarded(statement, () => this.#client.command(this.#request(statement)))
  }

  async insertBytes(statement: Statement, bytes: Uint8Array): Promise<void> {
    await this.#guarded(statement, async () => {
      const values = Readable.from([bytes], { objectMode: false })
      const { stream } = await this.#client.exec({ ...this.#request(statement), values })
      for await (const _ of stream) continue // the answer is empty; read to its end, it may carry an exception
    })
  }

  async ping(timeoutMs = 2000): Promise<boolean> {
    const answer = await Promise.race([
      this.#client.ping({ select: true }).catch(() => ({ success: false })),
      new Promise<{ success: false }>((resolve) => setTimeout(() => resolve({ success: false }), timeoutMs).unref()),
    ])
    return answer.success
  }

  async close(): Promise<void> {
    await this.#client.close()
  }

  #request(statement: Statement) {
    return {
      query: statement.sql,
      query_params: { ...statement.params },
      clickhouse_settings: { ...statement.settings, log_comment: statement.name },
      ...(statement.signal === undefined ? {} : { abort_signal: statement.signal }),
    }
  }

  async #guarded<Value>({ name }: Statement, run: () => Promise<Value>): Promise<Value> {
    try {
      return await run()
    } catch (cause) {
      const error = asStoreError(name, cause)
      this.#log.debug({ statement: name, err: error }, 'clickhouse failed')
      throw error
    }
  }
}

function asStoreError(statement: string, cause: unknown): ClickHouseError {
  if (cause instanceof ServerError) {
    return new ClickHouseError('store.refused', { statement, code: cause.code, detail: cause.message }, cause)
  }
  const detail = cause instanceof Error ? cause.message : String(cause)
  return new ClickHouseError('store.unavailable', { statement, detail }, cause)
}
