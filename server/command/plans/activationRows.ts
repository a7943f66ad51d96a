import { z } from 'zod'
import { WorldNo } from '@/domain/ids'
import { Activation } from '@/domain/plan/activation'
import type { Queryable, Transaction } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'

const insertActivation = defineSql({
  name: 'insertActivation',
  params: z.object({
    id: z.uuid(),
    world: WorldNo,
    plan: z.string(),
    incident: z.uuid().nullable(),
    state: z.string(),
    body: z.string(),
  }),
  row: z.object({ id: z.string() }),
  sql: `
    INSERT INTO activations (id, world, plan, incident, state, body)
    VALUES ($id::uuid, $world, $plan, $incident::uuid, $state, $body::jsonb)
    ON CONFLICT DO NOTHING RETURNING id::text AS id`,
})

const updateActivation = defineSql({
  name: 'updateActivation',
  params: z.object({ id: z.uuid(), incident: z.uuid().nullable(), state: z.string(), body: z.string() }),
  row: z.never(),
  sql: `
    UPDATE activations SET state = $state, incident = $incident::uuid, body = $body::jsonb WHERE id = $id::uuid`,
})

const lockActivation = defineSql({
  name: 'lockActivation',
  params: z.object({ world: WorldNo, id: z.uuid() }),
  row: z.object({ body: Activation }),
  sql: 'SELECT body FROM activations WHERE world = $world AND id = $id::uuid FOR UPDATE',
})

const activationById = defineSql({
  name: 'activationById',
  params: z.object({ world: WorldNo, id: z.uuid() }),
  row: z.object({ body: Activation }),
  sql: 'SELECT body FROM activations WHERE world = $world AND id = $id::uuid',
})

const activeOfIncident = defineSql({
  name: 'activeOfIncident',
  params: z.object({ incident: z.uuid() }),
  row: z.object({ body: Activation }),
  sql: `SELECT body FROM activations WHERE incident = $incident::uuid AND state IN ('proposed', 'deferred', 'active')`,
})

const lastDeclined = defineSql({
  name: 'lastDeclinedActivation',
  params: z.object({ world: WorldNo, plan: z.string() }),
  row: z.object({ body: Activation }),
  sql: `
    SELECT body FROM activations WHERE world = $world AND plan = $plan AND state IN ('declined', 'terminated')
    ORDER BY (body ->> 'movedAt')::float8 DESC LIMIT 1`,
})

/** False when the plan is proposed or at work for that Incident already. */
export async function addActivation(tx: Transaction, world: WorldNo, activation: Activation): Promise<boolean> {
  const { id, plan, incident = null, state } = activation
  return (await insertActivation(tx, { id, world, plan, incident, state, body: JSON.stringify(activation) })).length > 0
}

export async function keepActivation(tx: Transaction, activation: Activation): Promise<void> {
  const { id, incident = null, state } = activation
  await updateActivation(tx, { id, incident, state, body: JSON.stringify(activation) })
}

export const holdActivation = async (tx: Transaction, world: WorldNo, id: string): Promise<Activation | undefined> =>
  (await lockActivation(tx, { world, id }))[0]?.body

export const activationOf = async (db: Queryable, world: WorldNo, id: string): Promise<Activation | undefined> =>
  (await activationById(db, { world, id }))[0]?.body

export const openActivationsOf = async (db: Queryable, incident: string): Promise<Activation[]> =>
  (await activeOfIncident(db, { incident })).map(({ body }) => body)

/** The last one of a plan that somebody declined or ended. */
export const lastRefusal = async (db: Queryable, world: WorldNo, plan: string): Promise<Activation | undefined> =>
  (await lastDeclined(db, { world, plan }))[0]?.body
