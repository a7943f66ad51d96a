import { z } from 'zod'
import { Alarm } from '@/domain/alarm'
import { defineSql } from '@/platform/postgres/query'

/** The open Alarms of one World and the number of the last event that they contain, in one snapshot. */
export const openAlarms = defineSql({
  name: 'liveOpenAlarms',
  params: z.object({ world: z.number() }),
  row: z.object({ n: z.number(), alarms: z.array(Alarm) }),
  sql: `
    SELECT coalesce((SELECT event_n FROM world_counters WHERE world = $world), 0) AS n,
      coalesce((SELECT jsonb_agg(body) FROM alarms WHERE world = $world AND state <> 'cleared'), '[]') AS alarms`,
})
