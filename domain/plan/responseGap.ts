import type { EpochMillis, Millis } from '../time'
import { millis } from '../time'
import type { Activation } from './activation'

/**
 * How long a response has been missing: since the trigger, while a proposal waits for its decision or is put off.
 * Undefined where nothing is missing. `isOver` when it is longer than the plan allows (red 10 minutes, else 30).
 */
export function responseGap(
  { state, proposedAt, decideBy }: Pick<Activation, 'state' | 'proposedAt' | 'decideBy'>,
  now: EpochMillis,
): { readonly gap: Millis; readonly isOver: boolean } | undefined {
  if (state !== 'proposed' && state !== 'deferred') return undefined
  return { gap: millis(Math.max(0, now - proposedAt)), isOver: now > decideBy }
}
