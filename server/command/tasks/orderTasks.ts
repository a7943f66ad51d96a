import { authorityOf } from '@/domain/access/authority'
import { departmentOf } from '@/domain/access/departments'
import type { NewTask } from '@/domain/api/tasks'
import type { Incident } from '@/domain/incident/incident'
import { isWorked } from '@/domain/incident/incidentState'
import type { Task } from '@/domain/task/task'
import { Conflict, InvalidInput } from '@/platform/errors'
import type { CommandContext } from '../commandContext'
import { acting, heldIncident, settle } from '../incidents/act'
import type { Acting, EntryDraft, OneIncident } from '../incidents/act'
import { isDecided, missingApprovals, withApproval } from './approvals'
import { addTask, commitUnits, taskOf, tasksOf } from './taskRows'
import { withOrder } from './withOrder'

/** A Task to be made; a plan's activation says where it comes from. */
export type TaskDraft = NewTask & Pick<Task, 'activation' | 'template'>

/**
 * Makes Tasks of an Incident and sends the orders that may leave at once: all of them or none. A unit that somebody
 * else has refuses the whole. Tasks of a known id are not made again.
 * @throws Forbidden, InvalidInput, NotFound, Conflict
 */
export async function orderTasks(
  context: CommandContext,
  { world, id }: OneIncident,
  inputs: readonly TaskDraft[],
): Promise<Task[]> {
  // One confirmation, one voice: the tasks of a proposal come on behalf of one post.
  const onBehalf = inputs.find((input) => input.onBehalf !== undefined)?.onBehalf
  return acting(context, world, { action: 'tasks.order', onBehalf }, async (one) => {
    const held = await heldIncident(one, id)
    return orderWithin(one, held, inputs)
  })
}

/** The same inside the act of a caller who holds the Incident. @throws InvalidInput, Conflict */
export async function orderWithin(one: Acting, held: Incident, inputs: readonly TaskDraft[]): Promise<Task[]> {
  if (!isWorked(held.state)) throw new Conflict('incident.isOver', { no: held.no })
  const { tx, world } = one
  let no = (await tasksOf(tx, held.id)).length
  const made: Task[] = []
  const tasks: Task[] = []
  for (const input of inputs) {
    const known = await taskOf(tx, world, input.id)
    if (known !== undefined) {
      tasks.push(known)
      continue
    }
    no += 1
    const task = made[made.push(taskOfInput(one, held, { input, no })) - 1]!
    if (!(await addTask(tx, world, task))) throw new Conflict('task.idTaken')
    tasks.push(task)
  }
  for (const task of [...made].sort((a, b) => (a.units.join() < b.units.join() ? -1 : 1))) {
    const taken = await commitUnits(tx, world, task)
    if (taken.length > 0) throw new Conflict('task.unitTaken', { unit: taken.join(' ') })
  }
  const effects = made.map((body) => ({ kind: 'task.moved', body }) as const)
  if (made.length > 0) await settle(one, held, { incident: held, entries: made.map(entryOf), effects })
  return tasks
}

interface Numbered {
  readonly input: TaskDraft
  readonly no: number
}

function taskOfInput({ context, at, by }: Acting, { id: incident }: Incident, { input, no }: Numbered): Task {
  const unknown = [input.to, ...input.support].find((code) => departmentOf(code) === undefined)
  if (unknown !== undefined) throw new InvalidInput('incident.unknownDepartment', { code: unknown })
  const { id, title, act, to, support, place, units, ackMinutes, doneMinutes, activation, template } = input
  const isDecider = isDecided(context.actor, by)
  const authority = authorityOf(act, input.authority)
  const draft: Task = {
    ...{ id, incident, no, rev: 1, title, act, authority, state: 'draft', to, support, units, created: by },
    ...(place === undefined ? {} : { place }),
    ...(activation === undefined ? {} : { activation }),
    ...(template === undefined ? {} : { template }),
    ...{ ackMinutes, doneMinutes, orders: [], callOuts: [], evidence: [], movedAt: at },
    approvals: isDecider ? withApproval([], by) : [],
  }
  const mayLeave = input.issue && missingApprovals(draft) === 0
  return mayLeave ? withOrder(draft, { to, channel: input.channel, by, isDecider }) : draft
}

const entryOf = (task: Task): EntryDraft => ({
  kind: 'order',
  verb: task.state === 'draft' ? 'task.draft' : 'task.issue',
  args: { no: task.no, title: task.title, to: task.to, authority: task.authority, units: task.units.join(' ') },
  task: task.id,
})
