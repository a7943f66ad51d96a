/** Pasquill classes, from very unstable to very stable. */
export type Stability = 'A' | 'B' | 'C' | 'D' | 'E' | 'F'
export const STABILITIES: readonly Stability[] = ['A', 'B', 'C', 'D', 'E', 'F']

export type WindLaw = 'irwin_rural' | 'irwin_urban' | 'isc3_urban'

/** Exponents A to F (Irwin 1979; ISC3 caps the stable urban ones). */
const EXPONENTS: Readonly<Record<WindLaw, readonly number[]>> = {
  irwin_rural: [0.07, 0.07, 0.1, 0.15, 0.35, 0.55],
  irwin_urban: [0.15, 0.15, 0.2, 0.25, 0.4, 0.6],
  isc3_urban: [0.15, 0.15, 0.2, 0.25, 0.3, 0.3],
}

/** Wind speed in m/s at `z` m from a speed at `zReference` m, by the power law. @throws RangeError for heights not above 0. */
export function windAtHeight(
  law: WindLaw,
  stability: Stability,
  uReference: number,
  heights: readonly [number, number],
): number {
  const [zReference, z] = heights
  if (!(zReference > 0 && z > 0 && uReference >= 0))
    throw new RangeError(`Wind is known at a height above 0 m, got ${uReference} m/s at ${zReference} m for ${z} m.`)
  return uReference * (z / zReference) ** EXPONENTS[law][STABILITIES.indexOf(stability)]!
}

/** Roughness that the limits of Golder hold for, m, and the one they are scaled by. */
const SMOOTH = { asIs: 0.006, scale: 0.03, power: 0.15 } as const

/** Class from the Monin-Obukhov length in m (Golder 1972). @throws RangeError for a length of 0 or none. */
export function stabilityByMoninObukhov(length: number, roughness: number = SMOOTH.asIs): Stability {
  if (length === 0 || Number.isNaN(length)) throw new RangeError(`A Monin-Obukhov length is not ${length}.`)
  const factor = roughness === SMOOTH.asIs ? 1 : (roughness / SMOOTH.scale) ** SMOOTH.power
  const size = Math.abs(length) / factor
  if (length > 0) return size >= 100 ? 'D' : size >= 25 ? 'E' : 'F'
  if (size < 8) return 'A'
  return size < 15 ? 'B' : size < 60 ? 'C' : 'D'
}

export type Sky = 'strongSun' | 'moderateSun' | 'slightSun' | 'overcast' | 'cloudyNight' | 'clearNight'

/** Class from the wind at 10 m and the sky (Turner 1970); between two classes the more stable, which is safer. */
export function stabilityByWind(windSpeed: number, sky: Sky): Stability {
  const column = { strongSun: 0, moderateSun: 1, slightSun: 2, overcast: 3, cloudyNight: 4, clearNight: 5 }[sky]
  const row = [2, 3, 5, 6].filter((limit) => windSpeed >= limit).length
  return ['ABBDFF', 'BBCDEF', 'BCCDDE', 'CDDDDD', 'CDDDDD'][row]![column] as Stability
}
