import { z } from 'zod'
import { WorldNo } from '@/domain/ids'
import { Incident } from '@/domain/incident/incident'
import { LogEntry } from '@/domain/incident/logEntry'
import type { Transaction } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'

const insertIncident = defineSql({
  name: 'insertIncident',
  params: z.object({ id: z.uuid(), world: WorldNo, no: z.number(), state: z.string(), body: z.string() }),
  row: z.object({ id: z.string() }),
  sql: `
    INSERT INTO incidents (id, world, no, state, body) VALUES ($id::uuid, $world, $no, $state, $body::jsonb)
    ON CONFLICT (id) DO NOTHING RETURNING id::text AS id`,
})

const lockIncident = defineSql({
  name: 'lockIncident',
  params: z.object({ world: WorldNo, id: z.uuid() }),
  row: z.object({ body: Incident }),
  sql: 'SELECT body FROM incidents WHERE world = $world AND id = $id::uuid FOR UPDATE',
})

const updateIncident = defineSql({
  name: 'updateIncident',
  params: z.object({ id: z.uuid(), state: z.string(), body: z.string() }),
  row: z.never(),
  sql: 'UPDATE incidents SET state = $state, body = $body::jsonb WHERE id = $id::uuid',
})

const insertEntry = defineSql({
  name: 'insertIncidentEntry',
  params: z.object({ incident: z.uuid(), n: z.number(), body: z.string() }),
  row: z.never(),
  sql: 'INSERT INTO incident_log (incident, n, body) VALUES ($incident::uuid, $n, $body::jsonb)',
})

const entries = defineSql({
  name: 'incidentEntries',
  params: z.object({ incident: z.uuid() }),
  row: z.object({ body: LogEntry }),
  sql: 'SELECT body FROM incident_log WHERE incident = $incident::uuid ORDER BY n',
})

const lockId = defineSql({
  name: 'lockRequestId',
  params: z.object({ id: z.uuid() }),
  row: z.object({}),
  sql: 'SELECT pg_advisory_xact_lock(hashtextextended($id, 1))',
})

/** Two requests with one id made by a screen come one after the other: the second finds what the first one made. */
export async function holdId(tx: Transaction, id: string): Promise<void> {
  await lockId(tx, { id })
}

/** False when there is an Incident of that id already. */
export async function addIncident(tx: Transaction, world: WorldNo, incident: Incident): Promise<boolean> {
  const { id, no, state } = incident
  return (await insertIncident(tx, { id, world, no, state, body: JSON.stringify(incident) })).length > 0
}

/** The Incident, held against every other act on it and its Tasks until the transaction ends. */
export async function holdIncident(tx: Transaction, world: WorldNo, id: string): Promise<Incident | undefined> {
  const [row] = await lockIncident(tx, { world, id })
  return row?.body
}

export async function keepIncident(tx: Transaction, incident: Incident): Promise<void> {
  await updateIncident(tx, { id: incident.id, state: incident.state, body: JSON.stringify(incident) })
}

export async function addEntry(tx: Transaction, incident: string, entry: LogEntry): Promise<void> {
  await insertEntry(tx, { incident, n: entry.n, body: JSON.stringify(entry) })
}

/** The whole log, oldest first. */
export async function entriesOf(tx: Transaction, incident: string): Promise<LogEntry[]> {
  return (await entries(tx, { incident })).map(({ body }) => body)
}
