import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import { Moment } from './columns'

/** What a Feed delivered in each machine minute of a span, server by server; `by` empty means every server. */
export const MINUTES_OF_FEED = `
  SELECT toUnixTimestamp(at) * 1000 AS minute, server, newest.1 AS received, newest.2 AS duplicates,
    newest.3 AS corrections, newest.4 AS late, newest.5 AS rejected, newest.6 AS flagged
  FROM (
    SELECT minute AS at, server, argMax((received, duplicates, corrections, late, rejected, flagged), version) AS newest
    FROM feed_minutes
    WHERE world = {world:UInt16} AND feed = {feed:UInt16}
      AND ({by:String} = '' OR startsWith(server, concat({by:String}, '-')))
      AND minute BETWEEN toDateTime(intDiv({from:Int64}, 1000), 'UTC') AND toDateTime(intDiv({to:Int64}, 1000), 'UTC')
    GROUP BY minute, server
  )
  ORDER BY at DESC, server`

export const minutesOfFeed = defineQuery({
  name: 'minutesOfFeed',
  params: z.object({ world: z.number(), feed: z.number(), by: z.string(), from: Moment, to: Moment }),
  row: z.object({
    minute: z.number(),
    server: z.string(),
    received: z.number(),
    duplicates: z.number(),
    corrections: z.number(),
    late: z.number(),
    rejected: z.number(),
    flagged: z.number(),
  }),
  sql: MINUTES_OF_FEED,
})
