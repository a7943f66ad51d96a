import { DirtyRows } from '@/domain/fold/columns'
import type { Delta } from '@/domain/fold/delta'
import { packedMoverNos, packedReadingNos } from '@/domain/fold/wireColumns'
import { insertNative } from '@/platform/clickhouse/insert'
import type { NativeColumn } from '@/platform/clickhouse/native'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import type { Clock } from '@/platform/clock'
import type { Log } from '@/platform/log'
import { latestVersion } from './latestVersion'
import type { LivePicture } from './livePicture'

/** Writes the rows of one led World that changed since the last write. A failed write is tried again with the next. */
export class LatestWriter {
  readonly #live: LivePicture
  readonly #clickhouse: ClickHouse
  readonly #clock: Clock
  readonly #log: Log
  readonly #readings = new DirtyRows()
  readonly #movers = new DirtyRows()
  #writing: Promise<void> | undefined

  constructor(live: LivePicture, { clickhouse, clock, log }: { clickhouse: ClickHouse; clock: Clock; log: Log }) {
    this.#live = live
    this.#clickhouse = clickhouse
    this.#clock = clock
    this.#log = log
  }

  note({ body }: Delta): void {
    if (body.channel === 'readings') for (const no of packedReadingNos(body.rows)) this.#readings.add(no)
    if (body.channel === 'movers') for (const no of packedMoverNos(body.rows)) this.#movers.add(no)
  }

  /** Everything that changed and is not numbered yet: what a warm start read from beyond the latest tables. */
  noteAll(): void {
    const { changed } = this.#live.picture
    for (const no of changed.readings.take()) this.#readings.add(no)
    for (const no of changed.movers.take()) this.#movers.add(no)
  }

  /** Starts a write unless one is under way; resolves when that one ends. */
  write(): Promise<void> {
    this.#writing ??= this.#writeNow().finally(() => (this.#writing = undefined))
    return this.#writing
  }

  async #writeNow(): Promise<void> {
    const readings = this.#readings.take()
    const movers = this.#movers.take()
    try {
      await this.#insert('latest_values', readings, this.#readingColumns(readings))
      await this.#insert('latest_positions', movers, this.#moverColumns(movers))
    } catch (cause) {
      for (const no of readings) this.#readings.add(no)
      for (const no of movers) this.#movers.add(no)
      this.#log.warn({ err: cause, world: this.#live.world.key }, 'latest values not written, trying again')
    }
  }

  #insert(table: string, nos: readonly number[], columns: readonly NativeColumn[]): Promise<void> {
    return insertNative(this.#clickhouse, { table, rows: nos.length, columns })
  }

  #readingColumns(nos: readonly number[]): NativeColumn[] {
    const rows = this.#live.picture.readings
    return [
      { name: 'stream', type: 'UInt32', values: nos },
      ...this.#common(nos, rows, 'readings'),
      { name: 'value', type: 'Float64', values: picked(rows.value, nos) },
      { name: 'state', type: 'UInt8', values: picked(rows.state, nos) },
      { name: 'silent_since', type: 'DateTime64(3)', values: picked(rows.silentSince, nos) },
    ]
  }

  #moverColumns(nos: readonly number[]): NativeColumn[] {
    const rows = this.#live.picture.movers
    return [
      { name: 'track', type: 'UInt32', values: nos },
      ...this.#common(nos, rows, 'movers'),
      { name: 'longitude', type: 'Float64', values: picked(rows.longitude, nos) },
      { name: 'latitude', type: 'Float64', values: picked(rows.latitude, nos) },
      { name: 'speed', type: 'Float32', values: picked(rows.speed, nos) },
      { name: 'heading', type: 'Float32', values: picked(rows.heading, nos) },
    ]
  }

  #common(nos: readonly number[], rows: Rows, channel: 'readings' | 'movers'): NativeColumn[] {
    const { epoch } = this.#live.position(channel)
    const seq = BigUint64Array.from(nos, (no) => (BigInt(rows.epoch[no] ?? 0) << 40n) + BigInt(rows.offset[no] ?? 0))
    return [
      { name: 'world', type: 'UInt16', values: this.#live.world.no },
      { name: 'phenomenon_time', type: 'DateTime64(3)', values: picked(rows.phenomenonTime, nos) },
      { name: 'known_time', type: 'DateTime64(3)', values: picked(rows.knownTime, nos) },
      { name: 'quality', type: 'UInt16', values: picked(rows.quality, nos) },
      { name: 'seq', type: 'UInt64', values: seq },
      { name: 'version', type: 'UInt64', values: latestVersion(epoch, this.#clock.now()) },
    ]
  }
}

interface Rows {
  readonly epoch: Uint32Array
  readonly offset: Float64Array
  readonly phenomenonTime: Float64Array
  readonly knownTime: Float64Array
  readonly quality: Uint16Array
}

const picked = (column: Float64Array | Float32Array | Uint16Array | Uint8Array, nos: readonly number[]): number[] =>
  nos.map((no) => column[no] ?? 0)
