import { solveLinear } from '@/domain/numeric/solveLinear'
import { distance, SAME_PLACE, usable } from './gauges'
import type { Gauge, Place } from './gauges'
import { semivariance } from './variogram'
import type { Variogram } from './variogram'
import { inverseDistance } from './weights'

export interface Kriged {
  readonly values: readonly number[]
  /** Kriging variance, in the square of the unit; null where the fallback has none. */
  readonly variances: readonly (number | null)[]
  /** DEGRADED(nearest): fewer than three gauges; DEGRADED(idw): the system was singular. */
  readonly quality: readonly string[]
}

/** Above this many gauges each place uses its nearest 16. */
const ALL_GAUGES = 500
const NEAREST = 16

/**
 * Ordinary kriging of gauges to places with a given variogram. At a gauge it returns the value of the gauge.
 * @throws RangeError when no gauge gives a number.
 */
export function krige(gauges: readonly Gauge[], places: readonly Place[], variogram: Variogram): Kriged {
  const near = usable(gauges)
  if (near.length < 3) return byNearest(near, places)
  if (near.length <= ALL_GAUGES) return solve(near, places, variogram) ?? byDistance(near, places)
  const single = places.map((place) => {
    const nearest = [...near].sort((one, other) => distance(one, place) - distance(other, place)).slice(0, NEAREST)
    return solve(nearest, [place], variogram) ?? byDistance(nearest, [place])
  })
  return {
    values: single.flatMap(({ values }) => values),
    variances: single.flatMap(({ variances }) => variances),
    quality: [...new Set(single.flatMap(({ quality }) => quality))],
  }
}

/** All places from one factorisation; undefined when the system is singular even with a jitter on its diagonal. */
function solve(gauges: readonly Gauge[], places: readonly Place[], variogram: Variogram): Kriged | undefined {
  const sides = places.map((place) => rightSide(gauges, place, variogram))
  const solutions = sides.map((side) => Float64Array.from(side))
  const jitter = 1e-6 * (variogram.model === 'linear' ? variogram.slope : variogram.sill)
  if (!solveLinear(leftSide(gauges, variogram, 0), gauges.length + 1, solutions)) {
    for (const [k, side] of sides.entries()) solutions[k]!.set(side)
    if (!solveLinear(leftSide(gauges, variogram, jitter), gauges.length + 1, solutions)) return undefined
  }
  const values = solutions.map((weights) => gauges.reduce((sum, [, , value], i) => sum + weights[i]! * value, 0))
  const variances = solutions.map((weights, k) =>
    Math.max(0, -weights.reduce((sum, weight, i) => sum + weight * sides[k]![i]!, 0)),
  )
  return { values, variances, quality: [] }
}

function leftSide(gauges: readonly Gauge[], variogram: Variogram, jitter: number): Float64Array {
  const n = gauges.length
  const matrix = new Float64Array((n + 1) ** 2)
  for (const [i, [x, y]] of gauges.entries()) {
    for (const [j, other] of gauges.entries())
      matrix[i * (n + 1) + j] = i === j ? -jitter : -semivariance(variogram, distance(other, [x, y]))
    matrix[i * (n + 1) + n] = 1
    matrix[n * (n + 1) + i] = 1
  }
  return matrix
}

function rightSide(gauges: readonly Gauge[], place: Place, variogram: Variogram): Float64Array {
  const side = new Float64Array(gauges.length + 1)
  for (const [i, gauge] of gauges.entries()) {
    const h = distance(gauge, place)
    side[i] = h < SAME_PLACE ? 0 : -semivariance(variogram, h)
  }
  side[gauges.length] = 1
  return side
}

const byNearest = (gauges: readonly Gauge[], places: readonly Place[]): Kriged => ({
  values: places.map(
    (place) =>
      gauges.reduce((best, gauge) => (distance(gauge, place) < distance(best, place) ? gauge : best), gauges[0]!)[2],
  ),
  variances: places.map(() => null),
  quality: ['DEGRADED(nearest)'],
})

const byDistance = (gauges: readonly Gauge[], places: readonly Place[]): Kriged => ({
  values: places.map((place) => inverseDistance(gauges, place)),
  variances: places.map(() => null),
  quality: ['DEGRADED(idw)'],
})
