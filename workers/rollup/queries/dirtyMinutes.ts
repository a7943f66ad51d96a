import { z } from 'zod'
import { WorldNo } from '@/domain/ids'
import { EpochMillis } from '@/domain/time'
import { defineQuery } from '@/platform/clickhouse/query'

/**
 * Span of the closed minutes that got rows since `seenFrom` (store clock, epoch seconds), and how many pairs of stream
 * and minute that is: late records and corrections.
 */
export const dirtyMinutes = defineQuery({
  name: 'dirtyMinutes',
  params: z.object({ world: WorldNo, seenFrom: z.number().int(), closedTo: z.number() }),
  row: z.object({ pairs: z.number().int(), firstMinute: EpochMillis, pastLast: EpochMillis }),
  sql: `SELECT uniqExact(stream, toStartOfMinute(phenomenon_time)) AS pairs,
          toUnixTimestamp(toStartOfMinute(min(phenomenon_time))) * 1000 AS firstMinute,
          toUnixTimestamp(toStartOfMinute(max(phenomenon_time))) * 1000 + 60000 AS pastLast
        FROM observations
        WHERE world = {world:UInt16} AND inserted_at >= {seenFrom:UInt32}
          AND phenomenon_time < fromUnixTimestamp64Milli({closedTo:Int64})`,
})
