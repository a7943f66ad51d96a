import type { Incident } from '@/domain/incident/incident'
import { isOver, isWorked } from '@/domain/incident/incidentState'
import type { Urgency } from '@/domain/incident/urgency'
import { urgencyOf } from '@/domain/incident/urgency'
import type { Deadline } from '@/domain/task/deadline'
import { nextDeadline } from '@/domain/task/deadline'
import type { Task } from '@/domain/task/task'
import { awaitsAck, isTaskOver } from '@/domain/task/taskState'
import type { EpochMillis } from '@/domain/time'

/** An Incident in the queue: what it has to do, and what of it runs out next. */
export interface Queued {
  readonly incident: Incident
  /** In the order of their numbers. */
  readonly tasks: readonly Task[]
  readonly deadline: Deadline | undefined
  readonly urgency: Urgency
}

/**
 * Incidents in the order of the time that is left to act (按剩余处置时间): what runs out first stands first, what has no clock
 * follows by urgency, what has ended comes last. World time.
 */
export function queueOf(incidents: Iterable<Incident>, tasks: Iterable<Task>, now: EpochMillis): Queued[] {
  const all = [...tasks]
  return [...incidents]
    .filter(({ state }) => !isOver(state))
    .map((incident): Queued => {
      const own = all.filter((task) => task.incident === incident.id).sort((a, b) => a.no - b.no)
      return { incident, tasks: own, deadline: nextDeadline(incident, own), urgency: urgencyOf(incident, now) }
    })
    .sort(byTimeLeft)
}

const FAR = Number.POSITIVE_INFINITY
const ended = ({ incident }: Queued): number => (isWorked(incident.state) ? 0 : 1)

function byTimeLeft(a: Queued, b: Queued): number {
  const first = a.deadline?.at ?? FAR
  const second = b.deadline?.at ?? FAR
  return (
    ended(a) - ended(b) ||
    (first === second ? 0 : first - second) ||
    a.urgency - b.urgency ||
    a.incident.no - b.incident.no
  )
}

/** What a desk still owes: signatures, reports and receipts that wait. */
export interface OpenCounts {
  readonly countersigns: number
  readonly reports: number
  readonly receipts: number
  readonly decisions: number
}

export function openCounts(queue: readonly Queued[], decisions: number): OpenCounts {
  const tasks = queue.flatMap((one) => one.tasks)
  return {
    countersigns: tasks.filter(({ countersign }) => countersign !== undefined && countersign.done === undefined).length,
    reports: queue.reduce(
      (sum, { incident }) => sum + incident.clocks.filter((clock) => clock.doneAt === undefined).length,
      0,
    ),
    receipts: tasks.filter(({ state }) => awaitsAck(state)).length,
    decisions,
  }
}

export interface TaskCounts {
  readonly open: number
  readonly acknowledged: number
  readonly all: number
}

/** How far the Tasks of an Incident are; what was cancelled does not count. */
export function taskCounts(tasks: readonly Task[]): TaskCounts {
  const counted = tasks.filter(({ state }) => state !== 'cancelled' && state !== 'draft')
  return {
    all: counted.length,
    open: counted.filter(({ state }) => !isTaskOver(state)).length,
    acknowledged: counted.filter(({ orders }) => orders.at(-1)?.accepted !== undefined).length,
  }
}
