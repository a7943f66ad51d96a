import { nelderMead } from '@/domain/numeric/nelderMead'

const EULER = 0.577_215_664_901_532_9

export interface Gumbel {
  /** Location and scale, in the unit of the values. */
  readonly mu: number
  readonly beta: number
}

export interface Gev {
  readonly mu: number
  readonly sigma: number
  /** Shape, positive for a heavy tail. */
  readonly xi: number
  readonly logLikelihood: number
}

/** Gumbel by the method of moments (Chow 1988). @throws RangeError for fewer than two values, or all equal. */
export function gumbelMoments(maxima: readonly number[]): Gumbel {
  const mean = meanOf(checked(maxima))
  const variance = maxima.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (maxima.length - 1)
  const beta = Math.sqrt(6 * variance) / Math.PI
  return { mu: mean - EULER * beta, beta }
}

/** Gumbel by L-moments (Hosking 1990). @throws RangeError for fewer than two values, or all equal. */
export function gumbelLMoments(maxima: readonly number[]): Gumbel {
  const sorted = [...checked(maxima)].sort((one, other) => one - other)
  const n = sorted.length
  const mean = meanOf(sorted)
  const weighted = sorted.reduce((sum, x, i) => sum + (i / (n - 1)) * x, 0) / n
  const beta = (2 * weighted - mean) / Math.LN2
  return { mu: mean - EULER * beta, beta }
}

/** Gumbel by maximum likelihood. @throws RangeError for fewer than two values, or all equal. */
export function gumbelFit(maxima: readonly number[]): Gumbel & { readonly logLikelihood: number } {
  const start = gumbelMoments(maxima)
  const { at, value } = nelderMead(
    ([mu = 0, logBeta = 0]) => -gevLogLikelihood(maxima, { mu, sigma: Math.exp(logBeta), xi: 0 }),
    [start.mu, Math.log(start.beta)],
    { step: 0.05 },
  )
  return { mu: at[0]!, beta: Math.exp(at[1]!), logLikelihood: -value }
}

/**
 * Generalised extreme values by maximum likelihood, the shape kept within ±0.5.
 * @throws RangeError for fewer than two values, or all equal.
 */
export function gevFit(maxima: readonly number[]): Gev {
  const start = gumbelMoments(maxima)
  const cost = ([mu = 0, logSigma = 0, xi = 0]: readonly number[]): number =>
    Math.abs(xi) >= 0.5 ? Number.POSITIVE_INFINITY : -gevLogLikelihood(maxima, { mu, sigma: Math.exp(logSigma), xi })
  const rough = nelderMead(cost, [start.mu, Math.log(start.beta), 0.01], { step: 0.05 })
  const { at, value } = nelderMead(cost, rough.at, { step: 0.01 })
  return { mu: at[0]!, sigma: Math.exp(at[1]!), xi: at[2]!, logLikelihood: -value }
}

function gevLogLikelihood(maxima: readonly number[], { mu, sigma, xi }: Omit<Gev, 'logLikelihood'>): number {
  let sum = -maxima.length * Math.log(sigma)
  for (const x of maxima) {
    const y = (x - mu) / sigma
    if (Math.abs(xi) < 1e-9) {
      sum -= y + Math.exp(-y)
      continue
    }
    const t = 1 + xi * y
    if (t <= 0) return Number.NEGATIVE_INFINITY
    sum -= (1 + 1 / xi) * Math.log(t) + t ** (-1 / xi)
  }
  return sum
}

/**
 * What is exceeded once in each of `periods` (years, above 1), in the unit of `mu`. Shape 0 is Gumbel.
 * @throws RangeError for a period of one year or less.
 */
export function gevReturnLevels(
  { mu, sigma, xi }: Pick<Gev, 'mu' | 'sigma' | 'xi'>,
  periods: readonly number[],
): number[] {
  return periods.map((years) => {
    if (!(years > 1)) throw new RangeError(`A return period is above one year, got ${years}.`)
    const reduced = -Math.log(1 - 1 / years)
    return Math.abs(xi) < 1e-9 ? mu - sigma * Math.log(reduced) : mu + (sigma / xi) * (reduced ** -xi - 1)
  })
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length

function checked(maxima: readonly number[]): readonly number[] {
  if (maxima.length < 2 || !maxima.every(Number.isFinite))
    throw new RangeError(`Extremes need two finite values or more, got ${maxima.length}.`)
  if (maxima.every((x) => x === maxima[0])) throw new RangeError('All values are equal: there is no spread to fit.')
  return maxima
}
