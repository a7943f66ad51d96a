import type { ModelRun } from '@/domain/runs/modelRun'
import { hasProduct, isInFlight } from '@/domain/runs/runState'

/** What a wall shows of the runs of a model. */
export interface ShownForecast {
  /** The newest official run, whatever became of it: its state is always said. */
  readonly newest: ModelRun | undefined
  /** The one under way. */
  readonly inFlight: ModelRun | undefined
  /** The newest product whose list is shown. */
  readonly product: ModelRun | undefined
  /** The newest product with a map, which may be an older one. */
  readonly mapped: ModelRun | undefined
  /** The map does not belong to the newest product, or its time is over: it is hatched. */
  readonly outdated: boolean
}

/** A map is out of date this long after its issue although its time is not over, ms. */
const FRESH_MS = 30 * 60_000

/** Newest first in; a what-if is never among what is shown. Times of the World. */
export function shownForecast(runs: readonly ModelRun[], now: number): ShownForecast {
  const official = runs.filter(({ kind }) => kind === 'official')
  const products = official.filter(({ state }) => hasProduct(state))
  const product = products[0]
  const mapped = products.find(({ rung }) => rung !== 'rule')
  const failed = official[0]?.state === 'failed'
  return {
    newest: official[0],
    inFlight: official.find(({ state }) => isInFlight(state)),
    product,
    mapped,
    outdated:
      mapped === undefined ||
      failed ||
      mapped.id !== product?.id ||
      now > mapped.validTo ||
      now - mapped.issueTime > FRESH_MS,
  }
}

/** Index of the frame that is nearest to a moment. */
export function frameAt(frames: readonly { readonly validTime: number }[], at: number): number {
  let best = 0
  for (const [k, { validTime }] of frames.entries())
    if (Math.abs(validTime - at) < Math.abs(frames[best]!.validTime - at)) best = k
  return best
}
