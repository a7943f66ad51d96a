import { isStepOpen, ladderDue } from '@/domain/task/ladder'
import type { Task } from '@/domain/task/task'
import { canMoveTask } from '@/domain/task/taskState'
import { Forbidden } from '@/platform/errors'
import type { CommandContext } from '../commandContext'
import { actOnTask } from './actOnTask'
import type { OneTask } from './actOnTask'

/**
 * What the clock does to an order without a receipt: it becomes overdue, and the next rung of the 叫应 ladder is due.
 * Undefined change where nothing is. @throws Forbidden, NotFound, Conflict
 */
export async function climbLadder(context: CommandContext, one: OneTask): Promise<Task> {
  if (context.actor.kind !== 'system') throw new Forbidden('task.movedByClockOnly')
  return actOnTask(context, one, { action: 'tasks.move' }, (held, { at }) => {
    const isMissed = canMoveTask(held.state, 'miss') && held.ackDue !== undefined && held.ackDue < at
    const step = ladderDue(held, at)
    const climbs = step !== undefined && step !== 'call' && step !== held.ladder && isStepOpen(held, step)
    if (!isMissed && !climbs) return undefined
    const { undoUntil: _undoUntil, ...kept } = held
    const task: Task = {
      ...kept,
      state: isMissed ? 'overdueAck' : held.state,
      rev: held.rev + 1,
      ...(climbs ? { ladder: step } : {}),
      movedAt: at,
    }
    const verb = isMissed ? 'task.miss' : 'task.climb'
    return { task, entry: { kind: 'system', verb, args: { step: task.ladder } } }
  })
}
