import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import type { BenchServices } from '../services'

/** What every sender wrote down when Belfry said that it is durable: stream and moment, and the value told for them. */
export class Ledger {
  readonly #values = new Map<string, number>()

  acknowledge(stream: number, time: number, value: number): void {
    this.#values.set(`${stream}/${time}`, value)
  }

  get size(): number {
    return this.#values.size
  }

  entries(): IterableIterator<[string, number]> {
    return this.#values.entries()
  }
}

export interface Verdict {
  readonly acknowledged: number
  /** Acknowledged and not stored. */
  readonly lost: number
  /** Stored more than once. */
  readonly doubled: number
  /** Stored with another value. */
  readonly altered: number
  /** Stored and never acknowledged. */
  readonly foreign: number
}

const storedRecords = defineQuery({
  name: 'benchStoredRecords',
  params: z.object({ world: z.number(), from: z.number(), to: z.number() }),
  row: z.object({ stream: z.number(), time: z.number(), values: z.array(z.number()) }),
  // A row per record that the store would show: a re-insert of one log record has its seq and is one.
  sql: `SELECT stream, toUnixTimestamp64Milli(at) AS time, groupArray(v) AS values FROM (
          SELECT stream, phenomenon_time AS at, seq, any(value) AS v FROM observations FINAL
          WHERE world = {world:UInt16} AND stream >= {from:UInt32} AND stream < {to:UInt32}
          GROUP BY stream, phenomenon_time, seq
        ) GROUP BY stream, at`,
})

const doubledRecords = defineQuery({
  name: 'benchDoubledRecords',
  params: z.object({ world: z.number() }),
  row: z.object({ stream: z.number(), time: z.number(), seqs: z.array(z.string()), quality: z.array(z.number()) }),
  sql: `SELECT stream, toUnixTimestamp64Milli(phenomenon_time) AS time,
          groupArray(concat(toString(bitShiftRight(seq, 40)), '-', toString(bitAnd(seq, 1099511627775)))) AS seqs,
          groupArray(quality) AS quality
        FROM (SELECT * FROM observations FINAL WHERE world = {world:UInt16} ORDER BY seq)
        GROUP BY stream, phenomenon_time HAVING count() > 1 ORDER BY time LIMIT 2 BY time LIMIT 12`,
})

/** Some of the records that are stored more than once, with their places in the log as `epoch-offset`: where to look. */
export async function doubledExamples({ clickhouse }: BenchServices, world: number): Promise<string[]> {
  const rows = await doubledRecords(clickhouse, { world })
  return rows.map(
    ({ stream, time, seqs, quality }) =>
      `stream ${stream} at ${time}: ${seqs.join(' and ')}, quality ${quality.join(', ')}`,
  )
}

const AT_ONCE = 10

/** Compares the ledger with the store, record by record. */
export async function compare(
  { clickhouse }: BenchServices,
  ledger: Ledger,
  of: { world: number; streams: number },
): Promise<Verdict> {
  const stored = new Map<string, readonly number[]>()
  for (let from = 0; from < of.streams; from += AT_ONCE) {
    const rows = await storedRecords(clickhouse, { world: of.world, from, to: from + AT_ONCE })
    for (const { stream, time, values } of rows) stored.set(`${stream}/${time}`, values)
  }
  const count = { lost: 0, doubled: 0, altered: 0 }
  for (const [key, value] of ledger.entries()) {
    const values = stored.get(key)
    if (values === undefined) count.lost += 1
    else if (values.length > 1) count.doubled += 1
    else if (values[0] !== value) count.altered += 1
    stored.delete(key)
  }
  return { acknowledged: ledger.size, ...count, foreign: stored.size }
}
