import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import { Moment } from './columns'

/** What is usual at each hour of the day in the World's zone: P10, median and P90 over days, with corrections applied. */
export const usualByHour = defineQuery({
  name: 'usualByHour',
  params: z.object({
    world: z.number(),
    stream: z.number(),
    from: Moment,
    to: Moment,
    knownTime: Moment,
    zone: z.string(),
  }),
  row: z.object({ hour: z.number(), days: z.number(), p10: z.number(), p50: z.number(), p90: z.number() }),
  sql: `
    SELECT toHour(at, {zone:String}) AS hour, uniqExact(toDate(at, {zone:String})) AS days,
      quantileExactInclusive(0.1)(v) AS p10, quantileExactInclusive(0.5)(v) AS p50,
      quantileExactInclusive(0.9)(v) AS p90
    FROM (
      SELECT phenomenon_time AS at, argMax(value, seq) AS v
      FROM observations
      WHERE world = {world:UInt16} AND stream = {stream:UInt32}
        AND phenomenon_time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
        AND phenomenon_time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
        AND known_time <= fromUnixTimestamp64Milli({knownTime:Int64}, 'UTC')
      GROUP BY phenomenon_time
    )
    WHERE NOT isNaN(v)
    GROUP BY hour
    ORDER BY hour`,
})
