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

  first(): ModelRung {
    return this.#deadline - this.#now() < LEAST_FOR_FULL_MS ? 'coarse' : 'full'
  }

  below(rung: ModelRung): ModelRung | undefined {
    return rung === 'full' ? 'coarse' : undefined
  }

  /** Begins a rung; what it returns says of each progress whether to go on. */
  begin(rung: ModelRung): (share: number) => boolean {
    const began = this.#now()
    const until = rung === 'full' ? began + (this.#deadline - began) * SHARE_OF_FULL : Number.POSITIVE_INFINITY
    return (share) => {
      const now = this.#now()
      if (now > until) return false
      return share < FORESEEN_FROM || began + (now - began) / share <= Math.max(until, began)
    }
  }
}
