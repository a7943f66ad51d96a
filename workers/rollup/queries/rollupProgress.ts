import { z } from 'zod'
import { WorldNo } from '@/domain/ids'
import { EpochMillis } from '@/domain/time'
import { defineQuery } from '@/platform/clickhouse/query'

/** How far each World is, and the store's own clock in epoch seconds. */
export const rollupProgress = defineQuery({
  name: 'rollupProgress',
  params: z.object({}),
  row: z.object({ world: WorldNo, closedTo: EpochMillis, seenTo: z.number().int() }),
  sql: `SELECT world, toUnixTimestamp64Milli(argMax(closed_to, version)) AS closedTo,
          toUnixTimestamp(argMax(seen_to, version)) AS seenTo
        FROM rollup_progress GROUP BY world`,
})

export const storeClock = defineQuery({
  name: 'storeClock',
  params: z.object({}),
  row: z.object({ now: z.number().int() }),
  sql: 'SELECT toUnixTimestamp(now()) AS now',
})
