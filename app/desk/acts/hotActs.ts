import { isTaskOver } from '@/domain/task/taskState'
import type { Queued } from '@/app/incidents/queue'
import type { DeskAct } from './act'

const LEADS: Partial<Record<Queued['incident']['state'], string>> = {
  reported: 'incident.verify',
  verified: 'incident.accept',
  monitored: 'incident.escalate',
  responding: 'incident.control',
  controlled: 'incident.end',
  ended: 'incident.report',
}
const OTHERS = ['incident.people', 'incident.report', 'incident.consequence', 'incident.note']
const MOST = 5

/** The five acts of Alt+1…5: what the state asks for first, then an order, figures, a report and the clock. */
export function hotActs(of: Queued | undefined, acts: readonly DeskAct[]): readonly DeskAct[] {
  if (of === undefined) return []
  const { state } = of.incident
  const named = (name: string): DeskAct | undefined => acts.find(({ key }) => key.startsWith(`${name} `))
  const isReported = of.incident.clocks.some(({ kind, doneAt }) => kind === 'final' && doneAt !== undefined)
  const lead = named(state === 'ended' && isReported ? 'incident.archive' : (LEADS[state] ?? ''))
  const order = acts.find(({ key }) => key.startsWith('order.'))
  // While something is still to be done, nobody is led to call it controlled.
  const isWorked = state === 'responding' && !(of.tasks.length > 0 && of.tasks.every((task) => isTaskOver(task.state)))
  const others = OTHERS.map(named)
  const wanted = isWorked ? [order, ...others.slice(0, 3), lead] : [lead, order, ...others]
  const found = wanted.filter((act) => act !== undefined)
  return [...new Map(found.map((act) => [act.key, act])).values()].slice(0, MOST)
}
