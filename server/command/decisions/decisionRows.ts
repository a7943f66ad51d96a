import { z } from 'zod'
import { Decision } from '@/domain/decision/decision'
import { WorldNo } from '@/domain/ids'
import type { Queryable, Transaction } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'

const upsertDecision = defineSql({
  name: 'upsertDecision',
  params: z.object({ id: z.uuid(), world: WorldNo, incident: z.uuid(), state: z.string(), body: z.string() }),
  row: z.never(),
  sql: `
    INSERT INTO decisions (id, world, incident, state, body)
    VALUES ($id::uuid, $world, $incident::uuid, $state, $body::jsonb)
    ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state, body = EXCLUDED.body`,
})

const decisionById = defineSql({
  name: 'decisionById',
  params: z.object({ world: WorldNo, id: z.uuid() }),
  row: z.object({ body: Decision }),
  sql: 'SELECT body FROM decisions WHERE world = $world AND id = $id::uuid',
})

const decisionsOfIncident = defineSql({
  name: 'decisionsOfIncident',
  params: z.object({ incident: z.uuid() }),
  row: z.object({ body: Decision }),
  sql: `SELECT body FROM decisions WHERE incident = $incident::uuid ORDER BY (body ->> 'latestAt')::float8`,
})

export async function keepDecision(tx: Transaction, world: WorldNo, decision: Decision): Promise<void> {
  const { id, incident, state } = decision
  await upsertDecision(tx, { id, world, incident, state, body: JSON.stringify(decision) })
}

export const decisionOf = async (db: Queryable, world: WorldNo, id: string): Promise<Decision | undefined> =>
  (await decisionById(db, { world, id }))[0]?.body

export const decisionsOf = async (db: Queryable, incident: string): Promise<Decision[]> =>
  (await decisionsOfIncident(db, { incident })).map(({ body }) => body)
