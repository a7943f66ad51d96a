import type { MoveIncident } from '@/domain/api/incidents'
import type { Incident } from '@/domain/incident/incident'
import { canMoveIncident, incidentMoves } from '@/domain/incident/incidentState'
import type { Guard } from '@/domain/incident/incidentState'
import { finalReportClock } from '@/domain/incident/reporting'
import { isTaskOver } from '@/domain/task/taskState'
import { Conflict, InvalidInput } from '@/platform/errors'
import type { CommandContext } from '../commandContext'
import { openActivationsOf } from '../plans/activationRows'
import { tasksOf } from '../tasks/taskRows'
import { actOnIncident } from './act'
import type { Acting, OneIncident } from './act'

/** Moves an Incident along its table. @throws Forbidden, InvalidInput, NotFound, Conflict */
export async function moveIncident(context: CommandContext, one: OneIncident, input: MoveIncident): Promise<Incident> {
  const { verb, reason, evidence, onBehalf } = input
  const move = incidentMoves[verb]
  return actOnIncident(context, one, { action: 'incidents.move', onBehalf }, async (held, acting) => {
    if (!canMoveIncident(held.state, verb)) throw new Conflict('incident.cannotMove', { from: held.state, verb })
    for (const guard of move.needs) await mustHold(guard, held, { input, acting })
    const moved: Incident = { ...held, state: move.to, movedAt: acting.at }
    const incident = verb === 'end' ? { ...moved, clocks: [...moved.clocks, finalReportClock(acting.at)] } : moved
    const text = reason ?? evidence
    return { incident, entries: [{ kind: 'decision', verb: `incident.${verb}`, args: { from: held.state }, text }] }
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
      return mustHaveNoOpenPlan(acting, held.id)
    case 'finalReport':
      if (!held.clocks.some(({ kind, doneAt }) => kind === 'final' && doneAt !== undefined)) {
        throw new Conflict('incident.needsFinalReport')
      }
  }
}

/** A plan at work, or one that waits for its decision, outlives no Incident. @throws Conflict */
export async function mustHaveNoOpenPlan({ tx }: Acting, incident: string): Promise<void> {
  const [open] = await openActivationsOf(tx, incident)
  if (open !== undefined) throw new Conflict('incident.openPlan', { plan: open.plan })
}
