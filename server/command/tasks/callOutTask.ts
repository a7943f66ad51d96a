import type { CallOutTask } from '@/domain/api/tasks'
import type { Task } from '@/domain/task/task'
import type { CommandContext } from '../commandContext'
import { actOnTask } from './actOnTask'
import type { OneTask } from './actOnTask'

/** 叫应: one try to reach the person who must answer. @throws Forbidden, NotFound, Conflict */
export async function callOutTask(context: CommandContext, one: OneTask, input: CallOutTask): Promise<Task> {
  const { step, post, answered } = input
  return actOnTask(context, one, { action: 'tasks.order' }, (held, { by }) => {
    const callOuts = [...held.callOuts, { step, post, answered, by }]
    const task: Task = { ...held, callOuts, rev: held.rev + 1 }
    return { task, entry: { kind: 'notice', verb: 'task.callOut', args: { step, post, answered } } }
  })
}
