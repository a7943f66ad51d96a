import { defineQuery } from '@/platform/clickhouse/query'
import { NEWEST } from '@/server/history/queries/columns'
import { PositionRow, RecentOfWorld } from './rows'

/** The latest position of each Track among the rows recorded since a moment. */
export const recentPositions = defineQuery({
  name: 'liveRecentPositions',
  params: RecentOfWorld,
  row: PositionRow,
  sql: `
    SELECT no, toUnixTimestamp64Milli(newest.1) AS phenomenonTime, toUnixTimestamp64Milli(newest.2) AS knownTime,
      newest.3 AS longitude, newest.4 AS latitude, newest.5 AS speed, newest.6 AS heading, newest.7 AS quality,
      bitShiftRight(newest.8, 40) AS epoch, bitAnd(newest.8, 1099511627775) AS offset
    FROM (
      SELECT track AS no,
        argMax((phenomenon_time, known_time, longitude, latitude, speed, heading, quality, seq), (${NEWEST})) AS newest
      FROM positions
      WHERE world = {world:UInt16} AND recorded_at >= fromUnixTimestamp({since:Int64})
      GROUP BY track
    )`,
})
