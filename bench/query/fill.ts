import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import { insertNative } from '@/platform/clickhouse/insert'
import type { Answer } from './fillTruth'

export const STREAMS = 100_000
export const WORLD = 1
/** 2026-07-18 00:00 in the World: where the stored day begins, epoch ms. */
export const DAY_START = Date.UTC(2026, 6, 17, 16)
export const DAY_MS = 86_400_000
export const KNOWN_AFTER_MS = 1_500

/** Milliseconds between two records of a stream. */
export const stepMs = (rows: number): number => DAY_MS / (rows / STREAMS)
/** SQL of the value of record number `n`. */
export const valueOf = (n: string): string => `round(20 + 5 * sin(${n} / 3e6) + (cityHash64(${n}) % 1000) / 500, 2)`
/** SQL of its moment, epoch ms. */
export const momentOf = (n: string): string =>
  `toInt64({start:Int64} + intDiv(${n}, ${STREAMS}) * {step:Float64} + (${n} % 977))`

/** A day of `rows` observations over 100 000 streams, made by the store itself in the schema of the product. */
export async function fillDay(
  clickhouse: ClickHouse,
  rows: number,
  say: (line: string) => void,
): Promise<{ seconds: number }> {
  const chunk = 5_000_000
  const began = performance.now()
  for (let from = 0; from < rows; from += chunk) {
    await clickhouse.command({
      name: 'benchFill',
      // Neighbouring rows belong to one moment of all streams, as they arrive in a city.
      sql: `INSERT INTO observations (world, stream, phenomenon_time, known_time, value, quality, feed, seq, recorded_at)
        SELECT ${WORLD}, number % ${STREAMS},
          fromUnixTimestamp64Milli(${momentOf('number')}, 'UTC') AS at,
          at + INTERVAL ${KNOWN_AFTER_MS} MILLISECOND,
          ${valueOf('number')}, 0, 1,
          bitShiftLeft(toUInt64(1), 40) + number, now()
        FROM numbers({from:UInt64}, {count:UInt64})`,
      params: { start: DAY_START, step: stepMs(rows), from, count: Math.min(chunk, rows - from) },
      settings: { max_insert_threads: 1, max_threads: 1 },
    })
    say(`stored ${Math.min(rows, from + chunk).toLocaleString('en')} rows`)
  }
  const seconds = (performance.now() - began) / 1000
  await clickhouse.command({
    name: 'benchLatest',
    sql: `INSERT INTO latest_values SELECT world, stream, max(phenomenon_time), max(known_time), argMax(value, phenomenon_time), 0,
        max(seq), 1, toDateTime64(0, 3), 1 FROM observations WHERE world = ${WORLD} GROUP BY world, stream`,
  })
  await clickhouse.command({
    name: 'benchMinutes',
    sql: `INSERT INTO observations_per_minute SELECT world, stream, toStartOfMinute(phenomenon_time), count(), avg(value),
        min(value), max(value), argMax(value, phenomenon_time), 0, 1 FROM observations
        WHERE world = ${WORLD} AND stream < 5000 GROUP BY world, stream, toStartOfMinute(phenomenon_time)`,
  })
  return { seconds }
}

const centsOf = (stream: number): number => 2_000 + (stream % 97) * 10

/** Inserts 100 000 rows a second, as the intake does, until the signal aborts. Resolves with what it stored. */
export async function keepArriving(clickhouse: ClickHouse, signal: AbortSignal): Promise<Answer> {
  let cents = 0
  const rows = 20_000
  let stored = 0
  let due = performance.now()
  while (!signal.aborted) {
    const offset = stored
    const at = DAY_START + DAY_MS + (stored / 100_000) * 1000
    const index = Uint32Array.from({ length: rows }, (_, i) => (offset + i) % STREAMS)
    const time = new Float64Array(rows).fill(at)
    await insertNative(clickhouse, {
      table: 'observations',
      rows,
      columns: [
        { name: 'world', type: 'UInt16', values: new Uint16Array(rows).fill(WORLD) },
        { name: 'stream', type: 'UInt32', values: index },
        { name: 'phenomenon_time', type: 'DateTime64(3)', values: time },
        { name: 'known_time', type: 'DateTime64(3)', values: time },
        { name: 'value', type: 'Float64', values: Float64Array.from(index, (no) => centsOf(no) / 100) },
        { name: 'quality', type: 'UInt16', values: new Uint16Array(rows) },
        { name: 'feed', type: 'UInt16', values: new Uint16Array(rows).fill(1) },
        { name: 'seq', type: 'UInt64', values: BigUint64Array.from(index, (_, i) => (2n << 40n) + BigInt(offset + i)) },
        {
          name: 'recorded_at',
          type: 'DateTime',
          values: new Uint32Array(rows).fill(Math.floor((DAY_START + DAY_MS) / 1000)),
        },
      ],
    })
    stored += rows
    for (const no of index) cents += centsOf(no)
    due += 200
    const wait = due - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
  }
  return { size: stored, cents }
}
