import { departmentOf } from '@/domain/access/departments'
import type { EditIncident } from '@/domain/api/incidents'
import type { Incident } from '@/domain/incident/incident'
import { incidentType } from '@/domain/incident/incidentTypes'
import { InvalidInput } from '@/platform/errors'
import type { CommandContext } from '../commandContext'
import { actOnIncident, mustBeSeen } from './act'
import type { OneIncident } from './act'

/**
 * Edits facts in place. Whoever saw an older revision is refused, so nobody's words are lost.
 * @throws Forbidden, InvalidInput, NotFound, Conflict
 */
export async function editIncident(context: CommandContext, one: OneIncident, input: EditIncident): Promise<Incident> {
  const { rev, onBehalf, consequence, ...facts } = input
  checkCodes(facts)
  return actOnIncident(context, one, { action: 'incidents.edit', onBehalf }, (held) => {
    mustBeSeen(held, rev)
    const given = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
    const edited = { ...held, ...given } as Incident
    const { consequence: _held, ...without } = edited
    const incident = consequence === undefined ? edited : consequence === null ? without : { ...without, consequence }
    const changed = [...Object.keys(given), ...(consequence === undefined ? [] : ['consequence'])]
    return { incident, entries: [{ kind: 'note', verb: 'incident.edit', args: { changed: changed.join(' ') } }] }
  })
}

function checkCodes({ typeCode, lead, support }: Pick<EditIncident, 'typeCode' | 'lead' | 'support'>): void {
  if (typeCode !== undefined && incidentType(typeCode) === undefined) {
    throw new InvalidInput('incident.unknownType', { code: typeCode })
  }
  for (const code of [...(lead === undefined ? [] : [lead]), ...(support ?? [])]) {
    if (departmentOf(code) === undefined) throw new InvalidInput('incident.unknownDepartment', { code })
  }
}
