import { setTimeout as sleep } from 'node:timers/promises'
import type { AdapterParts, Task } from './adapter'
import { backOffMs } from './backOff'
import { type Carrier, chance } from './carrier'
import { newestOf } from './httpPoll'
import { type SqlDatabase, type SqlRow, openSqlDatabase } from './sqlDatabase'

/** Asks a view for what is newer than the last row that was acknowledged. */
export class SqlPoll {
  readonly #parts: AdapterParts
  readonly #task: Task<'sql'>
  readonly #carrier: Carrier
  readonly #world: string
  #failures = 0

  constructor(parts: AdapterParts, task: Task<'sql'>, carrier: Carrier) {
    this.#parts = parts
    this.#task = task
    this.#carrier = carrier
    this.#world = parts.catalogue.worldByNo(task.feed.world)?.key ?? ''
  }

  async run(signal: AbortSignal): Promise<void> {
    const { source } = this.#task
    const database = openSqlDatabase(source.dialect, await this.#parts.secret(source.secret), this.#parts.openPostgres)
    try {
      while (!signal.aborted) {
        const waitMs = await this.#turn(database, signal)
        await sleep(waitMs, undefined, { signal }).catch(() => undefined)
      }
    } finally {
      await database.close()
    }
  }

  /** One question, and the wait before the next, ms. */
  async #turn(database: SqlDatabase, signal: AbortSignal): Promise<number> {
    const baseMs = this.#task.source.everySeconds * 1_000
    try {
      const full = await this.#visit(database, signal)
      this.#carrier.answered()
      this.#failures = 0
      return full ? 0 : baseMs * (0.95 + chance() * 0.1)
    } catch (cause) {
      if (signal.aborted) return 0
      this.#carrier.failed(cause)
      this.#parts.log.warn({ err: cause, feed: this.#task.feed.key }, 'the view cannot be read')
      return backOffMs(this.#failures++, baseMs, chance())
    }
  }

  /** One question; true when the answer was full and there may be more. */
  async #visit(database: SqlDatabase, signal: AbortSignal): Promise<boolean> {
    const { source, feed } = this.#task
    const { watermark: held = source.watermark.start } = await this.#parts.positions.read(this.#world, feed.key)
    const rows = await database.ask(source.query, { watermark: held, limit: source.limit })
    if (rows.length === 0) return false
    const cells = rows.map((row) => cellsOf(row))
    const bytes = Buffer.from(cells.map((row) => JSON.stringify(row)).join('\n'))
    await this.#carrier.carry({ bytes, form: 'rows' }, signal)
    const newest = newestOf(
      held,
      cells.map((fields) => ({ fields })),
      source.watermark.column,
    )
    await this.#parts.positions.write(this.#world, feed.key, newest)
    // A full answer that moved nothing would be asked for again at once, for ever.
    return rows.length >= source.limit && newest.watermark !== held
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
