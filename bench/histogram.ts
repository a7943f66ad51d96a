/** Counts of whole milliseconds up to a minute: percentiles of millions of samples in little memory. */
export class Histogram {
  readonly #counts: Uint32Array
  total = 0

  constructor(counts: Uint32Array = new Uint32Array(60_001)) {
    this.#counts = counts
    for (const count of counts) this.total += count
  }

  add(ms: number): void {
    const slot = Math.max(0, Math.min(this.#counts.length - 1, Math.round(ms)))
    this.#counts[slot] = (this.#counts[slot] ?? 0) + 1
    this.total += 1
  }

  /** Milliseconds below which `share` (0 to 1) lie; NaN when empty. */
  percentile(share: number): number {
    if (this.total === 0) return Number.NaN
    let left = share * this.total
    for (let ms = 0; ms < this.#counts.length; ms++) {
      left -= this.#counts[ms]!
      if (left <= 0) return ms
    }
    return this.#counts.length - 1
  }

  /** What was counted so far; starts again from nothing. */
  take(): Uint32Array {
    const counted = this.#counts.slice()
    this.#counts.fill(0)
    this.total = 0
    return counted
  }
}
