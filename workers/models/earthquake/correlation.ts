import table from './lothBaker2013.json'

/**
 * Correlation of the residuals of two spectral periods (s) at two sites `kilometres` apart (Loth and Baker 2013,
 * equation 42), bilinear in the periods.
 * @throws RangeError for a period outside 0.01 to 10 s or a negative distance.
 */
export function lothBaker(onePeriod: number, otherPeriod: number, kilometres: number): number {
  if (!(kilometres >= 0)) throw new RangeError(`A distance is not negative, got ${kilometres} km.`)
  const [one, other] = [placeOf(onePeriod), placeOf(otherPeriod)]
  const between = (matrix: readonly (readonly number[])[]): number => {
    const along = (row: readonly number[]): number => mix(row[other.index]!, row[other.index + 1]!, other.share)
    return mix(along(matrix[one.index]!), along(matrix[one.index + 1]!), one.share)
  }
  const nugget = kilometres === 0 ? between(table.nugget) : 0
  const { short, long } = table
  return between(short) * Math.exp((-3 * kilometres) / 20) + between(long) * Math.exp((-3 * kilometres) / 70) + nugget
}

const mix = (low: number, high: number, share: number): number => low + (high - low) * share

function placeOf(period: number): { index: number; share: number } {
  const { periods_s: periods } = table
  if (!(period >= periods[0]! && period <= periods.at(-1)!))
    throw new RangeError(`A period is 0.01 to 10 s, got ${period} s.`)
  const index = Math.min(
    periods.length - 2,
    periods.findLastIndex((edge) => edge <= period),
  )
  return { index, share: (period - periods[index]!) / (periods[index + 1]! - periods[index]!) }
}
