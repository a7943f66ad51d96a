import type { ActedBy } from '@/domain/access/actedBy'
import { departmentOf } from '@/domain/access/departments'
import type { MoveTask } from '@/domain/api/tasks'
import type { Actor } from '@/domain/api/session'
import type { Order, Task } from '@/domain/task/task'
import { canMoveTask, isTaskOver, taskMoves } from '@/domain/task/taskState'
import type { TaskVerb } from '@/domain/task/taskState'
import { Conflict, Forbidden, InvalidInput } from '@/platform/errors'
import { authorise } from '@/server/access/authorise'
import type { CommandContext } from '../commandContext'
import type { Acting, EntryDraft } from '../incidents/act'
import { actOnTask } from './actOnTask'
import type { OneTask } from './actOnTask'
import { isDecided, missingApprovals } from './approvals'
import { commitUnits, keepTask, releaseUnits } from './taskRows'
import { withOrder } from './withOrder'

/** One step along the table of Tasks. @throws Forbidden, InvalidInput, NotFound, Conflict */
export async function moveTask(context: CommandContext, one: OneTask, input: MoveTask): Promise<Task> {
  const { verb, reason, evidence, onBehalf } = input
  const move = taskMoves[verb]
  return actOnTask(context, one, { action: 'tasks.move', onBehalf }, async (held, acting) => {
    mustBeOnSide(context.actor, held, { verb, by: acting.by })
    if (!canMoveTask(held.state, verb)) throw new Conflict('task.cannotMove', { from: held.state, verb })
    if (move.needs === 'reason' && reason === undefined) throw new InvalidInput('task.needsReason')
    if (move.needs === 'evidence' && evidence === undefined) throw new InvalidInput('task.needsEvidence')
    const task = await moved(held, input, acting)
    if (isTaskOver(task.state) || task.state === 'refused') await releaseUnits(acting.tx, task.id)
    const args = { from: held.state, before: verb === 'reassign' ? held.to : undefined, evidence: evidence?.kind }
    return { task, entry: { kind: kindOf(verb), verb: `task.${verb}`, args, text: reason ?? evidence?.text } }
  })
}

interface Step {
  readonly verb: TaskVerb
  readonly by: ActedBy
}

/** The department acts for itself, a desk for it on its behalf; only a desk orders; only Belfry sees a clock run out. */
function mustBeOnSide(actor: Actor, task: Task, { verb, by }: Step): void {
  const { side } = taskMoves[verb]
  if (side === 'system') {
    if (actor.kind !== 'system') throw new Forbidden('task.movedByClockOnly')
    return
  }
  if (side === 'desk') {
    if (!authorise(actor, 'tasks.order')) throw new Forbidden('task.desksOnly')
    if (verb === 'verify' && actor.kind === 'person' && actor.department === task.to) {
      throw new Forbidden('task.verifiedByOthers')
    }
    return
  }
  if (actor.kind === 'person' && actor.department === task.to) return
  if (!authorise(actor, 'tasks.order')) throw new Forbidden('task.otherDepartment')
  if (by.onBehalf === undefined) throw new InvalidInput('task.needsOnBehalf')
}

/** Which receipt of the standing order a verb fills. */
const receiptOf: Partial<Record<TaskVerb, keyof Order>> = {
  accept: 'accepted',
  start: 'started',
  reportDone: 'reportedDone',
  verify: 'verified',
  refuse: 'refused',
}

async function moved(held: Task, input: MoveTask, acting: Acting): Promise<Task> {
  const { verb, reason, evidence } = input
  if (verb === 'issue') return issued(held, input, acting)
  if (verb === 'reassign') return reassigned(held, input, acting)
  const receipt = receiptOf[verb]
  const orders = receipt === undefined ? held.orders : withReceipt(held.orders, receipt, acting.by)
  const { problem: _problem, undoUntil: _undoUntil, ...kept } = held
  const isProblem = verb === 'refuse' || verb === 'block'
  return {
    ...kept,
    state: taskMoves[verb].to,
    rev: held.rev + 1,
    orders,
    evidence: evidence === undefined ? held.evidence : [...held.evidence, evidence],
    ...(isProblem && reason !== undefined ? { problem: reason } : {}),
    movedAt: acting.at,
  }
}

function issued(held: Task, { channel }: MoveTask, { context, by }: Acting): Task {
  const missing = missingApprovals(held)
  if (missing > 0) throw new Conflict('task.needsApproval', { missing })
  return withOrder(held, { to: held.to, channel, by, isDecider: isDecided(context.actor, by) })
}

async function reassigned(held: Task, { to = held.to, units, channel }: MoveTask, acting: Acting): Promise<Task> {
  if (departmentOf(to) === undefined) throw new InvalidInput('incident.unknownDepartment', { code: to })
  const { tx, world, by, context } = acting
  const task = withOrder(
    { ...held, units: units ?? held.units },
    { to, channel, by, isDecider: isDecided(context.actor, by) },
  )
  await releaseUnits(tx, held.id)
  await keepTask(tx, task)
  const taken = await commitUnits(tx, world, task)
  if (taken.length > 0) throw new Conflict('task.unitTaken', { unit: taken.join(' ') })
  return task
}

/** The standing order with one receipt more; the first of a kind stands. */
export function withReceipt(orders: readonly Order[], receipt: keyof Order, by: ActedBy): readonly Order[] {
  return orders.map((order, index) =>
    index < orders.length - 1 || order[receipt] !== undefined ? order : { ...order, [receipt]: by },
  )
}

function kindOf(verb: TaskVerb): EntryDraft['kind'] {
  const { side } = taskMoves[verb]
  return side === 'receiver' ? 'receipt' : side === 'system' ? 'system' : 'order'
}
