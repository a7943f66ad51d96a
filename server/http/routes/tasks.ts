import { z } from 'zod'
import * as api from '@/domain/api/tasks'
import { PeopleList } from '@/domain/api/people'
import { Uuid } from '@/domain/ids'
import { Task } from '@/domain/task/task'
import { isTaskOver } from '@/domain/task/taskState'
import { listPeople } from '@/server/access/accounts'
import type { CommandContext } from '@/server/command/commandContext'
import { readIncidents } from '@/server/command/incidents/readIncidents'
import type { OneTask } from '@/server/command/tasks/actOnTask'
import { callOutTask } from '@/server/command/tasks/callOutTask'
import { moveTask } from '@/server/command/tasks/moveTask'
import { orderTasks } from '@/server/command/tasks/orderTasks'
import { seeTask } from '@/server/command/tasks/seeTask'
import { approveTask, countersignTask } from '@/server/command/tasks/signTask'
import { undoTask } from '@/server/command/tasks/undoTask'
import { commandContextOf } from '../commandContextOf'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route, RouteEntry } from '../route'
import { worldIn } from './worlds'

const WORLD = '/api/worlds/:world'
const Nothing = z.unknown()

/** Tasks, their orders and receipts. */
export function taskRoutes(parts: HttpParts): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: `${WORLD}/tasks`,
      action: 'incidents.read',
      summary: 'Tasks that are not over, of one department where it is named.',
      query: api.TasksQuery,
      answer: api.TaskList,
      async handle({ params, query }) {
        const { tasks } = await readIncidents(parts.postgres, worldIn(parts, params).no, false)
        const open = tasks.filter(({ state, to }) => !isTaskOver(state) && (query.to === undefined || query.to === to))
        return { tasks: open }
      },
    }),
    defineRoute({
      method: 'POST',
      path: `${WORLD}/incidents/:incident/tasks`,
      action: 'tasks.order',
      summary: 'Make tasks and send the orders that may leave at once: all of them or none.',
      body: api.NewTasks,
      answer: api.TaskList,
      async handle({ params, body, caller }) {
        const one = { world: worldIn(parts, params).no, id: Uuid.parse(params['incident']) }
        return { tasks: await orderTasks(commandContextOf(parts, caller), one, body.tasks) }
      },
    }),
    ...taskActs(parts),
    defineRoute({
      method: 'GET',
      path: '/api/people',
      action: 'people.read',
      summary: 'Names behind the ids of acts; for desks and departments.',
      answer: PeopleList,
      handle: async () => ({ people: await listPeople(parts.access) }),
    }),
  ]
}

interface Act<Body extends z.ZodType> extends Pick<RouteEntry, 'action' | 'summary'> {
  readonly verb: string
  readonly body: Body
  readonly run: (context: CommandContext, one: OneTask, body: z.output<Body>) => Promise<Task>
}

function taskActs(parts: HttpParts): Route[] {
  const onTask = <Body extends z.ZodType>({ verb, action, summary, body, run }: Act<Body>): Route =>
    defineRoute({
      method: 'POST',
      path: `${WORLD}/tasks/:task/${verb}`,
      action,
      summary,
      body,
      answer: Task,
      handle: (asked) => {
        const one = { world: worldIn(parts, asked.params).no, id: Uuid.parse(asked.params['task']) }
        return run(commandContextOf(parts, asked.caller), one, asked.body)
      },
    })
  return [
    onTask({
      verb: 'move',
      action: 'tasks.move',
      summary:
        'One step: issue, accept, refuse, reassign, start, block, unblock, reportDone, verify, reject or cancel.',
      body: api.MoveTask,
      run: moveTask,
    }),
    onTask({
      verb: 'seen',
      action: 'tasks.move',
      summary: 'The department has the order on its screen.',
      body: Nothing,
      run: seeTask,
    }),
    onTask({
      verb: 'approve',
      action: 'tasks.sign',
      summary: 'Approve a task that waits for one word or two; the order leaves with the last.',
      body: api.SignTask,
      run: approveTask,
    }),
    onTask({
      verb: 'countersign',
      action: 'tasks.sign',
      summary: 'Sign afterwards what could not wait.',
      body: api.SignTask,
      run: countersignTask,
    }),
    onTask({
      verb: 'undo',
      action: 'tasks.order',
      summary: 'Take an order back within 30 seconds, while nobody has answered.',
      body: Nothing,
      run: undoTask,
    }),
    onTask({
      verb: 'callOut',
      action: 'tasks.order',
      summary: 'A try to reach the person who must answer.',
      body: api.CallOutTask,
      run: callOutTask,
    }),
  ]
}
