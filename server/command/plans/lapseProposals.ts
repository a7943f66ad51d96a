import type { Activation } from '@/domain/plan/activation'
import { Conflict } from '@/platform/errors'
import type { Acting, Effect, EntryDraft } from '../incidents/act'
import { keepActivation, openActivationsOf } from './activationRows'

/** What becomes of the plans of an Incident that ends. */
export interface Lapsed {
  readonly entries: readonly EntryDraft[]
  readonly effects: readonly Effect[]
}

/**
 * A plan that waits for its decision lapses with its Incident; one at work must be terminated by whoever may.
 * @throws Conflict for a plan at work
 */
export async function lapseProposals({ tx, at, by }: Acting, incident: string): Promise<Lapsed> {
  const open = await openActivationsOf(tx, incident)
  const active = open.find(({ state }) => state === 'active')
  if (active !== undefined) throw new Conflict('incident.openPlan', { plan: active.plan })
  const lapsed = open.map((held): Activation => {
    return { ...held, state: 'declined', rev: held.rev + 1, decided: by, movedAt: at }
  })
  for (const activation of lapsed) await keepActivation(tx, activation)
  return {
    entries: lapsed.map(({ plan, level }) => ({ kind: 'system', verb: 'plan.lapse', args: { plan, level } })),
    effects: lapsed.map((body) => ({ kind: 'activation.moved', body })),
  }
}
