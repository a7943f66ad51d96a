import type { CountPeople } from '@/domain/api/incidents'
import type { Incident } from '@/domain/incident/incident'
import { InvalidInput } from '@/platform/errors'
import type { CommandContext } from '../commandContext'
import { actOnIncident } from './act'
import type { OneIncident } from './act'
import { withFigure } from './withFigure'

/** A new version of one figure of people; the log keeps every one. @throws Forbidden, InvalidInput, NotFound, Conflict */
export async function countPeople(context: CommandContext, one: OneIncident, input: CountPeople): Promise<Incident> {
  const { kind, value, status, source, onBehalf } = input
  return actOnIncident(context, one, { action: 'incidents.write', onBehalf }, (held, acting) => {
    const at = input.at ?? acting.at
    if (at > acting.at) throw new InvalidInput('incident.reportedInFuture')
    const incident = withFigure(held, kind, { value, at, status, source, version: 1 })
    const args = { kind, value, before: held.people[kind]?.value, status, source }
    return { incident, entries: [{ kind: 'report', verb: 'incident.count', args }] }
  })
}
