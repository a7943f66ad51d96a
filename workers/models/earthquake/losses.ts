import { normalCdf } from '@/domain/numeric/specialFunctions'

const INTENSITIES = [5, 6, 7, 8, 9]
const EDGES = [0, 1, 10, 100, 1000, 10_000, 100_000]
/** Keeps the logarithm of no loss finite. */
const NO_LOSS = 1e-5

/** Share of people lost at an intensity: lognormal with the country's theta and beta (PAGER empirical model). */
export function fatalityRate(theta: number, beta: number, mmi: number): number {
  if (!(theta > 0 && beta > 0)) throw new RangeError(`Theta and beta are above 0, got ${theta} and ${beta}.`)
  return normalCdf(Math.log(mmi / theta) / beta)
}

/**
 * Expected losses for exposure at intensity 1 to 10: intensities 5 to 9 count, 10 as 9.
 * @throws RangeError unless there are ten counts, finite and not negative.
 */
export function losses(theta: number, beta: number, exposure: readonly number[]): number {
  if (exposure.length !== 10 || !exposure.every((people) => people >= 0 && Number.isFinite(people)))
    throw new RangeError(`Exposure is ten counts from 0, got ${exposure.length}.`)
  return INTENSITIES.reduce((sum, mmi) => {
    const people = exposure[mmi - 1]! + (mmi === 9 ? exposure[9]! : 0)
    return sum + people * fatalityRate(theta, beta, mmi)
  }, 0)
}

/** Probability of each band of losses given the expectation, G the deviation of its logarithm; the last band is open. */
export function lossProbabilities(
  expected: number,
  g: number,
): { readonly from: number; readonly to: number; readonly p: number }[] {
  const below = (edge: number): number => normalCdf((Math.log(edge + NO_LOSS) - Math.log(expected + NO_LOSS)) / g)
  return EDGES.map((from, i) => {
    const to = EDGES[i + 1] ?? Number.POSITIVE_INFINITY
    return { from, to, p: (to === Number.POSITIVE_INFINITY ? 1 : below(to)) - below(from) }
  })
}

export type FatalityAlert = 'green' | 'yellow' | 'orange' | 'red'

/** Alert by expected deaths: below 1, below 100, below 1000, more. */
export function fatalityAlert(deaths: number): FatalityAlert {
  if (deaths < 1) return 'green'
  if (deaths < 100) return 'yellow'
  return deaths < 1000 ? 'orange' : 'red'
}
