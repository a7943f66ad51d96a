import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import { OneWorld, ReadingRow } from './rows'

/** The latest value of every Datastream of one World, as the last leader wrote it. */
export const latestReadings = defineQuery({
  name: 'liveLatestReadings',
  params: OneWorld,
  row: ReadingRow.extend({ silentSince: z.number() }),
  sql: `
    SELECT stream AS no, toUnixTimestamp64Milli(phenomenon_time) AS phenomenonTime,
      toUnixTimestamp64Milli(known_time) AS knownTime, value, quality,
      bitShiftRight(seq, 40) AS epoch, bitAnd(seq, 1099511627775) AS offset,
      if(state = 2, toUnixTimestamp64Milli(silent_since), 0) AS silentSince
    FROM latest_values FINAL
    WHERE world = {world:UInt16}`,
})
