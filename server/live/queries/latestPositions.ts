import { defineQuery } from '@/platform/clickhouse/query'
import { OneWorld, PositionRow } from './rows'

/** The latest position of every Track of one World, as the last leader wrote it. */
export const latestPositions = defineQuery({
  name: 'liveLatestPositions',
  params: OneWorld,
  row: PositionRow,
  sql: `
    SELECT track AS no, toUnixTimestamp64Milli(phenomenon_time) AS phenomenonTime,
      toUnixTimestamp64Milli(known_time) AS knownTime, longitude, latitude, speed, heading, quality,
      bitShiftRight(seq, 40) AS epoch, bitAnd(seq, 1099511627775) AS offset
    FROM latest_positions FINAL
    WHERE world = {world:UInt16}`,
})
