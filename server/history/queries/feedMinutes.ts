import { z } from 'zod'
import { FeedMinute } from '@/domain/api/feedMinutes'
import { defineQuery } from '@/platform/clickhouse/query'
import { Moment } from './columns'

/** What feeds delivered minute by minute (machine time), summed over servers, each in its newest version. */
export const feedMinutes = defineQuery({
  name: 'feedMinutes',
  params: z.object({ world: z.number(), feed: z.number(), from: Moment, to: Moment }),
  row: FeedMinute,
  sql: `
    SELECT feed, toUnixTimestamp(at) * 1000 AS minute, sum(newest.1) AS received, sum(newest.2) AS accepted,
      sum(newest.3) AS duplicates, sum(newest.4) AS corrections, sum(newest.5) AS late, sum(newest.6) AS rejected,
      sum(newest.7) AS flagged
    FROM (
      SELECT feed, minute AS at, server,
        argMax((received, accepted, duplicates, corrections, late, rejected, flagged), version) AS newest
      FROM feed_minutes
      WHERE world = {world:UInt16} AND ({feed:UInt16} = 0 OR feed = {feed:UInt16})
        AND minute BETWEEN toDateTime(intDiv({from:Int64}, 1000), 'UTC') AND toDateTime(intDiv({to:Int64}, 1000), 'UTC')
      GROUP BY feed, minute, server
    )
    GROUP BY feed, at
    ORDER BY at, feed`,
})
