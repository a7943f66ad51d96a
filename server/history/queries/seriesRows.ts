import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import { MaybeNumber, Moment } from './columns'

/** Every record of one phenomenon time, corrections and late ones included, and a few before it; a re-insert is one. */
const rowsOf = (table: 'observations' | 'positions', number: 'stream' | 'track', said: 'value' | 'speed'): string => `
  SELECT toUnixTimestamp64Milli(phenomenon_time) AS phenomenonTime,
    any(toUnixTimestamp64Milli(known_time)) AS knownTime, any(toUnixTimestamp(recorded_at)) * 1000 AS recordedAt,
    any(${said}) AS ${said}, any(quality) AS quality, any(feed) AS feed, toString(seq) AS seq
  FROM ${table}
  WHERE world = {world:UInt16} AND ${number} = {${number}:UInt32}
    AND phenomenon_time BETWEEN fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND fromUnixTimestamp64Milli({phenomenonTime:Int64}, 'UTC')
  GROUP BY ${table}.phenomenon_time, ${table}.seq
  ORDER BY ${table}.phenomenon_time DESC, ${table}.seq DESC
  LIMIT {limit:UInt32}`

/** Of a Datastream. */
export const READING_ROWS = rowsOf('observations', 'stream', 'value')
/** Of a Track, with its speed. */
export const POSITION_ROWS = rowsOf('positions', 'track', 'speed')

const window = { world: z.number(), from: Moment, phenomenonTime: Moment, limit: z.number().int() }
const record = {
  phenomenonTime: z.number(),
  knownTime: z.number(),
  recordedAt: z.number(),
  quality: z.number(),
  feed: z.number(),
  seq: z.string(),
}

export const readingRows = defineQuery({
  name: 'readingRows',
  params: z.object({ ...window, stream: z.number() }),
  row: z.object({ ...record, value: MaybeNumber }),
  sql: READING_ROWS,
})

export const positionRows = defineQuery({
  name: 'positionRows',
  params: z.object({ ...window, track: z.number() }),
  row: z.object({ ...record, speed: MaybeNumber }),
  sql: POSITION_ROWS,
})
