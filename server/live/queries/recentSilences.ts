import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import { RecentOfWorld } from './rows'

/** The newest silence of each Datastream of one World that was recorded since a moment. */
export const recentSilences = defineQuery({
  name: 'liveRecentSilences',
  params: RecentOfWorld,
  row: z.object({ body: z.string() }),
  sql: `
    SELECT argMax(body, seq) AS body
    FROM city_events
    WHERE world = {world:UInt16} AND n = 0 AND kind = 'stream.fellSilent'
      AND recorded_at >= fromUnixTimestamp({since:Int64})
    GROUP BY key`,
})
