import { z } from 'zod'
import { WorldNo } from '@/domain/ids'
import { EpochMillis } from '@/domain/time'
import { defineQuery } from '@/platform/clickhouse/query'

/** Stored rows of a World in [from, to), World time, and the moment of the first one (0 without rows). */
export const rowsBetween = defineQuery({
  name: 'rowsBetween',
  params: z.object({ world: WorldNo, from: z.number(), to: z.number() }),
  row: z.object({ rows: z.number().int(), first: EpochMillis }),
  sql: `SELECT count() AS rows, toUnixTimestamp64Milli(min(phenomenon_time)) AS first
        FROM observations
        WHERE world = {world:UInt16}
          AND phenomenon_time >= fromUnixTimestamp64Milli({from:Int64})
          AND phenomenon_time < fromUnixTimestamp64Milli({to:Int64})`,
})
