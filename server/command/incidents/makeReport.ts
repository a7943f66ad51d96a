import type { MakeReport } from '@/domain/api/incidents'
import type { Incident } from '@/domain/incident/incident'
import { withReportDone } from '@/domain/incident/reporting'
import type { CommandContext } from '../commandContext'
import { actOnIncident } from './act'
import type { OneIncident } from './act'

/** 首报, 续报 or 终报 was made: stops its clock and keeps to whom. @throws Forbidden, NotFound, Conflict */
export async function makeReport(context: CommandContext, one: OneIncident, input: MakeReport): Promise<Incident> {
  const { kind, by, to, signedBy, text, onBehalf } = input
  return actOnIncident(context, one, { action: 'incidents.edit', onBehalf }, (held, { at }) => {
    const clocks = withReportDone(held.clocks, { kind, by, at })
    const incident = clocks === held.clocks ? held : { ...held, clocks }
    const late = held.clocks.some(
      (clock) => clock.kind === kind && clock.by === by && !clock.doneAt && clock.dueAt < at,
    )
    return {
      incident,
      entries: [{ kind: 'report', verb: 'report.make', args: { kind, by, to, signedBy, late }, text }],
    }
  })
}
