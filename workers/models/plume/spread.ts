import { STABILITIES } from './stability'
import type { Stability } from './stability'

export type SpreadSet = 'briggs_rural' | 'briggs_urban' | 'isc3_rural' | 'ccps_puff'

export interface Spread {
  /** Standard deviations across and upwards, m. */
  readonly y: number
  readonly z: number
}

/**
 * Standard deviations of the cloud `x` m downwind.
 * @throws RangeError unless x is above 0 and finite.
 */
export function spread(set: SpreadSet, stability: Stability, x: number): Spread {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) throw new RangeError(`A spread is known downwind, not at ${x} m.`)
  const k = STABILITIES.indexOf(stability)
  switch (set) {
    case 'briggs_rural':
      return {
        y: ([0.22, 0.16, 0.11, 0.08, 0.06, 0.04][k]! * x) / Math.sqrt(1 + 1e-4 * x),
        z: briggsRuralZ(stability, x),
      }
    case 'briggs_urban':
      return {
        y: ([0.32, 0.32, 0.22, 0.16, 0.11, 0.11][k]! * x) / Math.sqrt(1 + 4e-4 * x),
        z: briggsUrbanZ(stability, x),
      }
    case 'isc3_rural':
      return isc3(stability, x / 1000)
    case 'ccps_puff':
      return {
        y: [0.18, 0.14, 0.1, 0.06, 0.04, 0.02][k]! * x ** [0.92, 0.92, 0.92, 0.92, 0.92, 0.89][k]!,
        z: [0.6, 0.53, 0.34, 0.15, 0.1, 0.05][k]! * x ** [0.75, 0.73, 0.71, 0.7, 0.65, 0.61][k]!,
      }
  }
}

/** Briggs (1973), open country. */
function briggsRuralZ(stability: Stability, x: number): number {
  switch (stability) {
    case 'A':
      return 0.2 * x
    case 'B':
      return 0.12 * x
    case 'C':
      return (0.08 * x) / Math.sqrt(1 + 2e-4 * x)
    case 'D':
      return (0.06 * x) / Math.sqrt(1 + 15e-4 * x)
    case 'E':
      return (0.03 * x) / (1 + 3e-4 * x)
    case 'F':
      return (0.016 * x) / (1 + 3e-4 * x)
  }
}

/** Briggs (1973), town. */
function briggsUrbanZ(stability: Stability, x: number): number {
  switch (stability) {
    case 'A':
    case 'B':
      return 0.24 * x * Math.sqrt(1 + 1e-3 * x)
    case 'C':
      return 0.2 * x
    case 'D':
      return (0.14 * x) / Math.sqrt(1 + 3e-4 * x)
    case 'E':
    case 'F':
      return (0.08 * x) / Math.sqrt(1 + 15e-4 * x)
  }
}

type Range = readonly [untilKm: number, a: number, b: number]
const BEYOND = Number.POSITIVE_INFINITY

/** EPA-454/B-95-003b table 1-2: sigma z = a x^b, x in km up to the limit. */
const ISC3_Z: Readonly<Record<Stability, readonly Range[]>> = {
  A: [
    [0.1, 122.8, 0.9447],
    [0.15, 158.08, 1.0542],
    [0.2, 170.22, 1.0932],
    [0.25, 179.52, 1.1262],
    [0.3, 217.41, 1.2644],
    [0.4, 258.89, 1.4094],
    [0.5, 346.75, 1.7283],
    [BEYOND, 453.85, 2.1166],
  ],
  B: [
    [0.2, 90.673, 0.93198],
    [0.4, 98.483, 0.98332],
    [BEYOND, 109.3, 1.0971],
  ],
  C: [[BEYOND, 61.141, 0.91465]],
  D: [
    [0.3, 34.459, 0.86974],
    [1, 32.093, 0.81066],
    [3, 32.093, 0.64403],
    [10, 33.504, 0.60486],
    [30, 36.65, 0.56589],
    [BEYOND, 44.053, 0.51179],
  ],
  E: [
    [0.1, 24.26, 0.8366],
    [0.3, 23.331, 0.81956],
    [1, 21.628, 0.7566],
    [2, 21.628, 0.63077],
    [4, 22.534, 0.57154],
    [10, 24.703, 0.50527],
    [20, 26.97, 0.46713],
    [40, 35.42, 0.37615],
    [BEYOND, 47.618, 0.29592],
  ],
  F: [
    [0.2, 15.209, 0.81558],
    [0.7, 14.457, 0.78407],
    [1, 13.953, 0.68465],
    [2, 13.953, 0.63227],
    [3, 14.823, 0.54503],
    [7, 16.187, 0.4649],
    [15, 17.836, 0.41507],
    [30, 22.651, 0.32681],
    [60, 27.074, 0.27436],
    [BEYOND, 34.219, 0.21716],
  ],
}

/** EPA-454/B-95-003b table 1-1, equation 1-32. */
function isc3(stability: Stability, km: number): Spread {
  const k = STABILITIES.indexOf(stability)
  const c = [24.167, 18.333, 12.5, 8.333, 6.25, 4.1667][k]!
  const d = [2.5334, 1.8096, 1.0857, 0.72382, 0.54287, 0.36191][k]!
  const [, a, b] = ISC3_Z[stability].find(([until]) => km <= until)!
  return {
    y: 465.11628 * km * Math.tan(0.017453293 * (c - d * Math.log(km))),
    z: Math.min(5000, a * km ** b),
  }
}
