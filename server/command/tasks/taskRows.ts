import { z } from 'zod'
import { WorldNo } from '@/domain/ids'
import { Task } from '@/domain/task/task'
import type { Queryable, Transaction } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'

const insertTask = defineSql({
  name: 'insertTask',
  params: z.object({ id: z.uuid(), world: WorldNo, incident: z.uuid(), state: z.string(), body: z.string() }),
  row: z.object({ id: z.string() }),
  sql: `
    INSERT INTO tasks (id, world, incident, state, body)
    VALUES ($id::uuid, $world, $incident::uuid, $state, $body::jsonb)
    ON CONFLICT (id) DO NOTHING RETURNING id::text AS id`,
})

const updateTask = defineSql({
  name: 'updateTask',
  params: z.object({ id: z.uuid(), state: z.string(), body: z.string() }),
  row: z.never(),
  sql: 'UPDATE tasks SET state = $state, body = $body::jsonb WHERE id = $id::uuid',
})

const taskById = defineSql({
  name: 'taskById',
  params: z.object({ world: WorldNo, id: z.uuid() }),
  row: z.object({ body: Task }),
  sql: 'SELECT body FROM tasks WHERE world = $world AND id = $id::uuid',
})

const tasksOfIncident = defineSql({
  name: 'tasksOfIncident',
  params: z.object({ incident: z.uuid() }),
  row: z.object({ body: Task }),
  sql: `SELECT body FROM tasks WHERE incident = $incident::uuid ORDER BY (body ->> 'no')::int`,
})

const insertCommitments = defineSql({
  name: 'insertCommitments',
  params: z.object({ world: WorldNo, task: z.uuid(), incident: z.uuid(), units: z.array(z.string()) }),
  row: z.object({ unit: z.string() }),
  sql: `
    INSERT INTO commitments (world, unit, task, incident)
    SELECT $world::int, unit, $task::uuid, $incident::uuid FROM unnest($units::text[]) AS unit ORDER BY unit
    ON CONFLICT (world, unit) DO NOTHING RETURNING unit`,
})

const deleteCommitments = defineSql({
  name: 'deleteCommitments',
  params: z.object({ task: z.uuid() }),
  row: z.never(),
  sql: 'DELETE FROM commitments WHERE task = $task::uuid',
})

const commitmentsNow = defineSql({
  name: 'commitmentsNow',
  params: z.object({ world: WorldNo }),
  row: z.object({ unit: z.string(), task: z.string(), incident: z.string() }),
  sql: `
    SELECT unit, task::text AS task, incident::text AS incident FROM commitments WHERE world = $world ORDER BY unit`,
})

/** False when there is a Task of that id already. */
export async function addTask(tx: Transaction, world: WorldNo, task: Task): Promise<boolean> {
  const { id, incident, state } = task
  return (await insertTask(tx, { id, world, incident, state, body: JSON.stringify(task) })).length > 0
}

export async function keepTask(tx: Transaction, task: Task): Promise<void> {
  await updateTask(tx, { id: task.id, state: task.state, body: JSON.stringify(task) })
}

/** Unlocked: whoever wants to move it holds its Incident first and reads it again. */
export const taskOf = async (db: Queryable, world: WorldNo, id: string): Promise<Task | undefined> =>
  (await taskById(db, { world, id }))[0]?.body

export const tasksOf = async (db: Queryable, incident: string): Promise<Task[]> =>
  (await tasksOfIncident(db, { incident })).map(({ body }) => body)

/** Commits units to a Task; those that somebody else has are returned, and nothing may then be kept. */
export async function commitUnits(tx: Transaction, world: WorldNo, task: Task): Promise<readonly string[]> {
  const units = [...new Set(task.units)]
  if (units.length === 0) return []
  const made = await insertCommitments(tx, { world, task: task.id, incident: task.incident, units })
  const got = new Set(made.map(({ unit }) => unit))
  return units.filter((unit) => !got.has(unit))
}

export async function releaseUnits(tx: Transaction, task: string): Promise<void> {
  await deleteCommitments(tx, { task })
}

/** Which unit is committed to which Task. */
export const readCommitments = (db: Queryable, world: WorldNo) => commitmentsNow(db, { world })
