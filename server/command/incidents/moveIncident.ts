import type { MoveIncident } from '@/domain/api/incidents'
import type { Incident } from '@/domain/incident/incident'
import { canMoveIncident, incidentMoves } from '@/domain/incident/incidentState'
import type { Guard } from '@/domain/incident/incidentState'
import { finalReportClock } from '@/domain/incident/reporting'
import { isTaskOver } from '@/domain/task/taskState'
import { Conflict, InvalidInput } from '@/platform/errors'
import type { CommandContext } from '../commandContext'
import { lapseProposals } from '../plans/lapseProposals'
import { tasksOf } from '../tasks/taskRows'
import { actOnIncident } from './act'
import type { Acting, EntryDraft, OneIncident } from './act'

/** Moves an Incident along its table. @throws Forbidden, InvalidInput, NotFound, Conflict */
export async function moveIncident(context: CommandContext, one: OneIncident, input: MoveIncident): Promise<Incident> {
  const { verb, reason, evidence, onBehalf } = input
  const move = incidentMoves[verb]
  return actOnIncident(context, one, { action: 'incidents.move', onBehalf }, async (held, acting) => {
    if (!canMoveIncident(held.state, verb)) throw new Conflict('incident.cannotMove', { from: held.state, verb })
    for (const guard of move.needs) await mustHold(guard, held, { input, acting })
    const moved: Incident = { ...held, state: move.to, movedAt: acting.at }
    const incident = verb === 'end' ? { ...moved, clocks: [...moved.clocks, finalReportClock(acting.at)] } : moved
    const says: EntryDraft = {
      ...{ kind: 'decision', verb: `incident.${verb}`, args: { from: held.state } },
      text: reason ?? evidence,
    }
    if (!move.needs.includes('noOpenPlan')) return { incident, entries: [says] }
    const lapsed = await lapseProposals(acting, held.id)
    return { incident, entries: [...lapsed.entries, says], effects: lapsed.effects }
  })
}

interface Asked {
  readonly input: MoveIncident
  readonly acting: Acting
}

async function mustHold(guard: Guard, held: Incident, { input, acting }: Asked): Promise<void> {
  switch (guard) {
    case 'evidence':
      if (input.evidence === undefined) throw new InvalidInput('incident.needsEvidence')
      return
    case 'reason':
      if (input.reason === undefined) throw new InvalidInput('incident.needsReason')
      return
    case 'level':
      if (held.level === undefined) throw new Conflict('incident.needsLevel')
      return
    case 'noOpenTask': {
      const open = (await tasksOf(acting.tx, held.id)).filter(({ state }) => !isTaskOver(state)).length
      if (open > 0) throw new Conflict('incident.openTasks', { count: open })
      return
    }
    case 'noOpenPlan':
      return // lapseProposals sees to it
    case 'finalReport':
      if (!held.clocks.some(({ kind, doneAt }) => kind === 'final' && doneAt !== undefined)) {
        throw new Conflict('incident.needsFinalReport')
      }
  }
}
