import { nelderMead } from '@/domain/numeric/nelderMead'
import { usable } from './gauges'
import type { Gauge } from './gauges'

/** Semivariance against distance. Exponential reaches 95 % of its sill at `range`, gaussian 95 % as well. */
export type Variogram =
  | { readonly model: 'linear'; readonly slope: number; readonly nugget: number }
  | {
      readonly model: 'exponential' | 'spherical' | 'gaussian'
      readonly sill: number
      readonly range: number
      readonly nugget: number
    }

/** Semivariance at a distance above 0; at 0 it is 0 by definition, whatever the nugget. */
export function semivariance(variogram: Variogram, h: number): number {
  if (variogram.model === 'linear') return variogram.slope * h + variogram.nugget
  const { sill, range, nugget } = variogram
  switch (variogram.model) {
    case 'exponential':
      return sill * (1 - Math.exp(-h / (range / 3))) + nugget
    case 'gaussian':
      return sill * (1 - Math.exp(-(h ** 2) / ((range * 4) / 7) ** 2)) + nugget
    case 'spherical':
      return nugget + (h >= range ? sill : sill * (1.5 * (h / range) - 0.5 * (h / range) ** 3))
  }
}

const LAGS = 15

/**
 * Fits a bounded variogram by least squares over 15 lags up to half the widest distance, each lag weighted by its pairs
 * over its squared semivariance (Cressie 1985).
 * @throws RangeError for fewer than three gauges.
 */
export function fitVariogram(
  gauges: readonly Gauge[],
  model: 'exponential' | 'spherical' | 'gaussian' = 'exponential',
): Variogram {
  const near = usable(gauges)
  if (near.length < 3) throw new RangeError(`A variogram needs three gauges, got ${near.length}.`)
  const lags = empirical(near)
  const top = Math.max(...lags.map(({ gamma }) => gamma), 1e-12)
  const far = Math.max(...lags.map(({ h }) => h))
  const build = ([sill = 0, range = 0, nugget = 0]: readonly number[]): Variogram => ({
    model,
    sill: Math.exp(sill),
    range: Math.exp(range),
    nugget: Math.exp(nugget),
  })
  const cost = (at: readonly number[]): number => {
    const variogram = build(at)
    let sum = 0
    for (const { h, gamma, pairs } of lags) {
      const fitted = semivariance(variogram, h)
      sum += (pairs * (gamma - fitted) ** 2) / fitted ** 2
    }
    return sum
  }
  const start = [Math.log(top), Math.log(far / 2), Math.log(top / 100)]
  return build(nelderMead(cost, start, { step: 0.5, rounds: 1000 }).at)
}

interface Lag {
  readonly h: number
  readonly gamma: number
  readonly pairs: number
}

function empirical(gauges: readonly Gauge[]): Lag[] {
  const pairs: { h: number; half: number }[] = []
  for (const [i, [x, y, value]] of gauges.entries())
    for (const [ox, oy, other] of gauges.slice(i + 1))
      pairs.push({ h: Math.hypot(x - ox, y - oy), half: (value - other) ** 2 / 2 })
  const width = Math.max(...pairs.map(({ h }) => h)) / 2 / LAGS
  const lags = Array.from({ length: LAGS }, (_, k) => pairs.filter(({ h }) => Math.floor(h / width) === k))
  const filled = lags.filter((lag) => lag.length > 0)
  return (filled.length > 0 ? filled : [pairs]).map((lag) => ({
    h: lag.reduce((sum, { h }) => sum + h, 0) / lag.length,
    gamma: lag.reduce((sum, { half }) => sum + half, 0) / lag.length,
    pairs: lag.length,
  }))
}
