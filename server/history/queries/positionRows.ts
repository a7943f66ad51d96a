import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import { MaybeNumber, Moment } from './columns'

/** Every position of a Track at one phenomenon time and a few before it, newest first; a re-insert is one. */
export const POSITION_ROWS = `
  SELECT toUnixTimestamp64Milli(phenomenon_time) AS phenomenonTime,
    any(toUnixTimestamp64Milli(known_time)) AS knownTime, any(toUnixTimestamp(recorded_at)) * 1000 AS recordedAt,
    any(speed) AS speed, any(quality) AS quality, any(feed) AS feed, toString(seq) AS seq
  FROM positions
  WHERE world = {world:UInt16} AND track = {track:UInt32}
    AND phenomenon_time BETWEEN fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND fromUnixTimestamp64Milli({phenomenonTime:Int64}, 'UTC')
  GROUP BY positions.phenomenon_time, positions.seq
  ORDER BY positions.phenomenon_time DESC, positions.seq DESC
  LIMIT {limit:UInt32}`

export const positionRows = defineQuery({
  name: 'positionRows',
  params: z.object({
    world: z.number(),
    track: z.number(),
    from: Moment,
    phenomenonTime: Moment,
    limit: z.number().int(),
  }),
  row: z.object({
    phenomenonTime: z.number(),
    knownTime: z.number(),
    recordedAt: z.number(),
    speed: MaybeNumber,
    quality: z.number(),
    feed: z.number(),
    seq: z.string(),
  }),
  sql: POSITION_ROWS,
})
