import { z } from 'zod'
import { Decision } from '@/domain/decision/decision'
import { Incident } from '@/domain/incident/incident'
import { Activation } from '@/domain/plan/activation'
import { Task } from '@/domain/task/task'
import { defineSql } from '@/platform/postgres/query'

const Commanded = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('incident.moved'), body: Incident }),
  z.object({ kind: z.literal('task.moved'), body: Task }),
  z.object({ kind: z.literal('decision.moved'), body: Decision }),
  z.object({ kind: z.literal('activation.moved'), body: Activation }),
])
export type CommandedAsOf = z.infer<typeof Commanded>

/** Each document as its last event before a moment of the World's clock left it; Incidents come first. */
export const commandedAsOf = defineSql({
  name: 'commandedAsOf',
  params: z.object({ world: z.number(), knownTime: z.number() }),
  row: Commanded,
  sql: `
    SELECT kind, body FROM (
      SELECT DISTINCT ON (kind, body ->> 'id') kind, body FROM events
      WHERE world = $world AND at <= $knownTime
        AND kind IN ('incident.moved', 'task.moved', 'decision.moved', 'activation.moved')
      ORDER BY kind, body ->> 'id', n DESC
    ) AS last
    ORDER BY kind <> 'incident.moved'`,
})
