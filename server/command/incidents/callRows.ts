import { z } from 'zod'
import { CallRecord } from '@/domain/api/incidents'
import { WorldNo } from '@/domain/ids'
import type { Queryable, Transaction } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'

const insertCall = defineSql({
  name: 'insertCall',
  params: z.object({
    id: z.uuid(),
    world: WorldNo,
    incident: z.uuid().nullable(),
    at: z.number(),
    body: z.string(),
  }),
  row: z.object({ id: z.string() }),
  sql: `
    INSERT INTO calls (id, world, incident, at, body) VALUES ($id::uuid, $world, $incident::uuid, $at, $body::jsonb)
    ON CONFLICT (id) DO NOTHING RETURNING id::text AS id`,
})

const oneCall = defineSql({
  name: 'oneCall',
  params: z.object({ world: WorldNo, id: z.uuid() }),
  row: z.object({ body: CallRecord }),
  sql: 'SELECT body FROM calls WHERE world = $world AND id = $id::uuid',
})

const newestCalls = defineSql({
  name: 'newestCalls',
  params: z.object({ world: WorldNo, limit: z.number() }),
  row: z.object({ body: CallRecord }),
  sql: 'SELECT body FROM calls WHERE world = $world ORDER BY at DESC, id LIMIT $limit',
})

const callsOfIncident = defineSql({
  name: 'callsOfIncident',
  params: z.object({ incident: z.uuid() }),
  row: z.object({ body: CallRecord }),
  sql: 'SELECT body FROM calls WHERE incident = $incident::uuid ORDER BY at, id',
})

/** False when that call was recorded before. */
export async function addCall(tx: Transaction, world: WorldNo, call: CallRecord): Promise<boolean> {
  const { id, receivedAt: at, incident = null } = call
  return (await insertCall(tx, { id, world, incident, at, body: JSON.stringify(call) })).length > 0
}

export async function callOf(db: Queryable, world: WorldNo, id: string): Promise<CallRecord | undefined> {
  return (await oneCall(db, { world, id }))[0]?.body
}

export const readCalls = async (db: Queryable, world: WorldNo, limit: number): Promise<CallRecord[]> =>
  (await newestCalls(db, { world, limit })).map(({ body }) => body)

export const callsAbout = async (db: Queryable, incident: string): Promise<CallRecord[]> =>
  (await callsOfIncident(db, { incident })).map(({ body }) => body)
