import type { WorldNo } from '@/domain/ids'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'

interface MinuteSpan {
  readonly world: WorldNo
  /** World time, epoch ms, whole minutes, [from, to). */
  readonly from: number
  readonly to: number
  /** Rises with every run: the newest making of a minute wins. */
  readonly version: number
  /** Only streams and minutes with a row that the store took since then (its clock, epoch seconds). */
  readonly seenFrom?: number
}

const AS_STORED = `WHERE world = {world:UInt16}
  AND phenomenon_time >= fromUnixTimestamp64Milli({from:Int64}) AND phenomenon_time < fromUnixTimestamp64Milli({to:Int64})`

// The inner question takes one value for each moment, the newest: re-inserted rows and corrections are not counted twice.
const statement = (only: string): string => `INSERT INTO observations_per_minute
  (world, stream, minute, samples, mean, low, high, last, flags, version)
SELECT {world:UInt16}, stream, toStartOfMinute(at) AS minute, count(), avg(newest), min(newest), max(newest),
  argMax(newest, at), groupBitOr(flags), {version:UInt64}
FROM (
  SELECT stream, phenomenon_time AS at, argMax(value, seq) AS newest, argMax(quality, seq) AS flags
  FROM observations ${AS_STORED} ${only}
  GROUP BY stream, phenomenon_time
)
GROUP BY stream, minute`

const ALL = statement('')
const DIRTY = statement(`AND (stream, toStartOfMinute(phenomenon_time)) IN (
    SELECT stream, toStartOfMinute(phenomenon_time) FROM observations ${AS_STORED} AND inserted_at >= {seenFrom:UInt32})`)

/** Makes the minutes of a span anew from what is stored. The same span twice leaves the same rows. */
export async function makeMinutes(clickhouse: ClickHouse, span: MinuteSpan, signal: AbortSignal): Promise<void> {
  await clickhouse.command({
    name: span.seenFrom === undefined ? 'makeMinutes' : 'makeDirtyMinutes',
    sql: span.seenFrom === undefined ? ALL : DIRTY,
    params: { ...span },
    settings: { max_threads: 1, max_partitions_per_insert_block: 0 },
    signal,
  })
}
