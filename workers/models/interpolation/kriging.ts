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

/** All places at once; undefined when the system is singular even with a jitter on its diagonal. */
function solve(gauges: readonly Gauge[], places: readonly Place[], variogram: Variogram): Kriged | undefined {
  const jitter = 1e-6 * (variogram.model === 'linear' ? variogram.slope : variogram.sill)
  const sides = places.map((place) => rightSide(gauges, place, variogram))
  const weights =
    weightsOf(leftSide(gauges, variogram, 0), sides) ?? weightsOf(leftSide(gauges, variogram, jitter), sides)
  if (weights === undefined) return undefined
  const values = weights.map((own) => gauges.reduce((sum, [, , value], i) => sum + own[i]! * value, 0))
  const variances = weights.map((own, k) => {
    const variance = -own.reduce((sum, weight, i) => sum + weight * sides[k]![i]!, 0)
    return Math.max(0, variance)
  })
  return { values, variances, quality: [] }
}

/** Few places are solved as they are, many by one inverse. */
function weightsOf(matrix: Float64Array, sides: readonly Float64Array[]): Float64Array[] | undefined {
  const size = Math.sqrt(matrix.length)
  if (sides.length < size) {
    const solutions = sides.map((side) => Float64Array.from(side))
    return solveLinear(matrix, size, solutions) ? solutions : undefined
  }
  const inverse = inverseOf(matrix, size)
  if (inverse === undefined) return undefined
  return sides.map((side) => {
    const weights = new Float64Array(size)
    for (let i = 0; i < size; i++) {
      let sum = 0
      for (let j = 0; j < size; j++) sum += inverse[i * size + j]! * side[j]!
      weights[i] = sum
    }
    return weights
  })
}

function inverseOf(matrix: Float64Array, size: number): Float64Array | undefined {
  const columns = Array.from({ length: size }, (_, i) => new Float64Array(size).fill(1, i, i + 1))
  if (!solveLinear(matrix, size, columns)) return undefined
  const inverse = new Float64Array(size * size)
  for (const [j, column] of columns.entries()) for (let i = 0; i < size; i++) inverse[i * size + j] = column[i]!
  return inverse
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
