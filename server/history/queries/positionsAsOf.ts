import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import { MaybeNumber, Moment, NEWEST } from './columns'

/** The latest position of each Track among what was known at a moment. */
export const POSITIONS_AS_OF = `
  SELECT no, toUnixTimestamp64Milli(newest.1) AS phenomenonTime, toUnixTimestamp64Milli(newest.2) AS knownTime,
    newest.3 AS longitude, newest.4 AS latitude, newest.5 AS speed, newest.6 AS heading, newest.7 AS quality,
    bitShiftRight(newest.8, 40) AS epoch, bitAnd(newest.8, 1099511627775) AS offset,
    toUnixTimestamp(newest.9) * 1000 AS recordedAt
  FROM (
    SELECT track AS no,
      argMax((phenomenon_time, known_time, longitude, latitude, speed, heading, quality, seq, recorded_at), (${NEWEST})) AS newest
    FROM positions
    WHERE world = {world:UInt16} AND known_time <= fromUnixTimestamp64Milli({knownTime:Int64}, 'UTC')
    GROUP BY track
  )
  ORDER BY no`

export const positionsAsOf = defineQuery({
  name: 'positionsAsOf',
  params: z.object({ world: z.number(), knownTime: Moment }),
  row: z.object({
    no: z.number(),
    phenomenonTime: z.number(),
    knownTime: z.number(),
    longitude: z.number(),
    latitude: z.number(),
    speed: MaybeNumber,
    heading: MaybeNumber,
    quality: z.number(),
    epoch: z.number(),
    offset: z.number(),
    recordedAt: z.number(),
  }),
  sql: POSITIONS_AS_OF,
})
