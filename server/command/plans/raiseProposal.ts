import type { WorldNo } from '@/domain/ids'
import type { Activation } from '@/domain/plan/activation'
import { isActivationOpen } from '@/domain/plan/activation'
import type { Plan } from '@/domain/plan/plan'
import { levelOf } from '@/domain/plan/planTasks'
import type { Met } from '@/domain/plan/triggers'
import { epochMillis, minutes } from '@/domain/time'
import { Forbidden, NotFound } from '@/platform/errors'
import type { CommandContext } from '../commandContext'
import { acting, heldIncident, settle } from '../incidents/act'
import { activationOf, holdActivation, keepActivation } from './activationRows'
import { tellAlone } from './proposeActivation'

export interface Raised {
  readonly world: WorldNo
  readonly id: string
  readonly plan: Plan
  readonly met: Met
}

/**
 * A graver trigger holds: a proposal is made graver, and of a plan at work the graver level is asked for. A person
 * decides. @throws Forbidden, NotFound, Conflict
 */
export async function raiseProposal(context: CommandContext, { world, id, plan, met }: Raised): Promise<Activation> {
  if (context.actor.kind !== 'system') throw new Forbidden('plan.askedByTriggersOnly')
  return acting(context, world, { action: 'plans.decide' }, async (one) => {
    const found = await activationOf(one.tx, world, id)
    if (found === undefined) throw new NotFound('plan.noSuchActivation', { id })
    const incident = found.incident === undefined ? undefined : await heldIncident(one, found.incident)
    const held = (await holdActivation(one.tx, world, id)) ?? found
    const level = levelOf(plan, met.level)
    const isAsked = held.asked !== undefined && held.asked.level <= met.level
    if (level === undefined || !isActivationOpen(held.state) || held.level <= met.level || isAsked) return held
    const { trigger, evidence } = met
    const decideBy = epochMillis(one.at + minutes(level.decideMinutes))
    const graver =
      held.state === 'active'
        ? { asked: { level: met.level, trigger, evidence, at: one.at } }
        : {
            level: met.level,
            trigger: { id: trigger, evidence },
            decideBy: epochMillis(Math.min(held.decideBy, decideBy)),
          }
    const activation: Activation = { ...held, ...graver, rev: held.rev + 1, movedAt: one.at }
    await keepActivation(one.tx, activation)
    const args = { plan: plan.id, level: met.level, before: held.level, trigger, evidence }
    if (incident === undefined) return tellAlone(one, activation, args)
    await settle(one, incident, {
      incident,
      entries: [{ kind: 'system', verb: 'plan.ask', args }],
      effects: [{ kind: 'activation.moved', body: activation }],
    })
    return activation
  })
}
