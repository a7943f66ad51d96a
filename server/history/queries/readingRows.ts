import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import { MaybeNumber, Moment } from './columns'

/** Every record of one phenomenon time, corrections and late ones included, and a few before it; newest first. */
export const READING_ROWS = `
  SELECT toUnixTimestamp64Milli(phenomenon_time) AS phenomenonTime,
    any(toUnixTimestamp64Milli(known_time)) AS knownTime, any(toUnixTimestamp(recorded_at)) * 1000 AS recordedAt,
    any(value) AS value, any(quality) AS quality, any(feed) AS feed, toString(seq) AS seq
  FROM observations
  WHERE world = {world:UInt16} AND stream = {stream:UInt32}
    AND phenomenon_time BETWEEN fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND fromUnixTimestamp64Milli({phenomenonTime:Int64}, 'UTC')
  GROUP BY observations.phenomenon_time, observations.seq
  ORDER BY observations.phenomenon_time DESC, observations.seq DESC
  LIMIT {limit:UInt32}`

export const readingRows = defineQuery({
  name: 'readingRows',
  params: z.object({
    world: z.number(),
    stream: z.number(),
    from: Moment,
    phenomenonTime: Moment,
    limit: z.number().int(),
  }),
  row: z.object({
    phenomenonTime: z.number(),
    knownTime: z.number(),
    recordedAt: z.number(),
    value: MaybeNumber,
    quality: z.number(),
    feed: z.number(),
    seq: z.string(),
  }),
  sql: READING_ROWS,
})
