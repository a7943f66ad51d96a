import type { Incident } from '../incident/incident'
import { isWorked } from '../incident/incidentState'
import { minutes } from '../time'
import type { EpochMillis } from '../time'
import type { ResponseLevel } from './activation'
import type { Plan, Trigger } from './plan'

/** What triggers look at, at one moment of the World's clock. */
export interface PlanFacts {
  readonly at: EpochMillis
  /** Open alarms with the property of their Datastream. */
  readonly alarms: readonly { readonly property: string; readonly level: number; readonly since: EpochMillis }[]
  readonly warnings: readonly { readonly type: string; readonly colour: string; readonly title: string }[]
  readonly incidents: readonly Incident[]
}

/** A trigger that holds. `incident` where it speaks of one alone. */
export interface Met {
  readonly level: ResponseLevel
  readonly trigger: string
  readonly evidence: string
  readonly incident?: string
}

const COLOURS = ['red', 'orange', 'yellow', 'blue']

/** The gravest level of which a trigger holds; undefined while none does. */
export function metTrigger(plan: Plan, facts: PlanFacts): Met | undefined {
  const byGravity = [...plan.levels].sort((a, b) => a.level - b.level)
  for (const { level, triggers } of byGravity) {
    for (const trigger of triggers) {
      const held = holds(trigger, facts)
      if (held !== undefined) return { level, trigger: trigger.id, ...held }
    }
  }
  return undefined
}

type Held = Pick<Met, 'evidence' | 'incident'>

function holds(trigger: Trigger, facts: PlanFacts): Held | undefined {
  switch (trigger.kind) {
    case 'alarm': {
      const since = facts.at - minutes(trigger.holdMinutes)
      const found = facts.alarms.filter(
        (alarm) => alarm.property === trigger.property && alarm.level <= trigger.level && alarm.since <= since,
      )
      return found.length < trigger.count ? undefined : { evidence: `${trigger.property} × ${found.length}` }
    }
    case 'warning': {
      const grave = COLOURS.indexOf(trigger.colour)
      const found = facts.warnings.find(
        ({ type, colour }) => type === trigger.type && COLOURS.includes(colour) && COLOURS.indexOf(colour) <= grave,
      )
      return found === undefined ? undefined : { evidence: found.title }
    }
    case 'incident': {
      const found = facts.incidents.filter((incident) => isMeant(trigger, incident))
      const [first] = found
      if (first === undefined || found.length < trigger.count) return undefined
      const evidence = found.map(({ no }) => `${no}`).join(' ')
      return found.length === 1 ? { evidence, incident: first.id } : { evidence }
    }
  }
}

function isMeant(trigger: Extract<Trigger, { kind: 'incident' }>, incident: Incident): boolean {
  const { types, level, people } = trigger
  if (!types.includes(incident.typeCode) || !isWorked(incident.state)) return false
  if (level !== undefined && (incident.level === undefined || incident.level.value > level)) return false
  return people === undefined || (incident.people[people.kind]?.value ?? 0) >= people.value
}
