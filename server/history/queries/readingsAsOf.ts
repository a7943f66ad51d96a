import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import { Moment, NOT_FUTURE } from './columns'

const Numbers = z.array(z.number())
/** Above the milliseconds of every date that the store can hold. */
const SOUND = 2 ** 47

/**
 * The latest value of each stream among what was known at a moment: the newest phenomenon time, and of that the newest
 * record, one from the future only where there is no other. A re-inserted row has the same seq and changes nothing, so
 * no FINAL. The order is one UInt128 (not from the future, milliseconds since 1900, seq), three times as fast as
 * comparing tuples; the answer is one row of columns.
 */
export const READINGS_AS_OF = `
  WITH bitOr(
    bitShiftLeft(toUInt128(toUnixTimestamp64Milli(phenomenon_time) + 2208988800000 + if(${NOT_FUTURE}, ${SOUND}, 0)), 64),
    toUInt128(seq)) AS age
  SELECT groupArray(no) AS stream, groupArray(toUnixTimestamp64Milli(at)) AS phenomenonTime,
    groupArray(toUnixTimestamp64Milli(known)) AS knownTime, groupArray(v) AS value, groupArray(q) AS quality,
    groupArray(bitShiftRight(s, 40)) AS epoch, groupArray(bitAnd(s, 1099511627775)) AS offset,
    groupArray(toUnixTimestamp(recorded)) AS recordedAt
  FROM (
    SELECT stream AS no, argMax(phenomenon_time, age) AS at, argMax(known_time, age) AS known, argMax(value, age) AS v,
      argMax(quality, age) AS q, argMax(observations.seq, age) AS s, argMax(recorded_at, age) AS recorded
    FROM observations
    WHERE world = {world:UInt16} AND known_time <= fromUnixTimestamp64Milli({knownTime:Int64}, 'UTC')
      AND phenomenon_time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND (empty({streams:Array(UInt32)}) OR stream IN {streams:Array(UInt32)})
    GROUP BY stream
    ORDER BY stream
  )`

export const readingsAsOf = defineQuery({
  name: 'readingsAsOf',
  params: z.object({ world: z.number(), knownTime: Moment, from: Moment, streams: z.array(z.number()) }),
  row: z.object({
    stream: Numbers,
    phenomenonTime: Numbers,
    knownTime: Numbers,
    value: z.array(z.number().nullable()), // null is NaN; a transform of 100 000 values would cost as much as the query
    quality: Numbers,
    epoch: Numbers,
    offset: Numbers,
    recordedAt: Numbers,
  }),
  sql: READINGS_AS_OF,
})
