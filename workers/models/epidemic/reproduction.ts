import { gammaP, gammaQuantile } from '@/domain/numeric/specialFunctions'

export interface Incidence {
  /** New cases per day, infected here. */
  readonly local: readonly number[]
  /** Infected elsewhere; without it the first day counts as imported. */
  readonly imported?: readonly number[]
  /** Day numbers, ascending by one, to be checked. */
  readonly days?: readonly number[]
}

/** Days of a window, the first day is 1; both ends belong to it. */
export type Window = readonly [start: number, end: number]

export interface Reproduction {
  readonly mean: readonly number[]
  readonly deviation: readonly number[]
  /** Quantiles of each window, in the order asked. */
  readonly quantiles: readonly (readonly number[])[]
}

/** Gamma prior of the reproduction number. */
const PRIOR = { mean: 5, deviation: 5 }

/**
 * Reproduction number per window (Cori et al. 2013): gamma posterior given the serial interval `interval`, its element k
 * the share that is infected k days later.
 * @throws RangeError for negative counts, days out of order, an interval that begins above 0 or a window from day 1.
 */
export function reproduction(
  incidence: Incidence,
  interval: readonly number[],
  windows: readonly Window[],
  { prior = PRIOR, shares = [0.025, 0.5, 0.975] }: { prior?: typeof PRIOR; shares?: readonly number[] } = {},
): Reproduction {
  check(incidence, interval, windows)
  const { imported } = incidence
  const local = imported === undefined ? incidence.local.map((n, day) => (day === 0 ? 0 : n)) : incidence.local
  const all = incidence.local.map((n, day) => n + (imported?.[day] ?? 0))
  const pressure = all.map((_, day) => interval.reduce((sum, w, k) => (k > day ? sum : sum + w * all[day - k]!), 0))
  const a0 = (prior.mean / prior.deviation) ** 2
  const b0 = prior.deviation ** 2 / prior.mean
  const posteriors = windows.map(([start, end]) => {
    const over = (values: readonly number[]): number => values.slice(start - 1, end).reduce((sum, n) => sum + n, 0)
    return { shape: a0 + over(local), scale: 1 / (1 / b0 + over(pressure)) }
  })
  return {
    mean: posteriors.map(({ shape, scale }) => shape * scale),
    deviation: posteriors.map(({ shape, scale }) => Math.sqrt(shape) * scale),
    quantiles: posteriors.map(({ shape, scale }) => shares.map((share) => gammaQuantile(share, shape) * scale)),
  }
}

function check(
  { local, imported = [], days = [] }: Incidence,
  interval: readonly number[],
  windows: readonly Window[],
) {
  const negative = [...local, ...imported].find((n) => !(n >= 0) || n === Number.POSITIVE_INFINITY)
  if (negative !== undefined) throw new RangeError(`negative incidence: ${negative}`)
  if (interval[0] !== 0) throw new RangeError(`si_distr[0] must be 0, got ${interval[0]}`)
  if (days.some((day, i) => i > 0 && day !== days[i - 1]! + 1))
    throw new RangeError('dates must be ascending by one day')
  for (const [start, end] of windows) {
    if (!(start >= 2)) throw new RangeError(`t_start must be >=2, got ${start}`)
    if (!(end >= start && end <= local.length))
      throw new RangeError(`a window ends after it starts, got ${start} to ${end}`)
  }
}

/**
 * Serial interval of a mean and deviation in days, for days 0 to `last` (Cori et al. 2013, web appendix 11).
 * @throws RangeError for a mean of one day or less, or no deviation.
 */
export function serialInterval(mean: number, deviation: number, last: number): number[] {
  if (!(mean > 1)) throw new RangeError(`mean SI must be >1, got ${mean}`)
  if (!(deviation > 0)) throw new RangeError(`the deviation of the SI must be above 0, got ${deviation}`)
  const shape = ((mean - 1) / deviation) ** 2
  const scale = deviation ** 2 / (mean - 1)
  const until = (k: number): number => gammaP(shape, Math.max(0, k) / scale)
  const moment = (k: number): number => gammaP(shape + 1, Math.max(0, k) / scale)
  return Array.from({ length: last + 1 }, (_, k) => {
    const chance = k * until(k) + (k - 2) * until(k - 2) - 2 * (k - 1) * until(k - 1)
    const shift = shape * scale * (2 * moment(k - 1) - moment(k - 2) - moment(k))
    return k === 0 ? 0 : Math.max(0, chance + shift)
  })
}
