import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import { Moment } from './columns'

const Numbers = z.array(z.number())

/** Minute roll-ups of many streams, each minute in its newest version, as one row of columns. */
export const minutesOfStreams = defineQuery({
  name: 'minutesOfStreams',
  params: z.object({ world: z.number(), streams: z.array(z.number()), from: Moment, to: Moment }),
  row: z.object({ stream: Numbers, minute: Numbers, samples: Numbers, mean: Numbers, low: Numbers, high: Numbers }),
  sql: `
    SELECT groupArray(no) AS stream, groupArray(toUnixTimestamp(at) * 1000) AS minute,
      groupArray(newest.1) AS samples, groupArray(newest.2) AS mean, groupArray(newest.3) AS low,
      groupArray(newest.4) AS high
    FROM (
      SELECT stream AS no, minute AS at, argMax((samples, mean, low, high), version) AS newest
      FROM observations_per_minute
      WHERE world = {world:UInt16} AND stream IN {streams:Array(UInt32)}
        AND minute BETWEEN toDateTime(intDiv({from:Int64}, 1000), 'UTC') AND toDateTime(intDiv({to:Int64}, 1000), 'UTC')
      GROUP BY stream, minute
      ORDER BY stream, minute
    )`,
})
