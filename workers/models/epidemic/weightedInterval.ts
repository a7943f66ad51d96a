export interface WeightedInterval {
  readonly score: number
  /** Its three parts: width, forecast too high, too low. */
  readonly dispersion: number
  readonly over: number
  readonly under: number
}

/**
 * Weighted interval score of one forecast given as quantiles (Bracher et al. 2021). Levels pair up around the median;
 * a level without its mirror is left out. `medianTwice` weighs the median like an interval and divides by K + 1.
 * @throws RangeError when levels and values differ in number or neither pair nor median is there.
 */
export function weightedInterval(
  observed: number,
  levels: readonly number[],
  values: readonly number[],
  medianTwice = false,
): WeightedInterval {
  if (levels.length !== values.length) throw new RangeError(`${levels.length} levels for ${values.length} values.`)
  const byLevel = new Map(levels.map((level, i) => [keyOf(level), values[i]!]))
  const median = byLevel.get(keyOf(0.5))
  let [dispersion, over, under, pairs] = [0, 0, 0, 0]
  for (const [level, low] of byLevel) {
    const high = byLevel.get(keyOf(1 - level))
    if (level >= 0.5 || high === undefined) continue
    pairs++
    dispersion += level * (high - low)
    over += Math.max(0, low - observed)
    under += Math.max(0, observed - high)
  }
  if (pairs === 0 && median === undefined) throw new RangeError('The forecast has neither an interval nor a median.')
  const weight = median === undefined ? 0 : medianTwice ? 1 : 0.5
  over += weight * Math.max(0, (median ?? 0) - observed)
  under += weight * Math.max(0, observed - (median ?? 0))
  const parts = [dispersion, over, under].map((part) => part / (pairs + weight))
  return { score: parts[0]! + parts[1]! + parts[2]!, dispersion: parts[0]!, over: parts[1]!, under: parts[2]! }
}

/** Levels are equal to six decimals. */
const keyOf = (level: number): number => Math.round(level * 1e6) / 1e6

export interface ForecastScore extends WeightedInterval {
  /** Share of observations within the central 50 % and 90 %. */
  readonly coverage50: number
  readonly coverage90: number
  readonly medianError: number
}

/** Mean scores of many forecasts, each an observation and values at the same levels. @throws RangeError for none. */
export function scoreForecasts(
  levels: readonly number[],
  rows: readonly { readonly observed: number; readonly values: readonly number[] }[],
): ForecastScore {
  if (rows.length === 0) throw new RangeError('There is no forecast to score.')
  const at = (values: readonly number[], level: number): number =>
    values[levels.findIndex((one) => keyOf(one) === level)] ?? Number.NaN
  const mean = (of: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((sum, row) => sum + of(row), 0) / rows.length
  const part = (name: keyof WeightedInterval): number =>
    mean(({ observed, values }) => weightedInterval(observed, levels, values)[name])
  const covered = (low: number): number =>
    mean(({ observed, values }) => Number(observed >= at(values, low) && observed <= at(values, keyOf(1 - low))))
  return {
    score: part('score'),
    dispersion: part('dispersion'),
    over: part('over'),
    under: part('under'),
    coverage50: covered(0.25),
    coverage90: covered(0.05),
    medianError: mean(({ observed, values }) => Math.abs(observed - at(values, 0.5))),
  }
}
