import { DECIDERS } from '@/domain/access/authority'
import type { StateLevel } from '@/domain/api/incidents'
import type { Actor } from '@/domain/api/session'
import type { Incident, StatedLevel } from '@/domain/incident/incident'
import { levelBy } from '@/domain/incident/incidentLevel'
import type { IncidentLevel } from '@/domain/incident/incidentLevel'
import { incidentType } from '@/domain/incident/incidentTypes'
import type { IncidentType } from '@/domain/incident/incidentTypes'
import { tightened } from '@/domain/incident/reporting'
import { Forbidden, InvalidInput } from '@/platform/errors'
import type { CommandContext } from '../commandContext'
import { actOnIncident, mustBeSeen } from './act'
import type { Acting, OneIncident } from './act'
import { withContinuedReport } from './withFigure'

/** 重大 and above is proposed by the desk and confirmed by the leader on duty. */
const CONFIRMED_BY_LEADER: readonly IncidentLevel[] = [1, 2]

/**
 * States the statutory level by criterion and value: it is computed, never chosen, and initial (初判) until confirmed.
 * @throws Forbidden, InvalidInput, NotFound, Conflict
 */
export async function stateLevel(context: CommandContext, one: OneIncident, input: StateLevel): Promise<Incident> {
  const { rev, criteria, confirm, onBehalf } = input
  return actOnIncident(context, one, { action: 'incidents.move', onBehalf }, (held, acting) => {
    mustBeSeen(held, rev)
    const { levelRule, reportRule } = rulesOf(held)
    const found = levelBy(levelRule, criteria)
    if (found === undefined) throw new InvalidInput('incident.noCriterion')
    if (confirm && !mayConfirm(context.actor, found.level, acting)) throw new Forbidden('incident.leaderConfirms')
    const { level: value, criterion, value: number } = found
    const before = held.level
    const level: StatedLevel = {
      ...{ value, basis: confirm ? 'confirmed' : 'initial', criterion, number, criteria },
      ...(confirm ? { by: before?.by ?? acting.by, confirmedBy: acting.by } : { by: acting.by }),
    }
    const needs = { rule: reportRule, level: value, reportedAt: held.reportedAt }
    const stated: Incident = { ...held, level, clocks: tightened(held.clocks, needs) }
    const says = { level: value, criterion, value: number, confirmed: confirm, before: before?.value }
    return {
      incident: before !== undefined && value < before.value ? withContinuedReport(stated, acting.at) : stated,
      entries: [{ kind: 'decision', verb: 'incident.level', args: says }],
    }
  })
}

function rulesOf({ typeCode }: Incident): Pick<IncidentType, 'levelRule' | 'reportRule'> {
  return incidentType(typeCode) ?? { levelRule: 'city', reportRule: 'general' }
}

function mayConfirm(actor: Actor, level: IncidentLevel, { by }: Acting): boolean {
  if (by.onBehalf !== undefined) return true
  if (actor.kind !== 'person') return false
  if (CONFIRMED_BY_LEADER.includes(level)) return actor.roles.includes('commander')
  return actor.roles.some((role) => DECIDERS.includes(role))
}
