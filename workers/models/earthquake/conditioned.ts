import { solveLinear } from '@/domain/numeric/solveLinear'

/** A station: place in km, observed less predicted, deviation of the observation itself. */
export interface Station {
  readonly place: readonly [number, number]
  readonly residual: number
  readonly sigma: number
}

export interface Field {
  /** Deviation between and within events. */
  readonly tau: number
  readonly phi: number
  /** Correlation within the event over a distance in km. */
  readonly correlation: (kilometres: number) => number
}

export interface Conditioned {
  /** What the event as a whole is off, mean over the targets. */
  readonly bias: number
  readonly means: readonly number[]
  readonly deviations: readonly number[]
}

/** More stations than this are refused: the caller takes the nearest. */
const MOST_STATIONS = 1000

/**
 * Residual field given stations (Worden et al. 2018; Engler et al. 2022, equations 12 to 20).
 * @throws RangeError for over 1000 stations, a number that is not finite, or stations that contradict each other.
 */
export function conditionOnStations(
  stations: readonly Station[],
  targets: readonly (readonly [number, number])[],
  { tau, phi, correlation }: Field,
): Conditioned {
  const n = stations.length
  if (n > MOST_STATIONS) throw new RangeError(`${n} stations are more than ${MOST_STATIONS}.`)
  if (n === 0) return { bias: 0, means: targets.map(() => 0), deviations: targets.map(() => Math.hypot(tau, phi)) }
  const within = (one: readonly [number, number], other: readonly [number, number]): number =>
    phi ** 2 * correlation(Math.hypot(one[0] - other[0], one[1] - other[1]))
  const solve = solverOf(stations, within, 1e-8 * phi ** 2)
  const toTau = solve(new Float64Array(n).fill(tau))
  const toResidual = solve(Float64Array.from(stations, ({ residual }) => residual))
  const precision = 1 + sum(stations, (_, i) => tau * toTau[i]!)
  const common = sum(stations, ({ residual }, i) => toTau[i]! * residual) / precision
  const bias = tau * common
  const answers = targets.map((target) => {
    const cross = Float64Array.from(stations, ({ place }) => within(target, place))
    const mean = bias + sum(stations, (_, i) => cross[i]! * (toResidual[i]! - bias * (toTau[i]! / tau || 0)))
    const weights = solve(cross)
    const left = tau - sum(stations, (_, i) => cross[i]! * toTau[i]!)
    const variance = phi ** 2 - sum(stations, (_, i) => cross[i]! * weights[i]!) + left ** 2 / precision
    return { mean, deviation: Math.sqrt(Math.max(0, variance)) }
  })
  return { bias, means: answers.map(({ mean }) => mean), deviations: answers.map(({ deviation }) => deviation) }
}

const sum = (stations: readonly Station[], of: (station: Station, i: number) => number): number =>
  stations.reduce((total, station, i) => total + of(station, i), 0)

/** Solves with the covariance of the stations, factorised once by its inverse. */
function solverOf(
  stations: readonly Station[],
  within: (one: readonly [number, number], other: readonly [number, number]) => number,
  jitter: number,
): (side: Float64Array) => Float64Array {
  const n = stations.length
  if (!stations.every(({ place, residual, sigma }) => [...place, residual, sigma].every(Number.isFinite)))
    throw new RangeError('A station has a number that is not finite.')
  const covariance = (extra: number): Float64Array =>
    Float64Array.from({ length: n * n }, (_, k) => {
      const [i, j] = [Math.floor(k / n), k % n]
      return within(stations[i]!.place, stations[j]!.place) + (i === j ? stations[i]!.sigma ** 2 + extra : 0)
    })
  const unit = (): Float64Array[] => Array.from({ length: n }, (_, i) => new Float64Array(n).fill(1, i, i + 1))
  let inverse = unit()
  if (!solveLinear(covariance(0), n, inverse)) {
    inverse = unit()
    if (!solveLinear(covariance(jitter), n, inverse)) throw new RangeError('The stations contradict each other.')
  }
  return (side) =>
    Float64Array.from({ length: n }, (_, i) => inverse.reduce((total, column, j) => total + column[i]! * side[j]!, 0))
}
