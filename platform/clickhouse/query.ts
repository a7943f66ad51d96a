import type { z } from 'zod'
import { AppError } from '../errors'
import type { ClickHouse } from './clickhouse'

interface QuerySpec<Params extends z.ZodType, Row extends z.ZodType> {
  /** The question, in camelCase; named in the store's own log. */
  readonly name: string
  readonly params: Params
  readonly row: Row
  /**
   * Parameters as `{name:Type}`. A moment goes in by `fromUnixTimestamp64Milli({at:Int64})` and comes out by
   * `toUnixTimestamp64Milli(time)`, both in epoch milliseconds.
   */
  readonly sql: string
}

/** The store gave a row that breaks the query's own schema: a defect of the query, not of its caller. */
export class UnexpectedRow extends AppError {
  readonly retry = false
}

/**
 * One question, one file: parameters are checked going in, rows coming out.
 * @throws ZodError for bad parameters, UnexpectedRow, ClickHouseError.
 */
export function defineQuery<Params extends z.ZodType, Row extends z.ZodType>(
  spec: QuerySpec<Params, Row>,
): (clickhouse: ClickHouse, params: z.input<Params>, signal?: AbortSignal) => Promise<z.output<Row>[]> {
  const rows = spec.row.array()
  return async function ask(clickhouse, params, signal) {
    const checked = spec.params.parse(params) as Record<string, unknown>
    const found = await clickhouse.rows({
      name: spec.name,
      sql: spec.sql,
      params: checked,
      ...(signal === undefined ? {} : { signal }),
    })
    const parsed = rows.safeParse(found)
    if (parsed.success) return parsed.data
    const issue = parsed.error.issues[0]
    const where = issue?.path.join('.') ?? ''
    throw new UnexpectedRow('store.unexpectedRow', { query: spec.name, where, detail: issue?.message })
  }
}
