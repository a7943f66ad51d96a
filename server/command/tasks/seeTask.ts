import type { Task } from '@/domain/task/task'
import { standingOrder } from '@/domain/task/task'
import { Forbidden } from '@/platform/errors'
import type { CommandContext } from '../commandContext'
import { actOnTask } from './actOnTask'
import type { OneTask } from './actOnTask'
import { withReceipt } from './moveTask'

/** The department has the order on its screen: a receipt, not an acceptance. @throws Forbidden, NotFound, Conflict */
export async function seeTask(context: CommandContext, one: OneTask): Promise<Task> {
  return actOnTask(context, one, { action: 'tasks.move' }, (held, { by }) => {
    const { actor } = context
    if (actor.kind !== 'person' || actor.department !== held.to) throw new Forbidden('task.otherDepartment')
    const order = standingOrder(held)
    if (order === undefined || order.seen !== undefined) return undefined
    const task: Task = { ...held, orders: withReceipt(held.orders, 'seen', by), rev: held.rev + 1 }
    return { task, entry: { kind: 'receipt', verb: 'task.see' } }
  })
}
