/** Measures of ground motion: PGA and SA in g, PGV in cm/s. */
export type GroundMotion = 'PGA' | 'PGV' | 'SA(0.3)' | 'SA(1.0)' | 'SA(3.0)'

/** Two lines over lg of the motion in cm, a third for weak motion, and the residual by distance and magnitude. */
interface Coefficients {
  readonly middle: readonly [number, number]
  readonly strong: readonly [number, number]
  readonly residual: readonly [number, number, number]
  readonly strongFrom: number
  readonly strongMmi: number
  readonly weak: readonly [number, number]
  readonly weakBelow: number
}

/** Worden et al. 2012, tables 1 and 2, with the weak-motion line of ShakeMap 4. */
const WORDEN: Readonly<Record<GroundMotion, Coefficients>> = {
  PGA: row([1.78, 1.55, -1.6, 3.7], [-0.91, 1.02, -0.17], [1.57, 4.22, 1.71, 2.08, 0.14]),
  PGV: row([3.78, 1.47, 2.89, 3.16], [0.9, 0, -0.18], [0.53, 4.56, 4.62, 2.17, -1.21]),
  'SA(0.3)': row([1.26, 1.69, -4.15, 4.14], [-1.05, 0.6, 0], [2.21, 4.99, 1.15, 1.92, 0.44]),
  'SA(1.0)': row([2.5, 1.51, 0.2, 2.9], [2.27, -0.49, -0.29], [1.65, 4.98, 2.71, 2.17, -0.33]),
  'SA(3.0)': row([3.81, 1.17, 1.99, 3.01], [1.91, -0.57, -0.21], [0.99, 4.96, 7.35, 3.45, -1.55]),
}

function row(
  [c1, c2, c3, c4]: readonly [number, number, number, number],
  residual: Coefficients['residual'],
  [strongFrom, strongMmi, w1, w2, weakBelow]: readonly [number, number, number, number, number],
): Coefficients {
  return { middle: [c1, c2], strong: [c3, c4], residual, strongFrom, strongMmi, weak: [w1, w2], weakBelow }
}

/** Gravity as the tables were made with, cm/s² per g. */
const GAL_PER_G = 981

/** Distance in km and magnitude; the residual term is used when both are known. */
export interface Origin {
  readonly kilometres?: number
  readonly magnitude?: number
}

/** Intensity of a motion, 1 to 10; a motion that is no number gives NaN. @throws RangeError for an unknown measure. */
export function groundMotionToMmi(measure: GroundMotion, amplitude: number, origin: Origin = {}): number {
  const c = coefficientsOf(measure)
  const lg = Math.log10(measure === 'PGV' ? amplitude : amplitude * GAL_PER_G)
  const [base, slope] = lg < c.weakBelow ? c.weak : lg < c.strongFrom ? c.middle : c.strong
  return Math.min(10, Math.max(1, base + slope * lg + residual(c, origin)))
}

/** Motion at an intensity, the inverse. @throws RangeError for an unknown measure. */
export function mmiToGroundMotion(measure: GroundMotion, mmi: number, origin: Origin = {}): number {
  const c = coefficientsOf(measure)
  const left = mmi - residual(c, origin)
  const [base, slope] = left < 2 ? c.weak : left < c.strongMmi ? c.middle : c.strong
  const motion = 10 ** ((left - base) / slope)
  return measure === 'PGV' ? motion : motion / GAL_PER_G
}

function coefficientsOf(measure: GroundMotion): Coefficients {
  const found: Coefficients | undefined = Object.hasOwn(WORDEN, measure) ? WORDEN[measure] : undefined
  if (found === undefined) throw new RangeError(`${measure} is no measure of ground motion here.`)
  return found
}

function residual({ residual: [c5, c6, c7] }: Coefficients, { kilometres, magnitude }: Origin): number {
  if (kilometres === undefined || magnitude === undefined) return 0
  const near = Math.min(300, Math.max(10, kilometres))
  return c5 + c6 * Math.log10(near) + c7 * Math.min(7.3, Math.max(3, magnitude))
}
