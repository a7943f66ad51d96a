/** The city's depth lines, cm: shoes, cars, trucks, people. One setting (decisions of the first weeks, 9). */
export const DEPTH_LINES_CM = [15, 27, 50, 90] as const

const THINNEST_CM = 1
const DEEPEST_CM = 1000
const CODES = 254

/** Depth as one byte: 0 is dry, 1 to 255 rise from 1 cm to 10 m in steps of equal ratio, and every depth line has a code of its own. */
export interface DepthScale {
  readonly lines_cm: readonly number[]
  /** Least depth of each code, m, as 32-bit floats; code 0 has 0. */
  readonly least_m: Float32Array
  /** Code at which each line begins. */
  readonly lineCodes: readonly number[]
}

/** @throws RangeError unless the lines rise between 1 cm and 10 m. */
export function depthScale(lines_cm: readonly number[] = DEPTH_LINES_CM): DepthScale {
  const anchors = [THINNEST_CM, ...lines_cm, DEEPEST_CM]
  if (anchors.some((anchor, k) => k > 0 && !(anchor > anchors[k - 1]!)))
    throw new RangeError(
      `Depth lines must rise between ${THINNEST_CM} and ${DEEPEST_CM} cm, got ${lines_cm.join(', ')}.`,
    )
  const whole = Math.log(DEEPEST_CM / THINNEST_CM)
  const codes = anchors.map((anchor, k) =>
    Math.max(1 + k, 1 + Math.round((CODES * Math.log(anchor / THINNEST_CM)) / whole)),
  )
  const least_m = new Float32Array(CODES + 2)
  for (let k = 0; k + 1 < anchors.length; k++) {
    const [from, until] = [codes[k]!, codes[k + 1]!]
    const ratio = anchors[k + 1]! / anchors[k]!
    for (let code = from; code < until; code++)
      least_m[code] = (anchors[k]! * ratio ** ((code - from) / (until - from))) / 100
  }
  least_m[CODES + 1] = DEEPEST_CM / 100
  return { lines_cm, least_m, lineCodes: codes.slice(1, -1) }
}

/** Code of a depth in m: the highest whose least depth it reaches, so that a line is passed by the depth and its code at once. */
export function encodeDepth({ least_m }: DepthScale, depth_m: number): number {
  const depth = Math.fround(depth_m)
  let low = 0
  let high = least_m.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (depth >= least_m[middle]!) low = middle
    else high = middle - 1
  }
  return low
}

/** Number of lines that a code has reached: 0 to the number of lines. */
export function classOfCode({ lineCodes }: DepthScale, code: number): number {
  return lineCodes.filter((line) => code >= line).length
}
