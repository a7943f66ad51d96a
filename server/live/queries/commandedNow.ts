import { z } from 'zod'
import { Alarm } from '@/domain/alarm'
import { Decision } from '@/domain/decision/decision'
import { Incident } from '@/domain/incident/incident'
import { Activation } from '@/domain/plan/activation'
import { Task } from '@/domain/task/task'
import { defineSql } from '@/platform/postgres/query'

/** Everything open that commands decided in one World, and the number of the last event in it, in one snapshot. */
export const commandedNow = defineSql({
  name: 'liveCommandedNow',
  params: z.object({ world: z.number() }),
  row: z.object({
    n: z.number(),
    alarms: z.array(Alarm),
    incidents: z.array(Incident),
    tasks: z.array(Task),
    decisions: z.array(Decision),
    activations: z.array(Activation),
  }),
  sql: `
    WITH open AS (
      SELECT id, body FROM incidents WHERE world = $world AND state NOT IN ('archived', 'merged', 'closed')
    )
    SELECT coalesce((SELECT event_n FROM world_counters WHERE world = $world), 0) AS n,
      coalesce((SELECT jsonb_agg(body) FROM alarms WHERE world = $world AND state <> 'cleared'), '[]') AS alarms,
      coalesce((SELECT jsonb_agg(body) FROM open), '[]') AS incidents,
      coalesce((SELECT jsonb_agg(t.body) FROM tasks t JOIN open ON open.id = t.incident), '[]') AS tasks,
      coalesce((SELECT jsonb_agg(d.body) FROM decisions d JOIN open ON open.id = d.incident), '[]') AS decisions,
      coalesce((
        SELECT jsonb_agg(body) FROM activations WHERE world = $world AND state IN ('proposed', 'deferred', 'active')
      ), '[]') AS activations`,
})
