import type { Decision } from '../decision/decision'
import type { Incident } from '../incident/incident'
import type { Activation } from '../plan/activation'
import type { Task } from '../task/task'
import { isTaskOver } from '../task/taskState'
import type { HandoverItem } from './shift'

export interface HandoverFacts {
  readonly incidents: readonly Incident[]
  readonly tasks: readonly Task[]
  readonly decisions: readonly Decision[]
  readonly activations: readonly Activation[]
}

/** The points of a handover as the data draft them; the two points of people begin empty. */
export function handoverItems({ incidents, tasks, decisions, activations }: HandoverFacts): HandoverItem[] {
  const noOf = new Map(incidents.map(({ id, no }) => [id, no]))
  const about = (id: string | undefined): string => `#${(id === undefined ? undefined : noOf.get(id)) ?? '–'}`
  const item = (subject: HandoverItem['subject'], lines: readonly string[]): HandoverItem => {
    return { subject, lines: lines.slice(0, 200), note: '', checked: false }
  }
  const open = tasks.filter(({ state }) => !isTaskOver(state))
  const unsigned = tasks.filter(({ countersign }) => countersign !== undefined && countersign.done === undefined)
  const due = incidents.flatMap(({ no, title, clocks }) =>
    clocks.filter(({ doneAt }) => doneAt === undefined).map(({ kind, by }) => `#${no} ${title} ${kind} ${by}`),
  )
  return [
    item(
      'incidents',
      incidents.map(({ no, title, state }) => `#${no} ${title} ${state}`),
    ),
    item(
      'tasks',
      open.map(({ incident, title, to, state }) => `${about(incident)} ${title} ${to} ${state}`),
    ),
    item('reports', due),
    item(
      'signatures',
      unsigned.map(({ incident, title }) => `${about(incident)} ${title}`),
    ),
    item(
      'decisions',
      decisions
        .filter(({ state }) => state === 'open')
        .map(({ incident, question }) => `${about(incident)} ${question}`),
    ),
    item(
      'plans',
      activations.map(({ plan, level, state }) => `${plan} ${level} ${state}`),
    ),
    item('instructions', []),
    item('remarks', []),
  ]
}
