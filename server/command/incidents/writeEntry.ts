import type { WriteEntry } from '@/domain/api/incidents'
import type { Incident } from '@/domain/incident/incident'
import { InvalidInput } from '@/platform/errors'
import type { CommandContext } from '../commandContext'
import { actOnIncident } from './act'
import type { OneIncident } from './act'
import { entriesOf } from './incidentRows'

/** Writes a line; one with the same id twice is one. @throws Forbidden, InvalidInput, NotFound, Conflict */
export async function writeEntry(context: CommandContext, one: OneIncident, input: WriteEntry): Promise<Incident> {
  const { id, kind, text, corrects, onBehalf } = input
  return actOnIncident(context, one, { action: 'incidents.write', onBehalf }, async (held, { tx }) => {
    const written = await entriesOf(tx, held.id)
    if (written.some(({ args }) => args['id'] === id)) return { incident: held, entries: [] }
    if (corrects !== undefined && !written.some(({ n }) => n === corrects)) {
      throw new InvalidInput('incident.noSuchEntry', { n: corrects })
    }
    return { incident: held, entries: [{ kind, verb: 'note', args: { id }, text, corrects }] }
  })
}
