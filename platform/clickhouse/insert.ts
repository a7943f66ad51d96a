import type { ClickHouse, ClickHouseSettings } from './clickhouse'
import { encodeNative } from './native'
import type { NativeColumn } from './native'

export interface NativeBatch {
  /** Table, with its database when it is not the connection's. */
  readonly table: string
  readonly rows: number
  readonly columns: readonly NativeColumn[]
  /** The same token twice inserts once, where the table keeps a deduplication window. */
  readonly token?: string
  readonly settings?: ClickHouseSettings
}

/**
 * Inserts one columnar batch and resolves when it is stored. Keep batches under a million rows in one partition: a
 * larger one is not atomic.
 * @throws ClickHouseError, RangeError when the columns are of unequal length.
 */
export async function insertNative(clickhouse: ClickHouse, batch: NativeBatch): Promise<void> {
  if (batch.rows === 0) return
  const names = batch.columns.map((column) => column.name).join(', ')
  const token = batch.token === undefined ? {} : { insert_deduplication_token: batch.token }
  await clickhouse.insertBytes(
    {
      name: `insert ${batch.table}`,
      sql: `INSERT INTO ${batch.table} (${names}) FORMAT Native`,
      settings: { async_insert: 0, ...token, ...batch.settings },
    },
    encodeNative(batch.columns, batch.rows),
  )
}
