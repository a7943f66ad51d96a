import { z } from 'zod'

/** 草拟, 已下达, 未签收, 已接收, 不能执行, 执行中, 受阻, 报完成, 已核验, 已撤销. */
export const TaskState = z.enum([
  'draft',
  'issued',
  'overdueAck',
  'acked',
  'refused',
  'active',
  'blocked',
  'reportedDone',
  'done',
  'cancelled',
])
export type TaskState = z.infer<typeof TaskState>

export const TaskVerb = z.enum([
  'issue',
  'accept',
  'refuse',
  'reassign',
  'start',
  'block',
  'unblock',
  'reportDone',
  'verify',
  'reject',
  'cancel',
  'miss',
])
export type TaskVerb = z.infer<typeof TaskVerb>

/** `receiver`: the department that has the order, or a desk on its behalf; `desk`: who issued it; `system`: the clock. */
export type TaskSide = 'desk' | 'receiver' | 'system'

export interface TaskMove {
  readonly from: readonly TaskState[]
  readonly to: TaskState
  readonly side: TaskSide
  /** A word must be given: why it cannot be done, what proves that it is. */
  readonly needs?: 'reason' | 'evidence'
}

/** Every legal move of a Task. */
export const taskMoves: Readonly<Record<TaskVerb, TaskMove>> = {
  issue: { from: ['draft'], to: 'issued', side: 'desk' },
  accept: { from: ['issued', 'overdueAck'], to: 'acked', side: 'receiver' },
  refuse: { from: ['issued', 'overdueAck', 'acked'], to: 'refused', side: 'receiver', needs: 'reason' },
  reassign: { from: ['issued', 'overdueAck', 'acked', 'refused', 'blocked'], to: 'issued', side: 'desk' },
  start: { from: ['acked'], to: 'active', side: 'receiver' },
  block: { from: ['active'], to: 'blocked', side: 'receiver', needs: 'reason' },
  unblock: { from: ['blocked'], to: 'active', side: 'receiver' },
  reportDone: { from: ['active'], to: 'reportedDone', side: 'receiver', needs: 'evidence' },
  verify: { from: ['reportedDone'], to: 'done', side: 'desk', needs: 'evidence' },
  reject: { from: ['reportedDone'], to: 'active', side: 'desk', needs: 'reason' },
  cancel: {
    from: ['draft', 'issued', 'overdueAck', 'acked', 'refused', 'active', 'blocked', 'reportedDone'],
    to: 'cancelled',
    side: 'desk',
    needs: 'reason',
  },
  miss: { from: ['issued'], to: 'overdueAck', side: 'system' },
}

export const canMoveTask = (from: TaskState, verb: TaskVerb): boolean => taskMoves[verb].from.includes(from)

/** Verbs of people that lead on from a state, in the order of the table. */
export const taskVerbsFrom = (state: TaskState): readonly TaskVerb[] =>
  TaskVerb.options.filter((verb) => taskMoves[verb].side !== 'system' && canMoveTask(state, verb))

/** Nothing more is to be done about it. */
export const isTaskOver = (state: TaskState): boolean => state === 'done' || state === 'cancelled'

/** Waits for a receipt of the department. */
export const awaitsAck = (state: TaskState): boolean => state === 'issued' || state === 'overdueAck'
