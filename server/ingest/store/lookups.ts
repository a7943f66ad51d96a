import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'

const HELD = {
  params: z.object({
    world: z.number(),
    streams: z.array(z.number()),
    times: z.array(z.number()),
    from: z.number(),
    to: z.number(),
  }),
  row: z.object({ stream: z.number(), time: z.number(), value: z.number() }),
}
const NEWEST = {
  params: z.object({ world: z.number(), streams: z.array(z.number()) }),
  row: z.object({ stream: z.number(), time: z.number() }),
}

/** The newest value that the store holds at each (stream, time); times in epoch ms. Absent pairs are new. */
export const heldValues = defineQuery({
  name: 'heldValues',
  ...HELD,
  sql: `
    SELECT stream, toUnixTimestamp64Milli(phenomenon_time) AS time, argMax(value, seq) AS value
    FROM observations
    WHERE world = {world:UInt16} AND stream IN {streams:Array(UInt32)}
      AND phenomenon_time >= fromUnixTimestamp64Milli({from:Int64}) AND phenomenon_time <= fromUnixTimestamp64Milli({to:Int64})
      AND (stream, toUnixTimestamp64Milli(phenomenon_time)) IN (
        SELECT pair.1, pair.2 FROM (SELECT arrayJoin(arrayZip({streams:Array(UInt32)}, {times:Array(Int64)})) AS pair))
    GROUP BY stream, phenomenon_time`,
})

/** The newest phenomenon time that the store holds of each stream; streams without rows are missing. */
export const newestTimes = defineQuery({
  name: 'newestTimes',
  ...NEWEST,
  sql: `
    SELECT stream, toUnixTimestamp64Milli(max(phenomenon_time)) AS time
    FROM observations WHERE world = {world:UInt16} AND stream IN {streams:Array(UInt32)} GROUP BY stream`,
})

/** As `heldValues`, for Tracks: the value is that of `placeValue`. */
export const heldPlaces = defineQuery({
  name: 'heldPlaces',
  ...HELD,
  sql: `
    SELECT track AS stream, toUnixTimestamp64Milli(phenomenon_time) AS time, argMax(longitude * 1000 + latitude, seq) AS value
    FROM positions
    WHERE world = {world:UInt16} AND track IN {streams:Array(UInt32)}
      AND phenomenon_time >= fromUnixTimestamp64Milli({from:Int64}) AND phenomenon_time <= fromUnixTimestamp64Milli({to:Int64})
      AND (track, toUnixTimestamp64Milli(phenomenon_time)) IN (
        SELECT pair.1, pair.2 FROM (SELECT arrayJoin(arrayZip({streams:Array(UInt32)}, {times:Array(Int64)})) AS pair))
    GROUP BY track, phenomenon_time`,
})

/** As `newestTimes`, for Tracks. */
export const newestPlaces = defineQuery({
  name: 'newestPlaces',
  ...NEWEST,
  sql: `
    SELECT track AS stream, toUnixTimestamp64Milli(max(phenomenon_time)) AS time
    FROM positions WHERE world = {world:UInt16} AND track IN {streams:Array(UInt32)} GROUP BY track`,
})
