import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'

/** What one server counted since a machine minute (epoch ms), over all times that it was open, each in its newest version. */
export const heldMinutes = defineQuery({
  name: 'heldMinutes',
  params: z.object({ server: z.string(), from: z.number() }),
  row: z.object({
    world: z.number(),
    feed: z.number(),
    minute: z.number(),
    received: z.number(),
    accepted: z.number(),
    duplicates: z.number(),
    corrections: z.number(),
    late: z.number(),
    rejected: z.number(),
    flagged: z.number(),
  }),
  sql: `
    SELECT world, feed, toUnixTimestamp(at) * 1000 AS minute, sum(newest.1) AS received, sum(newest.2) AS accepted,
      sum(newest.3) AS duplicates, sum(newest.4) AS corrections, sum(newest.5) AS late, sum(newest.6) AS rejected,
      sum(newest.7) AS flagged
    FROM (
      SELECT world, feed, minute AS at, server,
        argMax((received, accepted, duplicates, corrections, late, rejected, flagged), version) AS newest
      FROM feed_minutes
      WHERE startsWith(server, concat({server:String}, '-'))
        AND minute >= toDateTime(intDiv({from:Int64}, 1000), 'UTC')
      GROUP BY world, feed, minute, server
    )
    GROUP BY world, feed, at
    ORDER BY at, feed`,
})
