import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import { MaybeNumber, Moment } from './columns'

const Window = z.object({ world: z.number(), stream: z.number(), from: Moment, to: Moment, knownTime: Moment })
const Point = z.object({ time: z.number(), value: MaybeNumber, quality: z.number() })

/** One stream between two moments: of each phenomenon time the newest value known at `knownTime`. */
const NEWEST = `
  SELECT phenomenon_time AS at, argMax(value, seq) AS v, argMax(quality, seq) AS q
  FROM observations
  WHERE world = {world:UInt16} AND stream = {stream:UInt32}
    AND phenomenon_time BETWEEN fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    AND known_time <= fromUnixTimestamp64Milli({knownTime:Int64}, 'UTC')
  GROUP BY phenomenon_time`

export const seriesWindow = defineQuery({
  name: 'seriesWindow',
  params: Window.extend({ limit: z.number().int() }),
  row: Point,
  sql: `
    SELECT toUnixTimestamp64Milli(at) AS time, v AS value, q AS quality FROM (${NEWEST})
    ORDER BY at LIMIT {limit:UInt32}`,
})

/** The same, thinned to the lowest and the highest of each bucket of `width` ms, so that no extreme is lost. */
export const seriesThinned = defineQuery({
  name: 'seriesThinned',
  params: Window.extend({ width: z.number().int().positive() }),
  row: Point,
  sql: `
    SELECT DISTINCT toUnixTimestamp64Milli(point.1) AS time, point.2 AS value, point.3 AS quality FROM (
      SELECT arrayJoin([argMin((at, v, q), (v, at)), argMax((at, v, q), (v, at))]) AS point
      FROM (${NEWEST})
      GROUP BY intDiv(toUnixTimestamp64Milli(at) - {from:Int64}, {width:Int64})
    )
    ORDER BY time`,
})
