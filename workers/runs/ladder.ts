import type { Rung } from '@/domain/runs/modelRun'

type ModelRung = Exclude<Rung, 'rule'>

/** Of the time to the deadline the whole model may take so much; the rest belongs to the coarse one. */
const SHARE_OF_FULL = 0.6
/** Progress before which nothing is foreseen from it. */
const FORESEEN_FROM = 0.04
/** Below this the whole model is not even begun, ms. */
const LEAST_FOR_FULL_MS = 20_000

/** Which rung a run stands on: the whole model as long as it will be ready in time, then the coarse one. */
export class Ladder {
  readonly #deadline: number
  readonly #now: () => number

  /** Milliseconds of the machine. */
  constructor(deadline: number, now: () => number) {
    this.#deadline = deadline
    this.#now = now
  }

  /** A repeat stands on the rung of what it repeats, however long it takes. */
  first(only: ModelRung | undefined): ModelRung {
    if (only !== undefined) return only
    return this.#deadline - this.#now() < LEAST_FOR_FULL_MS ? 'coarse' : 'full'
  }

  below(rung: ModelRung): ModelRung | undefined {
    return rung === 'full' ? 'coarse' : undefined
  }

  /**
   * Begins a rung; what it returns says of each progress whether to go on. The pace is measured from the first progress:
   * reading a city takes its time once.
   */
  begin(rung: ModelRung): (share: number) => boolean {
    const began = this.#now()
    const until = rung === 'full' ? began + (this.#deadline - began) * SHARE_OF_FULL : Number.POSITIVE_INFINITY
    let first: { readonly share: number; readonly at: number } | undefined
    return (share) => {
      const now = this.#now()
      if (now > until) return false
      first ??= { share, at: now }
      const done = share - first.share
      return done < FORESEEN_FROM || now + ((1 - share) * (now - first.at)) / done <= until
    }
  }
}
