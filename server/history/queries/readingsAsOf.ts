import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import { MaybeNumber, Moment } from './columns'

const Numbers = z.array(z.number())

/**
 * The latest value of each stream among what was known at a moment: the newest phenomenon time, and of that the newest
 * record. A re-inserted row has the same seq and changes nothing, so no FINAL. One row of columns: 100 000 objects
 * would take longer to parse than to find.
 */
export const READINGS_AS_OF = `
  SELECT groupArray(no) AS stream, groupArray(toUnixTimestamp64Milli(newest.1)) AS phenomenonTime,
    groupArray(toUnixTimestamp64Milli(newest.2)) AS knownTime, groupArray(newest.3) AS value,
    groupArray(newest.4) AS quality, groupArray(bitShiftRight(newest.5, 40)) AS epoch,
    groupArray(bitAnd(newest.5, 1099511627775)) AS offset, groupArray(toUnixTimestamp(newest.6)) AS recordedAt
  FROM (
    SELECT stream AS no,
      argMax((phenomenon_time, known_time, value, quality, seq, recorded_at), (phenomenon_time, seq)) AS newest
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
    value: z.array(MaybeNumber),
    quality: Numbers,
    epoch: Numbers,
    offset: Numbers,
    recordedAt: Numbers,
  }),
  sql: READINGS_AS_OF,
})
