/**
 * Mean absolute error of taking the value `lag` steps ago as forecast, from place `from` on, and its ratio to the mean
 * value: what a forecast must beat. @throws RangeError when nothing is left to compare.
 */
export function seasonalNaive(values: readonly number[], lag: number, from: number): { mae: number; ratio: number } {
  let [errors, sum, n] = [0, 0, 0]
  for (let i = Math.max(lag, from); i < values.length; i++) {
    errors += Math.abs(values[i]! - values[i - lag]!)
    sum += Math.abs(values[i]!)
    n++
  }
  if (n === 0) throw new RangeError(`${values.length} values leave nothing to compare at lag ${lag}.`)
  return { mae: errors / n, ratio: errors / sum }
}
