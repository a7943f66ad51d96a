import wang from './wangSuyun2000.json'

export type IntensityModel =
  | 'allen2012_rrup'
  | 'allen2012_rhypo'
  | 'atkinson_wald_2007_california'
  | 'atkinson_wald_2007_ceus'

export interface Intensity {
  /** Modified Mercalli intensity, 1 to 12. */
  readonly mmi: number
  /** One standard deviation; null where the authors give none by distance. */
  readonly sigma: number | null
}

/** Coefficients of Atkinson and Wald (2007), equation 1; depth term h and transition distance in km. */
const ATKINSON_WALD = {
  atkinson_wald_2007_california: { c: [12.27, 2.27, 0.1304, -1.3, -0.000707, 1.95, -0.577], h: 14, transition: 30 },
  atkinson_wald_2007_ceus: { c: [11.72, 2.36, 0.1155, -0.44, -0.002044, 2.31, -0.479], h: 17, transition: 80 },
} as const

/**
 * Intensity at a distance in km: to the rupture, to the hypocentre or to the fault, as the model's name says.
 * @throws RangeError for a magnitude or distance that is none.
 */
export function predictIntensity(model: IntensityModel, magnitude: number, kilometres: number): Intensity {
  check(magnitude, kilometres)
  switch (model) {
    case 'allen2012_rrup': {
      const saturation = 1 + 0.813 * Math.exp(magnitude - 5)
      const mmi = 3.95 + 0.913 * magnitude - 1.107 * Math.log(Math.hypot(kilometres, saturation))
      return { mmi: clamped(mmi), sigma: 0.72 + 0.23 / (1 + (kilometres / 44.7) ** 2) }
    }
    case 'allen2012_rhypo': {
      const saturation = -0.209 + 2.042 * Math.exp(magnitude - 5)
      const far = kilometres > 50 ? 0.078 * Math.log(kilometres / 50) : 0
      const mmi = 2.085 + 1.428 * magnitude - 1.402 * Math.log(Math.hypot(kilometres, saturation)) + far
      return { mmi: clamped(mmi), sigma: 0.82 + 0.37 / (1 + (kilometres / 22.9) ** 2) }
    }
    default:
      return { mmi: clamped(atkinsonWald(ATKINSON_WALD[model], magnitude, kilometres)), sigma: null }
  }
}

function atkinsonWald(
  { c, h, transition }: (typeof ATKINSON_WALD)[keyof typeof ATKINSON_WALD],
  magnitude: number,
  kilometres: number,
): number {
  const r = Math.hypot(kilometres, h)
  const beyond = Math.max(0, Math.log10(r / transition))
  const above = magnitude - 6
  const near = c[3] * Math.log10(r) + c[4] * r + c[5] * beyond
  return c[0] + c[1] * above + c[2] * above ** 2 + near + c[6] * magnitude * Math.log10(r)
}

/** Chinese intensity along the axes of the ellipse at `kilometres` from the epicentre. @throws RangeError as above. */
export function chinaIntensity(
  region: 'east' | 'west',
  magnitude: number,
  kilometres: number,
): { readonly major: number; readonly minor: number } {
  check(magnitude, kilometres)
  const along = (axis: 'major' | 'minor'): number => {
    const { a, b, c, r0 } = wang[region][axis]
    return clamped(a + b * magnitude - c * Math.log10(kilometres + r0))
  }
  return { major: along('major'), minor: along('minor') }
}

const clamped = (mmi: number): number => Math.min(12, Math.max(1, mmi))

function check(magnitude: number, kilometres: number): void {
  if (!Number.isFinite(magnitude) || !(kilometres >= 0) || kilometres === Number.POSITIVE_INFINITY)
    throw new RangeError(`An earthquake has a magnitude and a distance, got M ${magnitude} at ${kilometres} km.`)
}
