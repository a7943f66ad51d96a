import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import { MaybeNumber, Moment } from '@/server/history/queries/columns'

/** Newest value of each phenomenon time of some streams since a moment of the World, oldest first. */
export const samplesSince = defineQuery({
  name: 'forecastSamplesSince',
  params: z.object({ world: z.number(), streams: z.array(z.number()), from: Moment }),
  row: z.object({ stream: z.number(), time: z.number(), value: MaybeNumber }),
  sql: `
    SELECT stream, toUnixTimestamp64Milli(phenomenon_time) AS time, argMax(value, seq) AS value
    FROM observations
    WHERE world = {world:UInt16} AND stream IN {streams:Array(UInt32)}
      AND phenomenon_time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    GROUP BY stream, phenomenon_time
    ORDER BY phenomenon_time`,
})
