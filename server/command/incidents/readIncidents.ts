import { z } from 'zod'
import type { IncidentList, IncidentView } from '@/domain/api/incidents'
import { Decision } from '@/domain/decision/decision'
import { WorldNo } from '@/domain/ids'
import { Incident } from '@/domain/incident/incident'
import { Activation } from '@/domain/plan/activation'
import { Task } from '@/domain/task/task'
import { NotFound } from '@/platform/errors'
import type { Queryable } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'
import { decisionsOf } from '../decisions/decisionRows'
import { tasksOf } from '../tasks/taskRows'
import { callsAbout } from './callRows'
import { entriesOf } from './incidentRows'
import type { OneIncident } from './act'

const incidentsOfWorld = defineSql({
  name: 'incidentsOfWorld',
  params: z.object({ world: WorldNo, all: z.boolean() }),
  row: z.object({ body: Incident }),
  sql: `
    SELECT body FROM incidents WHERE world = $world AND ($all OR state NOT IN ('archived', 'merged', 'closed'))
    ORDER BY (body ->> 'reportedAt')::float8 DESC LIMIT 1000`,
})

const tasksOfIncidents = defineSql({
  name: 'tasksOfIncidents',
  params: z.object({ incidents: z.array(z.string()) }),
  row: z.object({ body: Task }),
  sql: 'SELECT body FROM tasks WHERE incident = ANY($incidents::uuid[]) ORDER BY incident, id',
})

const decisionsOfIncidents = defineSql({
  name: 'decisionsOfIncidents',
  params: z.object({ incidents: z.array(z.string()) }),
  row: z.object({ body: Decision }),
  sql: 'SELECT body FROM decisions WHERE incident = ANY($incidents::uuid[])',
})

const activationsOfWorld = defineSql({
  name: 'activationsOfWorld',
  params: z.object({ world: WorldNo, all: z.boolean() }),
  row: z.object({ body: Activation }),
  sql: `
    SELECT body FROM activations WHERE world = $world AND ($all OR state IN ('proposed', 'deferred', 'active'))
    ORDER BY (body ->> 'proposedAt')::float8 DESC LIMIT 200`,
})

const activationsOfIncident = defineSql({
  name: 'activationsOfIncident',
  params: z.object({ incident: z.uuid() }),
  row: z.object({ body: Activation }),
  sql: `SELECT body FROM activations WHERE incident = $incident::uuid ORDER BY (body ->> 'proposedAt')::float8`,
})

const incidentById = defineSql({
  name: 'incidentById',
  params: z.object({ world: WorldNo, id: z.uuid() }),
  row: z.object({ body: Incident }),
  sql: 'SELECT body FROM incidents WHERE world = $world AND id = $id::uuid',
})

const bodies = <Body>(rows: readonly { readonly body: Body }[]): Body[] => rows.map(({ body }) => body)

/** Incidents of a World with what belongs to them: the open ones, or the newest thousand of all. */
export async function readIncidents(db: Queryable, world: WorldNo, all: boolean): Promise<IncidentList> {
  const incidents = bodies(await incidentsOfWorld(db, { world, all }))
  const ids = incidents.map(({ id }) => id)
  // One after another: inside a transaction there is one connection.
  const tasks = await tasksOfIncidents(db, { incidents: ids })
  const decisions = await decisionsOfIncidents(db, { incidents: ids })
  const activations = await activationsOfWorld(db, { world, all })
  return { incidents, tasks: bodies(tasks), decisions: bodies(decisions), activations: bodies(activations) }
}

/** Everything of one Incident; calls only for whoever may read them. @throws NotFound */
export async function readIncident(
  db: Queryable,
  { world, id }: OneIncident,
  withCalls: boolean,
): Promise<IncidentView> {
  const [row] = await incidentById(db, { world, id })
  if (row === undefined) throw new NotFound('incident.unknown', { id })
  const [tasks, decisions, activations, log, calls] = await Promise.all([
    tasksOf(db, id),
    decisionsOf(db, id),
    activationsOfIncident(db, { incident: id }),
    entriesOf(db, id),
    withCalls ? callsAbout(db, id) : [],
  ])
  return { incident: row.body, tasks, decisions, activations: bodies(activations), log, calls }
}
