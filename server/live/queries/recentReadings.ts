import { defineQuery } from '@/platform/clickhouse/query'
import { NEWEST } from '@/server/history/queries/columns'
import { ReadingRow, RecentOfWorld } from './rows'

/** The latest value of each Datastream among the rows that the store took since a moment, however old they are. */
export const recentReadings = defineQuery({
  name: 'liveRecentReadings',
  params: RecentOfWorld,
  row: ReadingRow,
  sql: `
    SELECT no, toUnixTimestamp64Milli(newest.1) AS phenomenonTime, toUnixTimestamp64Milli(newest.2) AS knownTime,
      newest.3 AS value, newest.4 AS quality,
      bitShiftRight(newest.5, 40) AS epoch, bitAnd(newest.5, 1099511627775) AS offset
    FROM (
      SELECT stream AS no,
        argMax((phenomenon_time, known_time, value, quality, seq), (${NEWEST})) AS newest
      FROM observations
      WHERE world = {world:UInt16} AND inserted_at >= fromUnixTimestamp({since:Int64})
      GROUP BY stream
    )`,
})
