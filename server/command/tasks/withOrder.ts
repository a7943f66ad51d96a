import type { ActedBy } from '@/domain/access/actedBy'
import { COUNTERSIGN_WITHIN } from '@/domain/access/authority'
import type { Order, Task } from '@/domain/task/task'
import { UNDO_SECONDS } from '@/domain/task/task'
import { epochMillis, minutes, seconds } from '@/domain/time'

export interface OrderTo {
  readonly to: string
  readonly channel: Order['channel']
  readonly by: ActedBy
  /** A decider's own word needs no signature afterwards. */
  readonly isDecider: boolean
}

/** The Task with a new order on its way: its receipts begin anew and its clocks run. */
export function withOrder(task: Task, { to, channel, by, isDecider }: OrderTo): Task {
  const { at } = by
  const { problem: _problem, ladder: _ladder, countersign: held, ...kept } = task
  const order: Order = { no: task.orders.length + 1, to, issued: by, channel, sent: by }
  const countersign = held ?? countersignOf(task, by, isDecider)
  return {
    ...kept,
    to,
    state: 'issued',
    orders: [...task.orders, order],
    ackDue: epochMillis(at + minutes(task.ackMinutes)),
    doneDue: epochMillis(at + minutes(task.doneMinutes)),
    undoUntil: epochMillis(at + seconds(UNDO_SECONDS)),
    ...(countersign === undefined ? {} : { countersign }),
    movedAt: at,
    rev: task.rev + 1,
  }
}

function countersignOf(task: Task, { at }: ActedBy, isDecider: boolean): Task['countersign'] {
  if (task.authority !== 'actFirst' || isDecider) return undefined
  return { dueAt: epochMillis(at + COUNTERSIGN_WITHIN) }
}
