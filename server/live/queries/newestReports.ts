import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import { RecentOfWorld } from './rows'

/** The newest revision of the Reports of one World recorded since a moment, the latest first. */
export const newestReports = defineQuery({
  name: 'liveNewestReports',
  params: RecentOfWorld.extend({ limit: z.number() }),
  row: z.object({ body: z.string() }),
  sql: `
    SELECT argMax(body, seq) AS body
    FROM reports
    WHERE world = {world:UInt16} AND recorded_at >= fromUnixTimestamp({since:Int64})
    GROUP BY id
    ORDER BY max(phenomenon_time) DESC
    LIMIT {limit:UInt32}`,
})
