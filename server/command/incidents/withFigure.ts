import type { Incident, PeopleFigure, PeopleKind } from '@/domain/incident/incident'
import { continuedReportClock } from '@/domain/incident/reporting'
import type { EpochMillis } from '@/domain/time'

/** The Incident with a newer version of one figure of people. */
export function withFigure(incident: Incident, kind: PeopleKind, figure: PeopleFigure): Incident {
  const version = (incident.people[kind]?.version ?? 0) + 1
  const people = { ...incident.people, [kind]: { ...figure, version } }
  const isGrave = (kind === 'dead' || kind === 'missing') && figure.value !== (incident.people[kind]?.value ?? 0)
  return isGrave ? withContinuedReport({ ...incident, people }, figure.at) : { ...incident, people }
}

/** After the first written report a grave change asks for another one; one that is open already is enough. */
export function withContinuedReport(incident: Incident, at: EpochMillis): Incident {
  const isReported = incident.clocks.some(({ kind, by, doneAt }) => kind === 'first' && by === 'written' && doneAt)
  const isOpen = incident.clocks.some(({ kind, doneAt }) => kind === 'continued' && doneAt === undefined)
  if (!isReported || isOpen) return incident
  return { ...incident, clocks: [...incident.clocks, continuedReportClock(at)] }
}
