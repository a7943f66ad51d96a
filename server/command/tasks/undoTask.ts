import type { Task } from '@/domain/task/task'
import { awaitsAck } from '@/domain/task/taskState'
import { Conflict } from '@/platform/errors'
import type { CommandContext } from '../commandContext'
import { actOnTask } from './actOnTask'
import type { OneTask } from './actOnTask'
import { releaseUnits } from './taskRows'

/** Takes an order back while nobody has answered and its 30 seconds run. @throws Forbidden, NotFound, Conflict */
export async function undoTask(context: CommandContext, one: OneTask): Promise<Task> {
  return actOnTask(context, one, { action: 'tasks.order' }, async (held, { at, tx }) => {
    const { undoUntil, ...kept } = held
    if (undoUntil === undefined || at > undoUntil || !awaitsAck(held.state)) throw new Conflict('task.tooLateToUndo')
    await releaseUnits(tx, held.id)
    const task: Task = { ...kept, state: 'cancelled', rev: held.rev + 1, movedAt: at }
    return { task, entry: { kind: 'order', verb: 'task.undo' } }
  })
}
