import { z } from 'zod'
import { WorldNo } from '@/domain/ids'
import { defineQuery } from '@/platform/clickhouse/query'

const params = z.object({
  world: WorldNo,
  /** Known time, epoch ms of the World, [from, to). */
  from: z.number(),
  to: z.number(),
  /** When those were recorded, epoch seconds of the machine: partitions and rows outside are not read. */
  recordedFrom: z.number().int(),
  recordedTo: z.number().int(),
})

const BOUNDS = `world = {world:UInt16}
  AND recorded_at >= toDateTime({recordedFrom:UInt32}, 'UTC') AND recorded_at <= toDateTime({recordedTo:UInt32}, 'UTC')
  AND known_time >= fromUnixTimestamp64Milli({from:Int64}) AND known_time < fromUnixTimestamp64Milli({to:Int64})`

// A re-inserted row is one row; an inversion is a record older than the one that the log holds before it.
const SPOKEN = `
  uniqExact(phenomenon_time) AS records,
  uniqExactIf(seq, bitAnd(quality, 16) != 0) AS late,
  uniqExactIf(seq, bitAnd(quality, 591) != 0) AS doubted,
  uniqExactIf(seq, bitAnd(quality, 2) != 0) AS jumps,
  arrayCount(step -> step < 0, arrayDifference(arrayMap(one -> one.2,
    arraySort(groupUniqArray((seq, toUnixTimestamp64Milli(phenomenon_time))))))) AS disordered,
  medianExact(toUnixTimestamp64Milli(known_time) - toUnixTimestamp64Milli(phenomenon_time)) AS delayMs`

const spoken = z.object({
  no: z.number(),
  records: z.number(),
  late: z.number(),
  doubted: z.number(),
  jumps: z.number(),
  disordered: z.number(),
  delayMs: z.number(),
  median: z.number(),
})

/** What each Datastream of a World said in a span. */
export const streamsBetween = defineQuery({
  name: 'streamsBetween',
  params,
  row: spoken,
  sql: `SELECT stream AS no, ${SPOKEN}, medianExact(value) AS median FROM observations WHERE ${BOUNDS} GROUP BY stream`,
})

/** What each Track of a World said in a span. */
export const tracksBetween = defineQuery({
  name: 'tracksBetween',
  params,
  row: spoken,
  sql: `SELECT track AS no, ${SPOKEN}, 0 AS median FROM positions WHERE ${BOUNDS} GROUP BY track`,
})

/** What the intake counted of each feed between two machine minutes. */
export const feedsBetween = defineQuery({
  name: 'feedsBetween',
  params: z.object({ world: WorldNo, recordedFrom: z.number().int(), recordedTo: z.number().int() }),
  row: z.object({ feed: z.number(), received: z.number(), duplicates: z.number(), rejected: z.number() }),
  sql: `
    SELECT feed, sum(r) AS received, sum(d) AS duplicates, sum(x) AS rejected FROM (
      SELECT feed, minute, server, argMax(received, version) AS r, argMax(duplicates, version) AS d,
             argMax(rejected, version) AS x
      FROM feed_minutes
      WHERE world = {world:UInt16} AND minute >= toDateTime({recordedFrom:UInt32}, 'UTC')
        AND minute < toDateTime({recordedTo:UInt32}, 'UTC')
      GROUP BY feed, minute, server)
    GROUP BY feed`,
})

/** Reasons of refusal in a span that the day before it did not have. */
export const newReasons = defineQuery({
  name: 'newReasons',
  params,
  row: z.object({ feed: z.number(), reason: z.string(), records: z.number() }),
  sql: `
    SELECT feed, reason, uniqExactIf(seq, known_time >= fromUnixTimestamp64Milli({from:Int64})) AS records
    FROM quarantine
    WHERE world = {world:UInt16} AND recorded_at <= toDateTime({recordedTo:UInt32}, 'UTC')
      AND known_time >= fromUnixTimestamp64Milli({from:Int64} - 86400000)
      AND known_time < fromUnixTimestamp64Milli({to:Int64})
    GROUP BY feed, reason
    HAVING records > 0 AND countIf(known_time < fromUnixTimestamp64Milli({from:Int64})) = 0`,
})
