import type { Incident } from '@/domain/incident/incident'
import type { WorldNo } from '@/domain/ids'
import type { Task } from '@/domain/task/task'
import { NotFound } from '@/platform/errors'
import type { CommandContext } from '../commandContext'
import { acting, heldIncident, settle } from '../incidents/act'
import type { Acting, ActSpec, Effect, EntryDraft } from '../incidents/act'
import { keepTask, taskOf } from './taskRows'

/** Which Task. */
export interface OneTask {
  readonly world: WorldNo
  readonly id: string
}

/** What an act does to one Task. */
export interface TaskChange {
  readonly task: Task
  readonly entry: Omit<EntryDraft, 'task'>
}

/** Acts on one Task while its Incident is held. @throws Forbidden, InvalidInput, NotFound, Conflict */
export async function actOnTask(
  context: CommandContext,
  { world, id }: OneTask,
  spec: ActSpec,
  fn: (held: Task, acting: Acting) => Promise<TaskChange | undefined> | TaskChange | undefined,
): Promise<Task> {
  return acting(context, world, spec, async (one) => {
    const { incident, task: held } = await heldTask(one, id)
    const change = await fn(held, one)
    if (change === undefined) return held
    const { task, entry } = change
    await keepTask(one.tx, task)
    const effect: Effect = { kind: 'task.moved', body: task }
    const says = { ...entry, task: task.id, args: { no: task.no, title: task.title, to: task.to, ...entry.args } }
    await settle(one, incident, { incident, entries: [says], effects: [effect] })
    return task
  })
}

async function heldTask(one: Acting, id: string): Promise<{ incident: Incident; task: Task }> {
  const found = await taskOf(one.tx, one.world, id)
  if (found === undefined) throw new NotFound('task.unknown', { id })
  const incident = await heldIncident(one, found.incident)
  // Read again: it may have moved while its Incident was waited for.
  const task = (await taskOf(one.tx, one.world, id)) ?? found
  return { incident, task }
}
