import { type Seq, compareSeq } from '@/domain/seq'

/** Batches of one quarter of a second are told apart from others, not from each other: an outage must not fill the memory. */
const GRAIN_MS = 250

/** Batches that were judged in one grain of machine time. */
export interface Grain {
  readonly no: number
  pending: number
  /** Where the last of them ends in the log. */
  end: Seq
}

/** Which records the store holds, by the grain in which they were judged. */
export class StoredGrains {
  readonly #open: Grain[] = []
  #below = 0

  /** The grain of a batch that is about to be judged at machine time `now` (ms); `logged` must follow. */
  begin(now: number): Grain {
    const last = this.#open.at(-1)
    const no = Math.max(this.#below, last?.no ?? 0, Math.floor(now / GRAIN_MS))
    const grain = last?.no === no ? last : { no, pending: 0, end: { epoch: 0, offset: 0 } }
    if (grain !== last) this.#open.push(grain)
    grain.pending += 1
    return grain
  }

  /** The batch became durable and ends before `end`, or came to nothing. */
  logged(grain: Grain, end: Seq | undefined): void {
    grain.pending -= 1
    if (end !== undefined && compareSeq(end, grain.end) > 0) grain.end = end
  }

  /** Every batch of a grain below this number is in the store, which holds the log up to `position`. */
  storedBelow(now: number, position: Seq): number {
    const present = Math.floor(now / GRAIN_MS)
    let first = this.#open[0]
    while (first !== undefined && first.no < present && first.pending === 0 && compareSeq(first.end, position) <= 0) {
      this.#open.shift()
      first = this.#open[0]
    }
    this.#below = Math.max(this.#below, Math.min(present, first?.no ?? present))
    return this.#below
  }
}
