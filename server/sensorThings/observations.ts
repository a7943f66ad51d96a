import { z } from 'zod'
import { parseIso } from '@/domain/feed/timeText'
import type { WorldNo } from '@/domain/ids'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import { InvalidInput } from '@/platform/errors'
import type { Expression } from './filter'
import type { Options } from './options'

const Row = z.object({
  stream: z.number(),
  time: z.number(),
  known: z.number(),
  value: z.number().nullable(),
  quality: z.number(),
})
export type ObservationRow = z.infer<typeof Row>

export interface ObservationQuestion {
  readonly world: WorldNo
  /** Only of these; nothing is read when there is none. */
  readonly streams: readonly number[]
  readonly knownTime: number
  readonly options: Pick<Options, 'filter' | 'orderBy' | 'top' | 'skip'>
}

/** Names of an Observation, as columns of the inner question. Moments are compared as epoch milliseconds. */
const COLUMNS: Readonly<Record<string, string>> = {
  phenomenonTime: 'time',
  resultTime: 'time',
  result: 'value',
  id: 'time',
  '@iot.id': 'time',
  'Datastream/id': 'stream',
  'Datastream/@iot.id': 'stream',
}
const COMPARISONS: Readonly<Record<string, string>> = { eq: '=', ne: '!=', gt: '>', ge: '>=', lt: '<', le: '<=' }
const LOGIC: Readonly<Record<string, string>> = { and: 'AND', or: 'OR' }

const refused = (detail: string): InvalidInput => new InvalidInput('sensorThings.badQuery', { detail })

/** Of each stream and moment the newest value known at `knownTime`; every literal is bound, none is pasted. */
function statement({ streams, world, knownTime, options }: ObservationQuestion) {
  const values: Record<string, number> = {}
  const where = options.filter === undefined ? '1' : condition(options.filter, values)
  const order = options.orderBy.map(({ by, down }) => `${columnOf(by)} ${down ? 'DESC' : 'ASC'}`)
  const inner = `
    SELECT stream, toUnixTimestamp64Milli(phenomenon_time) AS time, argMax(value, seq) AS value, argMax(quality, seq) AS quality,
           toUnixTimestamp64Milli(argMax(known_time, seq)) AS known
    FROM observations AS o
    WHERE world = {world:UInt16} AND o.stream IN {streams:Array(UInt32)}
      AND known_time <= fromUnixTimestamp64Milli({knownTime:Int64}, 'UTC')
    GROUP BY stream, phenomenon_time`
  const params = { ...values, world, streams: [...streams], knownTime: Math.floor(knownTime) }
  return { from: `FROM (${inner}) WHERE ${where}`, order: [...order, 'time DESC', 'stream ASC'].join(', '), params }
}

/** A page of Observations. @throws InvalidInput for what cannot be asked of the store */
export async function observations(clickhouse: ClickHouse, question: ObservationQuestion): Promise<ObservationRow[]> {
  if (question.streams.length === 0) return []
  const { from, order, params } = statement(question)
  const { top, skip } = question.options
  const rows = await clickhouse.rows({
    name: 'sensorThingsObservations',
    sql: `SELECT stream, time, value, quality, known ${from} ORDER BY ${order} LIMIT {top:UInt32} OFFSET {skip:UInt32}`,
    params: { ...params, top, skip },
  })
  return Row.array().parse(rows)
}

/** How many Observations the filter leaves. */
export async function countObservations(clickhouse: ClickHouse, question: ObservationQuestion): Promise<number> {
  if (question.streams.length === 0) return 0
  const { from, params } = statement(question)
  const rows = await clickhouse.rows({ name: 'sensorThingsCount', sql: `SELECT count() AS n ${from}`, params })
  return z.array(z.object({ n: z.number() })).parse(rows)[0]?.n ?? 0
}

function condition(expression: Expression, values: Record<string, number>): string {
  if (expression.kind !== 'call') throw refused('a filter of Observations is a comparison')
  const { name, of } = expression
  const joint = LOGIC[name]
  if (joint !== undefined) return `(${of.map((one) => condition(one, values)).join(` ${joint} `)})`
  if (name === 'not' && of[0] !== undefined) return `NOT ${condition(of[0], values)}`
  const [left, right] = of
  const sign = COMPARISONS[name]
  if (sign === undefined || left === undefined || right === undefined || right.kind !== 'value')
    throw refused(
      'Observations are filtered by comparing phenomenonTime, resultTime, result or Datastream/id with a value',
    )
  return `${columnOf(left)} ${sign} ${bound(right.value, values)}`
}

function columnOf(expression: Expression): string {
  const column = expression.kind === 'name' ? COLUMNS[expression.path.join('/')] : undefined
  if (column === undefined) throw refused('Observations have phenomenonTime, resultTime, result and Datastream/id')
  return column
}

function bound(value: string | number | boolean | null, values: Record<string, number>): string {
  const asNumber = typeof value === 'number' ? value : typeof value === 'string' ? parseIso(value) : Number.NaN
  if (Number.isNaN(asNumber)) throw refused('a value is a number, or a moment with its zone')
  const name = `v${Object.keys(values).length}`
  values[name] = asNumber
  return `{${name}:Float64}`
}
