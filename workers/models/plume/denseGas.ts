const GRAVITY = 9.81
const AIR_GAS_CONSTANT = 287.05
const STANDARD_PRESSURE = 101_325

/** Cold or heavy gas at its release. */
export interface DenseRelease {
  /** Density of the gas at its release temperature, kg/m³. */
  readonly density: number
  readonly gasKelvin: number
  readonly airKelvin: number
  /** Wind at 10 m, m/s. */
  readonly wind: number
}

/** Straight pieces of beta over alpha: up to the limit, slope, intercept. */
type Pieces = readonly (readonly [until: number, slope: number, intercept: number])[]
type Curves = readonly (readonly [share: number, pieces: Pieces])[]
const END = Number.POSITIVE_INFINITY

/** Britter and McQuaid (1988) as fitted in CCPS (1999), continuous release. */
const PLUME: Curves = [
  [
    0.1,
    [
      [-0.55, 0, 1.75],
      [-0.14, 0.24, 1.88],
      [END, -0.5, 1.78],
    ],
  ],
  [
    0.05,
    [
      [-0.68, 0, 1.92],
      [-0.29, 0.36, 2.16],
      [-0.18, 0, 2.06],
      [END, -0.56, 1.96],
    ],
  ],
  [
    0.02,
    [
      [-0.69, 0, 2.08],
      [-0.31, 0.45, 2.39],
      [-0.16, 0, 2.25],
      [END, -0.54, 2.16],
    ],
  ],
  [
    0.01,
    [
      [-0.7, 0, 2.25],
      [-0.29, 0.49, 2.59],
      [-0.2, 0, 2.45],
      [END, -0.52, 2.35],
    ],
  ],
  [
    0.005,
    [
      [-0.67, 0, 2.4],
      [-0.28, 0.59, 2.8],
      [-0.15, 0, 2.63],
      [END, -0.48, 2.56],
    ],
  ],
  [
    0.002,
    [
      [-0.69, 0, 2.6],
      [-0.25, 0.39, 2.87],
      [-0.13, 0, 2.77],
      [END, -0.5, 2.71],
    ],
  ],
]

/** The same for an instantaneous release. */
const PUFF: Curves = [
  [
    0.1,
    [
      [-0.44, 0, 0.7],
      [0.43, 0.26, 0.81],
      [END, 0, 0.93],
    ],
  ],
  [
    0.05,
    [
      [-0.56, 0, 0.85],
      [0.31, 0.26, 1],
      [END, -0.12, 1.12],
    ],
  ],
  [
    0.02,
    [
      [-0.66, 0, 0.95],
      [0.32, 0.36, 1.19],
      [END, -0.26, 1.38],
    ],
  ],
  [
    0.01,
    [
      [-0.71, 0, 1.15],
      [0.37, 0.34, 1.39],
      [END, -0.38, 1.66],
    ],
  ],
  [
    0.005,
    [
      [-0.52, 0, 1.48],
      [0.24, 0.26, 1.62],
      [END, -0.3, 1.75],
    ],
  ],
  [
    0.002,
    [
      [0.27, 0, 1.83],
      [END, -0.32, 1.92],
    ],
  ],
  [
    0.001,
    [
      [-0.1, 0, 2.075],
      [END, -0.27, 2.05],
    ],
  ],
]

/** lg of the scaled distance at which each share of the source's concentration is met. */
export function denseCurve(mode: 'plume' | 'puff', alpha: number): { readonly share: number; readonly beta: number }[] {
  return (mode === 'plume' ? PLUME : PUFF).map(([share, pieces]) => {
    const [, slope, intercept] = pieces.find(([until]) => alpha <= until)!
    return { share, beta: slope * alpha + intercept }
  })
}

/** Reduced gravity of the release, m/s²; negative for a light gas. */
export function reducedGravity({ density, airKelvin }: DenseRelease): number {
  const air = STANDARD_PRESSURE / (AIR_GAS_CONSTANT * airKelvin)
  return (GRAVITY * (density - air)) / air
}

/** Whether a cloud is dense, so that a Gaussian is wrong near it; `volume` is m³/s of a plume or m³ of a puff. */
export function denseGas(mode: 'plume' | 'puff', release: DenseRelease, volume: number): boolean {
  const gravity = reducedGravity(release)
  if (gravity <= 0) return false
  const { wind } = release
  return mode === 'plume'
    ? Math.cbrt((gravity * volume) / (wind ** 3 * Math.sqrt(volume / wind))) >= 0.15
    : Math.sqrt(gravity * Math.cbrt(volume)) / wind >= 0.2
}

/**
 * Volume fraction `x` m downwind of a steady dense release of `volume` m³/s.
 * @throws RangeError for a gas lighter than air, or numbers not above 0.
 */
export function densePlume(release: DenseRelease, volume: number, x: number): number {
  const gravity = checked(release, volume, x)
  const alpha = 0.2 * Math.log10((gravity ** 2 * volume) / release.wind ** 5)
  const scaled = x / Math.sqrt(volume / release.wind)
  const near = (distance: number): number => 306 / (306 + distance ** 2)
  return warmed(shareAt(denseCurve('plume', alpha), scaled, { near, nearUntil: 30 }), release)
}

/** Volume fraction `x` m downwind of an instantaneous dense release of `volume` m³. @throws RangeError as above. */
export function densePuff(release: DenseRelease, volume: number, x: number): number {
  const gravity = checked(release, volume, x)
  const alpha = 0.5 * Math.log10((gravity * Math.cbrt(volume)) / release.wind ** 2)
  const near = (distance: number): number => Math.max(0.1, 3.24 / (3.24 + distance ** 2))
  return warmed(shareAt(denseCurve('puff', alpha), x / Math.cbrt(volume), { near, nearUntil: 0 }), release)
}

function checked(release: DenseRelease, volume: number, x: number): number {
  const gravity = reducedGravity(release)
  const { wind, gasKelvin } = release
  if (!(gravity > 0)) throw new RangeError(`The gas is not heavier than air: ${release.density} kg/m³.`)
  if (!(wind > 0 && gasKelvin > 0 && volume > 0 && x > 0))
    throw new RangeError('Wind, temperature, volume and distance are above 0.')
  return gravity
}

/** Between curves the logarithm of the share is linear in that of the distance; beyond the last it falls as 1 / x². */
function shareAt(
  curve: readonly { readonly share: number; readonly beta: number }[],
  scaled: number,
  { near, nearUntil }: { near: (scaled: number) => number; nearUntil: number },
): number {
  const [first, last] = [curve[0]!, curve.at(-1)!]
  const points =
    nearUntil > 0 && nearUntil < 10 ** first.beta
      ? [{ share: near(nearUntil), beta: Math.log10(nearUntil) }, ...curve]
      : curve
  const beta = Math.log10(scaled)
  if (beta <= points[0]!.beta) return near(scaled)
  if (beta >= last.beta) return last.share * (10 ** last.beta / scaled) ** 2
  const next = points.findIndex((point) => point.beta >= beta)
  const [low, high] = [points[next - 1]!, points[next]!]
  return low.share * (high.share / low.share) ** ((beta - low.beta) / (high.beta - low.beta))
}

/** Correction for a cold release (workbook section 5.5). */
const warmed = (share: number, { gasKelvin, airKelvin }: DenseRelease): number =>
  share / (share + (1 - share) * (gasKelvin / airKelvin))
