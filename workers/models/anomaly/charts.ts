/** What a control chart expects: the target and the deviation of one value. */
export interface ChartCentre {
  readonly target: number
  readonly deviation: number
}

export interface Ewma {
  readonly values: readonly number[]
  /** Asymptotic limits. */
  readonly upper: number
  readonly lower: number
  /** Places outside the limits. */
  readonly signals: readonly number[]
}

/**
 * Exponentially weighted moving average chart, started at the target; limits k deviations of the average.
 * @throws RangeError unless 0 < lambda <= 1. A value that is no number leaves the average as it is.
 */
export function ewma(values: readonly number[], lambda: number, { target, deviation }: ChartCentre, k: number): Ewma {
  if (!(lambda > 0 && lambda <= 1)) throw new RangeError(`Lambda is above 0 and at most 1, got ${lambda}.`)
  const reach = k * deviation * Math.sqrt(lambda / (2 - lambda))
  let average = target
  const averages = values.map(
    (value) => (average = Number.isFinite(value) ? lambda * value + (1 - lambda) * average : average),
  )
  const signals = averages.flatMap((value, i) => (Math.abs(value - target) > reach ? [i] : []))
  return { values: averages, upper: target + reach, lower: target - reach, signals }
}

export interface Cusum {
  /** Cumulative sums above and below the target. */
  readonly high: readonly number[]
  readonly low: readonly number[]
  /** Places where one of them exceeds h. */
  readonly signals: readonly number[]
}

/** Two-sided cumulative sum chart with slack k and decision limit h, in the unit of the values. */
export function cusum(values: readonly number[], target: number, k: number, h: number): Cusum {
  let [above, below] = [0, 0]
  const high: number[] = []
  const low: number[] = []
  for (const value of values) {
    if (Number.isFinite(value)) {
      above = Math.max(0, above + value - target - k)
      below = Math.max(0, below + target - k - value)
    }
    high.push(above)
    low.push(below)
  }
  return { high, low, signals: high.flatMap((sum, i) => (sum > h || low[i]! > h ? [i] : [])) }
}
