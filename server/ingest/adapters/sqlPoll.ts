import type { AdapterParts, Task } from './adapter'
import type { Carrier } from './carrier'
import { SourceFailed } from './httpRequest'
import { type SqlDatabase, type SqlRow, openSqlDatabase } from './sqlDatabase'
import { keepVisiting } from './visits'
import { inOrder, newestOf, safeStep } from './watermark'

/** Rows of one moment that one answer may hold: a view that gives all its rows one time cannot be followed. */
const ROWS_MOST = 400_000

/** Asks a view for what is newer than the last row that was acknowledged. */
export class SqlPoll {
  readonly #parts: AdapterParts
  readonly #task: Task<'sql'>
  readonly #carrier: Carrier
  readonly #world: string
  /** Rows asked for at once: more than the mapping's limit while one moment has more rows than that. */
  #limit: number

  constructor(parts: AdapterParts, task: Task<'sql'>, carrier: Carrier) {
    this.#parts = parts
    this.#task = task
    this.#carrier = carrier
    this.#world = parts.catalogue.worldByNo(task.feed.world)?.key ?? ''
    this.#limit = task.source.limit
  }

  async run(signal: AbortSignal): Promise<void> {
    const { source, feed } = this.#task
    const database = openSqlDatabase(source.dialect, await this.#parts.secret(source.secret), this.#parts.openPostgres)
    const visit = (until: AbortSignal): Promise<boolean> => this.#visit(database, until)
    const { everySeconds } = source
    try {
      await keepVisiting({ parts: this.#parts, carrier: this.#carrier, feed: feed.key, everySeconds, visit }, signal)
    } finally {
      await database.close()
    }
  }

  /**
   * One question; true when the answer was full and there may be more. A full answer is left at its last moment but
   * one, so that what lies beyond the limit in its last moment comes again whole; re-sent rows are dropped.
   */
  async #visit(database: SqlDatabase, signal: AbortSignal): Promise<boolean> {
    const { source, feed } = this.#task
    const { column, start } = source.watermark
    const { watermark: held = start } = await this.#parts.positions.read(this.#world, feed.key)
    const limit = this.#limit
    const rows = (await database.ask(source.query, { watermark: held, limit })).map((row) => cellsOf(row))
    if (rows.length === 0) return false
    const full = source.query.includes('$limit') && rows.length >= limit
    if (full && !inOrder(rows, column))
      throw new SourceFailed(`Order the query by ${column}: a full answer ends somewhere.`)
    const step = full ? safeStep(held, rows, column) : newestOf(held, rows, column)
    if (step === undefined) {
      if (limit >= ROWS_MOST) throw new SourceFailed(`More than ${ROWS_MOST} rows of the view have one ${column}.`)
      this.#limit = Math.min(ROWS_MOST, limit * 2)
      return true
    }
    await this.#carrier.carry(
      { bytes: Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')), form: 'rows' },
      signal,
    )
    await this.#parts.positions.write(this.#world, feed.key, { watermark: step })
    this.#limit = source.limit
    return full
  }
}

/** A row as cells: dates as ISO text, decimals as their text, NULL left out. */
function cellsOf(row: SqlRow): Record<string, string | number> {
  const cells: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === 'string' || typeof value === 'number') cells[name] = value
    else if (value instanceof Date) cells[name] = Number.isNaN(value.getTime()) ? '' : value.toISOString()
    else if (typeof value === 'boolean' || typeof value === 'bigint') cells[name] = String(value)
  }
  return cells
}
