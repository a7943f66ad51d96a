import { z } from 'zod'
import { SpokenBy } from '../access/actedBy'
import { Authority, TaskAct } from '../access/authority'
import { Uuid } from '../ids'
import { CallOut, Order, Task, TaskEvidence } from '../task/task'
import { TaskVerb } from '../task/taskState'

const onBehalf = SpokenBy.optional()
const Reason = z.string().trim().min(1).max(200)

/** `POST /api/worlds/:world/incidents/:incident/tasks`: one Task; `issue` sends its order at once where it may. */
export const NewTask = z.object({
  /** Made by the screen, so that the same request sent twice is one Task. */
  id: Uuid,
  title: z.string().trim().min(1).max(80),
  act: TaskAct.default('other'),
  authority: Authority.optional(),
  to: z.string().max(12),
  support: z.array(z.string().max(12)).max(10).default([]),
  place: z.string().trim().max(120).optional(),
  units: z.array(z.string().max(120)).max(20).default([]),
  ackMinutes: z.number().min(1).max(240).default(5),
  doneMinutes: z
    .number()
    .min(1)
    .max(7 * 24 * 60)
    .default(60),
  issue: z.boolean().default(true),
  channel: Order.unwrap().shape.channel.default('belfry'),
  onBehalf,
})
export type NewTask = z.output<typeof NewTask>
export type NewTaskBody = z.input<typeof NewTask>

/** `POST …/tasks` with several: a proposal confirmed by one key; all of it or nothing. */
export const NewTasks = z.object({ tasks: z.array(NewTask).min(1).max(40) })
export const TaskList = z.object({ tasks: z.array(Task) })
export type TaskList = z.infer<typeof TaskList>

/** `POST /api/worlds/:world/tasks/:task/move`: one step along the table of domain/task/taskState.ts. */
export const MoveTask = z.object({
  verb: TaskVerb,
  reason: Reason.optional(),
  evidence: TaskEvidence.optional(),
  /** Of `reassign`: the department, and the units if they change. */
  to: z.string().max(12).optional(),
  units: z.array(z.string().max(120)).max(20).optional(),
  channel: Order.unwrap().shape.channel.default('belfry'),
  onBehalf,
})
export type MoveTask = z.output<typeof MoveTask>
export type MoveTaskBody = z.input<typeof MoveTask>

/**
 * `POST …/tasks/:task/approve` and `…/countersign`: by who may decide, or on his behalf. `…/seen` (the department has it
 * on its screen) and `…/undo` (within 30 seconds of the order, without a reason; its units are free again) have no body.
 */
export const SignTask = z.object({ onBehalf })
export type SignTask = z.infer<typeof SignTask>

/** `POST …/tasks/:task/callOut`: a try to reach the person who must answer (叫应). */
export const CallOutTask = z.object({
  step: CallOut.unwrap().shape.step,
  post: z.string().trim().min(1).max(60),
  answered: z.boolean(),
})
export type CallOutTask = z.infer<typeof CallOutTask>

/** `GET /api/worlds/:world/tasks?to=`: open Tasks, of one department where it is named. */
export const TasksQuery = z.object({ to: z.string().max(12).optional() })
