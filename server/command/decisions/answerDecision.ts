import type { AnswerDecision } from '@/domain/api/incidents'
import type { Decision } from '@/domain/decision/decision'
import type { WorldNo } from '@/domain/ids'
import type { Incident } from '@/domain/incident/incident'
import { uuidv7 } from '@/platform/clock'
import { Conflict, Forbidden, InvalidInput, NotFound } from '@/platform/errors'
import type { CommandContext } from '../commandContext'
import { acting, heldIncident, settle } from '../incidents/act'
import type { Acting, ActSpec, EntryDraft } from '../incidents/act'
import { isDecided } from '../tasks/approvals'
import { orderWithin } from '../tasks/orderTasks'
import { decisionOf, keepDecision } from './decisionRows'

/** Which Decision. */
export interface OneDecision {
  readonly world: WorldNo
  readonly id: string
}

/** Decides; the option's executor has its order at once. @throws Forbidden, InvalidInput, NotFound, Conflict */
export async function decide(context: CommandContext, one: OneDecision, input: AnswerDecision): Promise<Decision> {
  const spec = { action: 'decisions.answer', onBehalf: input.onBehalf } as const
  return onDecision(context, one, spec, async (held, incident, acting) => {
    if (!isDecided(context.actor, acting.by)) throw new Forbidden('task.decidersOnly')
    return carryOut(acting, incident, { ...held, state: 'decided', chosen: input.option })
  })
}

/** At the latest moment the default goes to its executor: nobody is overdue. @throws Forbidden, NotFound, Conflict */
export async function applyDefault(context: CommandContext, one: OneDecision): Promise<Decision> {
  if (context.actor.kind !== 'system') throw new Forbidden('task.movedByClockOnly')
  return onDecision(context, one, { action: 'decisions.answer' }, async (held, incident, acting) => {
    if (acting.at < held.latestAt) throw new Conflict('decision.notYet')
    return carryOut(acting, incident, { ...held, state: 'defaulted', chosen: held.byDefault })
  })
}

/** Somebody would do otherwise: his post and his option are kept. @throws Forbidden, InvalidInput, NotFound, Conflict */
export async function dissent(context: CommandContext, one: OneDecision, input: AnswerDecision): Promise<Decision> {
  const spec = { action: 'decisions.answer', onBehalf: input.onBehalf } as const
  return onDecision(context, one, spec, (held, _incident, { by }) => {
    mustOffer(held, input.option)
    const post = input.onBehalf?.post ?? context.actor.name
    const decision: Decision = { ...held, dissent: [...held.dissent, { option: input.option, post, by }] }
    const says: EntryDraft = { kind: 'decision', verb: 'decision.dissent', args: { option: input.option, post } }
    return { decision, entries: [says] }
  })
}

/** The question is no more. @throws Forbidden, NotFound, Conflict */
export async function withdrawDecision(context: CommandContext, one: OneDecision, reason: string): Promise<Decision> {
  return onDecision(context, one, { action: 'decisions.ask' }, (held) => ({
    decision: { ...held, state: 'withdrawn' },
    entries: [{ kind: 'decision', verb: 'decision.withdraw', args: { question: held.question }, text: reason }],
  }))
}

interface Answered {
  readonly decision: Decision
  readonly entries: readonly EntryDraft[]
}

async function onDecision(
  context: CommandContext,
  { world, id }: OneDecision,
  spec: ActSpec,
  fn: (held: Decision, incident: Incident, acting: Acting) => Promise<Answered> | Answered,
): Promise<Decision> {
  return acting(context, world, spec, async (one) => {
    const found = await decisionOf(one.tx, world, id)
    if (found === undefined) throw new NotFound('decision.unknown', { id })
    const incident = await heldIncident(one, found.incident)
    const held = (await decisionOf(one.tx, world, id)) ?? found
    if (held.state !== 'open') throw new Conflict('decision.closed', { state: held.state })
    const { decision: changed, entries } = await fn(held, incident, one)
    const decision = { ...changed, rev: held.rev + 1, movedAt: one.at }
    await keepDecision(one.tx, world, decision)
    // An order that the decision led to has written the log since: the Incident is read as it is now.
    const now = await heldIncident(one, incident.id)
    await settle(one, now, { incident: now, entries, effects: [{ kind: 'decision.moved', body: decision }] })
    return decision
  })
}

function mustOffer({ options }: Decision, key: string): Decision['options'][number] {
  const option = options.find((one) => one.key === key)
  if (option === undefined) throw new InvalidInput('decision.noSuchOption', { option: key })
  return option
}

async function carryOut(one: Acting, incident: Incident, decision: Decision): Promise<Answered> {
  const option = mustOffer(decision, decision.chosen ?? decision.byDefault)
  const { executor, act, text } = option
  if (executor !== undefined) {
    const order = { title: text, act, to: executor, support: [], units: [], ackMinutes: 5, doneMinutes: 60 }
    await orderWithin(one, incident, [{ ...order, id: uuidv7(one.context.clock), issue: true, channel: 'belfry' }])
  }
  const verb = decision.state === 'defaulted' ? 'decision.default' : 'decision.decide'
  const args = { question: decision.question, option: option.key, text, executor }
  return { decision: { ...decision, decided: one.by }, entries: [{ kind: 'decision', verb, args }] }
}
