import { z } from 'zod'
import type { Task } from '@/domain/task/task'
import { defineSql } from '@/platform/postgres/query'
import type { Acting } from '../incidents/act'
import { tasksOf } from './taskRows'

const rehouseTask = defineSql({
  name: 'rehouseTask',
  params: z.object({ id: z.uuid(), incident: z.uuid(), body: z.string() }),
  row: z.never(),
  sql: 'UPDATE tasks SET incident = $incident::uuid, body = $body::jsonb WHERE id = $id::uuid',
})

const rehouseCommitments = defineSql({
  name: 'rehouseCommitments',
  params: z.object({ from: z.uuid(), to: z.uuid() }),
  row: z.never(),
  sql: 'UPDATE commitments SET incident = $to::uuid WHERE incident = $from::uuid',
})

/** All Tasks of one Incident become Tasks of another, with new numbers there. Both must be held. */
export async function moveTasksTo({ tx, at }: Acting, from: string, to: string): Promise<Task[]> {
  const last = (await tasksOf(tx, to)).length
  const moved = (await tasksOf(tx, from)).map((task, index): Task => {
    return { ...task, incident: to, no: last + index + 1, rev: task.rev + 1, movedAt: at }
  })
  for (const task of moved) await rehouseTask(tx, { id: task.id, incident: to, body: JSON.stringify(task) })
  await rehouseCommitments(tx, { from, to })
  return moved
}
