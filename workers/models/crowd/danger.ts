/** Fruin's levels of service, from free to blocked. */
export type FruinLevel = 'A' | 'B' | 'C' | 'D' | 'E' | 'F'

/** Least space in m² per person of levels A to E (Fruin 1971). */
const SPACE = { walkway: [3.24, 2.32, 1.39, 0.93, 0.46], queue: [1.21, 0.93, 0.65, 0.28, 0.19] } as const

/** Level of service; a limit belongs to the better level. @throws RangeError for a space below 0. */
export function fruinLevel(kind: keyof typeof SPACE, squareMetresPerPerson: number): FruinLevel {
  if (!(squareMetresPerPerson >= 0)) throw new RangeError(`A space is not negative, got ${squareMetresPerPerson} m².`)
  const missed = SPACE[kind].filter((least) => squareMetresPerPerson < least).length
  return 'ABCDEF'[missed] as FruinLevel
}

/** Where turbulence begins, 1/s² (Helbing, Johansson and Al-Abideen 2007). */
const TURBULENCE = 0.02

/** Crowd pressure in 1/s²: density times the variance of velocity. @throws RangeError for a negative number. */
export function crowdPressure(
  density: number,
  velocityVariance: number,
): { readonly pressure: number; readonly isTurbulent: boolean } {
  if (!(density >= 0 && velocityVariance >= 0))
    throw new RangeError(`Density and variance are not negative, got ${density} and ${velocityVariance}.`)
  const pressure = density * velocityVariance
  return { pressure, isTurbulent: pressure >= TURBULENCE }
}

export type DensityLevel = 'green' | 'yellow' | 'orange' | 'red'

/** Level of a density in people per m² by the city's limits; a limit belongs to the higher level. */
export function densityAlert(
  density: number,
  limits: { readonly yellow: number; readonly orange: number; readonly red: number },
): DensityLevel {
  if (density >= limits.red) return 'red'
  if (density >= limits.orange) return 'orange'
  return density >= limits.yellow ? 'yellow' : 'green'
}
