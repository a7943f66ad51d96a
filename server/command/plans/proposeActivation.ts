import type { ProposeActivation } from '@/domain/api/plans'
import type { WorldNo } from '@/domain/ids'
import type { Activation } from '@/domain/plan/activation'
import type { Plan } from '@/domain/plan/plan'
import { levelOf } from '@/domain/plan/planTasks'
import { epochMillis, minutes } from '@/domain/time'
import { Conflict, InvalidInput } from '@/platform/errors'
import { appendAudit } from '@/server/access/audit'
import type { CommandContext } from '../commandContext'
import { acting, heldIncident, settle } from '../incidents/act'
import type { Acting } from '../incidents/act'
import { holdId } from '../incidents/incidentRows'
import { appendEvent } from '../outbox'
import { activationOf, addActivation } from './activationRows'

/** What proposes: the plan, and what its trigger saw. */
export interface Proposal extends ProposeActivation {
  readonly trigger?: NonNullable<Activation['trigger']>
}

/**
 * Proposes a plan at a level: by its trigger or by a person. Whoever may decide it has the time that the plan allows.
 * @throws Forbidden, InvalidInput, NotFound, Conflict when it is proposed or at work already
 */
export async function proposeActivation(
  context: CommandContext,
  { world, plan }: { readonly world: WorldNo; readonly plan: Plan },
  proposal: Proposal,
): Promise<Activation> {
  const level = levelOf(plan, proposal.level)
  if (level === undefined) throw new InvalidInput('plan.noSuchLevel', { level: proposal.level })
  return acting(context, world, { action: 'plans.decide' }, async (one) => {
    await holdId(one.tx, proposal.id)
    const known = await activationOf(one.tx, world, proposal.id)
    if (known !== undefined) return known
    const { id, incident, trigger, reason } = proposal
    const activation: Activation = {
      ...{ id, rev: 1, plan: plan.id, planVersion: plan.version, level: proposal.level, state: 'proposed' },
      ...(incident === undefined ? {} : { incident }),
      ...(trigger === undefined ? {} : { trigger }),
      ...(reason === undefined ? {} : { reason }),
      ...{ proposedAt: one.at, proposedBy: one.by.actor, levels: [], movedAt: one.at },
      decideBy: epochMillis(one.at + minutes(level.decideMinutes)),
    }
    const held = incident === undefined ? undefined : await heldIncident(one, incident)
    if (!(await addActivation(one.tx, world, activation))) throw new Conflict('plan.proposedAlready')
    const args = { plan: plan.id, level: activation.level, trigger: trigger?.id, evidence: trigger?.evidence }
    if (held === undefined) return tellAlone(one, activation, args)
    await settle(one, held, {
      incident: held,
      entries: [{ kind: 'decision', verb: 'plan.propose', args }],
      effects: [{ kind: 'activation.moved', body: activation }],
    })
    return activation
  })
}

/** An activation without an Incident has its event and its audit row, and no log. */
export async function tellAlone(one: Acting, activation: Activation, args: object): Promise<Activation> {
  const { context, tx, world, at, by } = one
  await appendEvent(tx, { world, kind: 'activation.moved', body: activation, actor: by.actor, at })
  const action = `plan.${activation.state}`
  const entry = { at: context.clock.now(), actor: by.actor, action, object: `activation/${activation.id}` } as const
  await appendAudit(tx, { ...entry, result: 'ok', detail: JSON.stringify({ ...args, onBehalf: by.onBehalf }) })
  return activation
}
