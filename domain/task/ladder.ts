import { minutes } from '../time'
import type { EpochMillis, Millis } from '../time'
import type { CallOut, Task } from './task'
import { standingOrder } from './task'
import { awaitsAck } from './taskState'

export interface LadderStep {
  readonly step: CallOut['step']
  /** After the moment at which the order went out. */
  readonly after: Millis
}

/** 叫应: call, again at 3 minutes, the next post at 5, a person to the door at 10. */
export const LADDER: readonly LadderStep[] = [
  { step: 'call', after: minutes(0) },
  { step: 'callAgain', after: minutes(3) },
  { step: 'nextPost', after: minutes(5) },
  { step: 'toTheDoor', after: minutes(10) },
]

/** The highest step of the ladder that is due now for an order without a receipt; undefined while none is. */
export function ladderDue(task: Pick<Task, 'orders' | 'state'>, now: EpochMillis): LadderStep['step'] | undefined {
  const issuedAt = standingOrder(task)?.issued.at
  if (issuedAt === undefined || !awaitsAck(task.state)) return undefined
  return LADDER.filter(({ after }) => now - issuedAt >= after).at(-1)?.step
}

/** Is that step still to be taken? A step answered or tried once since the order is done. */
export function isStepOpen(task: Pick<Task, 'orders' | 'callOuts'>, step: LadderStep['step']): boolean {
  const issuedAt = standingOrder(task)?.issued.at
  return issuedAt !== undefined && !task.callOuts.some((call) => call.step === step && call.by.at >= issuedAt)
}
