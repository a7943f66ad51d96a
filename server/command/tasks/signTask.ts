import type { SignTask } from '@/domain/api/tasks'
import type { Task } from '@/domain/task/task'
import { Conflict, Forbidden } from '@/platform/errors'
import type { CommandContext } from '../commandContext'
import { actOnTask } from './actOnTask'
import type { OneTask } from './actOnTask'
import { isDecided, missingApprovals, withApproval } from './approvals'
import { withOrder } from './withOrder'

/**
 * Approves a Task that waits for one or two words (请示, 双人); the order leaves with the last of them.
 * @throws Forbidden, NotFound, Conflict
 */
export async function approveTask(context: CommandContext, one: OneTask, { onBehalf }: SignTask): Promise<Task> {
  return actOnTask(context, one, { action: 'tasks.sign', onBehalf }, (held, { by, at }) => {
    if (!isDecided(context.actor, by)) throw new Forbidden('task.decidersOnly')
    if (held.state !== 'draft') throw new Conflict('task.cannotMove', { from: held.state, verb: 'approve' })
    const approvals = withApproval(held.approvals, by)
    if (approvals === held.approvals) throw new Conflict('task.approvedAlready')
    const approved: Task = { ...held, approvals, rev: held.rev + 1, movedAt: at }
    const missing = missingApprovals(approved)
    const order = { to: held.to, channel: 'belfry', by, isDecider: true } as const
    const task = missing === 0 ? withOrder(approved, order) : approved
    return { task, entry: { kind: 'decision', verb: 'task.approve', args: { missing } } }
  })
}

/** 补签: signs afterwards what could not wait. @throws Forbidden, NotFound, Conflict */
export async function countersignTask(context: CommandContext, one: OneTask, { onBehalf }: SignTask): Promise<Task> {
  return actOnTask(context, one, { action: 'tasks.sign', onBehalf }, (held, { by, at }) => {
    if (!isDecided(context.actor, by)) throw new Forbidden('task.decidersOnly')
    const { countersign } = held
    if (countersign === undefined || countersign.done !== undefined) throw new Conflict('task.nothingToSign')
    const task: Task = { ...held, countersign: { ...countersign, done: by }, rev: held.rev + 1 }
    return { task, entry: { kind: 'decision', verb: 'task.countersign', args: { late: at > countersign.dueAt } } }
  })
}
