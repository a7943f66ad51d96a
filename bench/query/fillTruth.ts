import { z } from 'zod'
import { WorldNo } from '@/domain/ids'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import { defineQuery } from '@/platform/clickhouse/query'
import { DAY_START, KNOWN_AFTER_MS, momentOf, STREAMS, stepMs, valueOf, WORLD } from './fill'

/** An answer in two numbers: how many records it has, and the sum of their values in hundredths. */
export interface Answer {
  readonly size: number
  readonly cents: number
}

const world = WorldNo.parse(WORLD)
const Row = z.object({ size: z.number(), cents: z.number() })
const Day = z.object({ world: z.number(), start: z.number(), step: z.number(), rows: z.number() })
const CENTS = `toInt64(round(${valueOf('n')} * 100))`

/** Everything that is stored, a record that is there twice counted twice. */
const stored = defineQuery({
  name: 'benchStored',
  params: z.object({ world: z.number() }),
  row: Row,
  sql: `SELECT count() AS size, sum(toInt64(round(value * 100))) AS cents FROM observations WHERE world = {world:UInt16}`,
})

const filled = defineQuery({
  name: 'benchFilled',
  params: Day,
  row: Row,
  sql: `SELECT count() AS size, sum(${CENTS}) AS cents FROM (SELECT number AS n FROM numbers({rows:UInt64}))`,
})

const streamDay = defineQuery({
  name: 'benchStreamDay',
  params: Day.extend({ stream: z.number() }),
  row: Row,
  sql: `SELECT count() AS size, sum(${CENTS}) AS cents FROM (
    SELECT number * ${STREAMS} + {stream:UInt32} AS n FROM numbers(intDiv({rows:UInt64}, ${STREAMS})))`,
})

// The newest record of each stream that was known: the one of the moment's own step, or the one before it.
const newest = defineQuery({
  name: 'benchNewest',
  params: Day.extend({ knownTime: z.number() }),
  row: Row,
  sql: `SELECT count() AS size, sum(${CENTS}) AS cents FROM (
    WITH toUInt64(least(toFloat64(intDiv({rows:UInt64}, ${STREAMS}) - 1),
        floor(({knownTime:Int64} - ${KNOWN_AFTER_MS} - {start:Int64}) / {step:Float64}))) * ${STREAMS} + number AS own
    SELECT if(${momentOf('own')} + ${KNOWN_AFTER_MS} <= {knownTime:Int64}, own, toUInt64(own - ${STREAMS})) AS n
    FROM numbers(${STREAMS}))`,
})

const minutes = defineQuery({
  name: 'benchMinutesFilled',
  params: Day.extend({ first: z.number(), from: z.number(), to: z.number() }),
  row: Row,
  sql: `SELECT uniqExact(stream, minute) AS size, sum(cents) AS cents FROM (
    SELECT n % ${STREAMS} AS stream, intDiv(${momentOf('n')}, 60000) * 60000 AS minute, ${CENTS} AS cents FROM (
      SELECT intDiv(number, 1000) * ${STREAMS} + {first:UInt32} + number % 1000 AS n
      FROM numbers(intDiv({rows:UInt64}, ${STREAMS}) * 1000))
    WHERE minute BETWEEN {from:Int64} AND {to:Int64})`,
})

/** What right answers are: computed from the numbers that the day was made of, without a look at what is stored. */
export class FillTruth {
  readonly #clickhouse: ClickHouse
  readonly #day: z.infer<typeof Day>

  constructor(clickhouse: ClickHouse, rows: number) {
    this.#clickhouse = clickhouse
    this.#day = { world, start: DAY_START, step: stepMs(rows), rows }
  }

  stored = async (): Promise<Answer> => first(await stored(this.#clickhouse, { world }))
  filled = async (): Promise<Answer> => first(await filled(this.#clickhouse, this.#day))
  streamDay = async (stream: number): Promise<Answer> =>
    first(await streamDay(this.#clickhouse, { ...this.#day, stream }))
  newest = async (knownTime: number): Promise<Answer> =>
    first(await newest(this.#clickhouse, { ...this.#day, knownTime: Math.floor(knownTime) }))
  minutes = async (asked: { first: number; from: number; to: number }): Promise<Answer> =>
    first(await minutes(this.#clickhouse, { ...this.#day, ...asked }))
}

function first([answer]: readonly Answer[]): Answer {
  if (answer === undefined) throw new Error('The store answered nothing.')
  return answer
}
