import type { Incident } from '../incident/incident'
import { isWorked } from '../incident/incidentState'
import type { EpochMillis } from '../time'
import type { Task } from './task'
import { awaitsAck, isTaskOver } from './taskState'

/** What runs out: the consequence itself, a report, a receipt, a task, a signature. */
export interface Deadline {
  readonly kind: 'consequence' | 'reportPhone' | 'reportWritten' | 'ack' | 'done' | 'countersign'
  readonly at: EpochMillis
  readonly task?: Task
}

/** The next thing of an Incident that runs out; one that ran out already counts until it is dealt with. */
export function nextDeadline(incident: Incident, tasks: Iterable<Task>): Deadline | undefined {
  const found: Deadline[] = incident.clocks
    .filter(({ doneAt }) => doneAt === undefined)
    .map(({ by, dueAt }) => ({ kind: by === 'phone' ? 'reportPhone' : 'reportWritten', at: dueAt }))
  if (incident.consequence !== undefined && isWorked(incident.state)) {
    found.push({ kind: 'consequence', at: incident.consequence.at })
  }
  for (const task of tasks) if (task.incident === incident.id) found.push(...deadlinesOf(task))
  return found.reduce<Deadline | undefined>(
    (first, one) => (first === undefined || one.at < first.at ? one : first),
    undefined,
  )
}

function deadlinesOf(task: Task): Deadline[] {
  const found: Deadline[] = []
  if (task.countersign !== undefined && task.countersign.done === undefined) {
    found.push({ kind: 'countersign', at: task.countersign.dueAt, task })
  }
  if (isTaskOver(task.state) || task.state === 'draft') return found
  if (awaitsAck(task.state) && task.ackDue !== undefined) found.push({ kind: 'ack', at: task.ackDue, task })
  else if (task.doneDue !== undefined) found.push({ kind: 'done', at: task.doneDue, task })
  return found
}
