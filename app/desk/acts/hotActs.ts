import type { Incident } from '@/domain/incident/incident'
import type { DeskAct } from './act'

const LEADS: Partial<Record<Incident['state'], string>> = {
  reported: 'incident.verify',
  verified: 'incident.accept',
  monitored: 'incident.escalate',
  responding: 'incident.control',
  controlled: 'incident.end',
  ended: 'incident.report',
}

/** The five acts of Alt+1…5: what the state asks for first, then an order, figures, a report and the clock. */
export function hotActs(incident: Incident | undefined, acts: readonly DeskAct[], tasks: number): readonly DeskAct[] {
  if (incident === undefined) return []
  const named = (name: string): DeskAct | undefined => acts.find(({ key }) => key.startsWith(`${name} `))
  const lead = named(LEADS[incident.state] ?? '')
  const order = acts.find(({ key }) => key.startsWith('order.'))
  const first = incident.state === 'responding' && tasks === 0 ? [order, lead] : [lead, order]
  const others = ['incident.people', 'incident.report', 'incident.consequence', 'incident.note'].map(named)
  const found = [...first, ...others].filter((act) => act !== undefined)
  return [...new Map(found.map((act) => [act.key, act])).values()].slice(0, 5)
}
