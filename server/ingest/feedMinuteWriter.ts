import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import { insertNative } from '@/platform/clickhouse/insert'
import type { Clock } from '@/platform/clock'
import type { Log } from '@/platform/log'
import type { FeedMeter, FeedMinute } from './feedMeter'

const EVERY_MS = 5_000

interface Parts {
  readonly clickhouse: ClickHouse
  readonly clock: Clock
  readonly log: Log
  readonly meter: FeedMeter
  /** Server and opening: a restart within a minute must not replace what was counted before it. */
  readonly server: () => string
}

/** Writes what each feed delivered per minute; a later version of a minute replaces the earlier one. */
export class FeedMinuteWriter {
  readonly #parts: Parts
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  start(): void {
    this.#timer = setInterval(() => void this.#turn(), EVERY_MS)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#turn()
  }

  #turn(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write())
    return this.#writing
  }

  async #write(): Promise<void> {
    const { meter, clock, clickhouse, log, server } = this.#parts
    const minutes = meter.take(clock.now())
    if (minutes.length === 0) return
    const of = (pick: (minute: FeedMinute) => number): number[] => minutes.map(pick)
    try {
      await insertNative(clickhouse, {
        table: 'feed_minutes',
        rows: minutes.length,
        columns: [
          { name: 'world', type: 'UInt16', values: of(({ world }) => world) },
          { name: 'feed', type: 'UInt16', values: of(({ feed }) => feed) },
          { name: 'minute', type: 'DateTime', values: of(({ minute }) => minute / 1000) },
          { name: 'server', type: 'String', values: server() },
          { name: 'received', type: 'UInt64', values: of(({ received }) => received) },
          { name: 'accepted', type: 'UInt64', values: of(({ accepted }) => accepted) },
          { name: 'duplicates', type: 'UInt64', values: of(({ duplicates }) => duplicates) },
          { name: 'corrections', type: 'UInt64', values: of(({ corrections }) => corrections) },
          { name: 'late', type: 'UInt64', values: of(({ late }) => late) },
          { name: 'rejected', type: 'UInt64', values: of(({ rejected }) => rejected) },
          { name: 'flagged', type: 'UInt64', values: of(({ flagged }) => flagged) },
          { name: 'version', type: 'UInt64', values: clock.now() },
        ],
      })
    } catch (cause) {
      log.debug({ err: cause }, 'feed minutes wait for the store')
      meter.giveBack(minutes, clock.now())
    }
  }
}
