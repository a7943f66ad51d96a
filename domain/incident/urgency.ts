import { minutes } from '../time'
import type { EpochMillis } from '../time'
import type { Incident } from './incident'
import { isWorked } from './incidentState'

/** 处置紧急度: 1 特急, 2 紧急, 3 较急, 4 一般. What the glyph shows; no statutory level. */
export type Urgency = 1 | 2 | 3 | 4

/** People whose life depends on what is done now. */
export const lifeAtRisk = ({ people }: Pick<Incident, 'people'>): number =>
  (people.trapped?.value ?? 0) + (people.missing?.value ?? 0)

/**
 * Computed from life at risk and time left, never typed: with life at risk and less than an hour it is 1, whatever the
 * number of people.
 */
export function urgencyOf(incident: Pick<Incident, 'people' | 'consequence' | 'state'>, now: EpochMillis): Urgency {
  if (!isWorked(incident.state) || incident.state === 'controlled') return 4
  const { consequence, people } = incident
  const left = (consequence?.at ?? Number.POSITIVE_INFINITY) - now
  if (lifeAtRisk(incident) > 0) return left <= minutes(60) || consequence === undefined ? 1 : 2
  const byTime = urgencyByTime(left)
  return (people.injured?.value ?? 0) > 0 ? (Math.min(2, byTime) as Urgency) : byTime
}

function urgencyByTime(left: number): Urgency {
  if (left <= minutes(10)) return 1
  if (left <= minutes(30)) return 2
  return left <= minutes(120) ? 3 : 4
}
