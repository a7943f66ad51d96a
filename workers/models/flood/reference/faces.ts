import { QUANTA } from '../layout'

const GRAVITY = 9.81
const MOST_GIVEN = 8_300_000
const ROUNDING = 1.5 * 2 ** 52
const { fround } = Math

/** Constants of one time step as the kernel rounds them; quanta and seconds folded in. */
export interface Step {
  readonly gradient: number
  readonly friction: number
  readonly volume: number
  readonly inverse: number
}

/** Constants of a step of `dt` seconds on cells of `dx` metres. */
export function stepOf(dt: number, dx: number): Step {
  return {
    gradient: fround((GRAVITY * dt) / dx / QUANTA / QUANTA),
    friction: fround(0.5 * dt * 111703428529434.0), // 2^(20 * 7/3)
    volume: fround((dt / dx) * QUANTA),
    inverse: fround(dx / dt / QUANTA),
  }
}

/** Faces of one row along one axis: what they read, and where the new flow and volume go. */
export interface FaceRow {
  /** First cell, number of faces, and distance to the cell on the other side. */
  readonly first: number
  readonly count: number
  readonly stride: number
  /** Flow of this axis before the tick, by cell. */
  readonly flow: Float32Array
  /** Flow at the face behind, and where it begins. */
  readonly behind: Float32Array
  readonly behindFirst: number
  /** Where the first face's results go in `fresh` and `volume`. */
  readonly into: number
  readonly fresh: Float32Array
  readonly volume: Int32Array
}

export interface Water {
  readonly depth: Int32Array
  readonly bed: Int32Array
  readonly friction: Float32Array
}

export interface SchemeConstants {
  readonly side: number
  readonly dry: number
  readonly froude: number
}

export function schemeConstants(theta: number, dryDepth: number, froude: number): SchemeConstants {
  return {
    side: fround(0.5 * (1 - theta)),
    dry: fround(dryDepth * QUANTA),
    froude: fround((froude * Math.sqrt(GRAVITY)) / 2 ** 30),
  }
}

const float = new Float32Array(1)
const bits = new Int32Array(float.buffer)

/** x^(-1/3), bit for bit as the kernel has it. */
function inverseCubeRoot(x: number): number {
  float[0] = x
  const i = bits[0]!
  let t = (i >> 2) + (i >> 4)
  t += t >> 4
  t += t >> 8
  bits[0] = 0x548c2b4b - t
  const y = float[0]
  const c = fround(fround(x * y) * fround(y * y))
  const k = fround(fround(c * fround(fround(c * fround(0.22222222)) + fround(-0.7777778))) + fround(1.5555556))
  return fround(y * k)
}

const givable = (depth: number): number => fround(fround(Math.min(Math.max(depth, 0), MOST_GIVEN)) * 0.5)
/** Nearest whole number, ties to even. */
export const nearest = (value: number): number => value + ROUNDING - ROUNDING

/** Flow and volume through the faces of a row that share a step: the kernel's arithmetic, one face at a time. */
export function sweepFaces(row: FaceRow, step: Step, water: Water, scheme: SchemeConstants): void {
  const { depth, bed, friction } = water
  const { flow, behind, fresh, volume, stride } = row
  const { gradient, friction: brakeOf, volume: volumeOf, inverse } = step
  const { side, dry, froude } = scheme
  const last = row.into + row.count
  for (let k = row.into, p = row.first, b = row.behindFirst; k < last; k++, p++, b++) {
    const q = flow[p]!
    fresh[k] = 0
    volume[k] = 0
    const hL = depth[p]!
    const hR = depth[p + stride]!
    const eL = hL + bed[p]!
    const eR = hR + bed[p + stride]!
    const hf = fround(Math.max(eL, eR) - Math.max(bed[p]!, bed[p + stride]!))
    if (!(hf > dry)) continue
    const de = fround(eL - eR)
    const qm = behind[b]!
    const qp = flow[p + stride]!
    // Smoothed along itself; as it is beside a dry face and against the slope.
    const difference = fround(fround(fround(qm + qp) - fround(q + q)) * side)
    const smoothed = fround(q + difference)
    const isKept = fround(qm * qp) !== 0 && fround(smoothed * de) >= 0
    const push = fround(fround(fround(hf * gradient) * de) + (isKept ? smoothed : fround(q + 0)))
    const xy = fround(hf * inverseCubeRoot(hf))
    const h73 = fround(fround(xy * xy) * hf)
    const roughness = fround(friction[p]! + friction[p + stride]!)
    const brake = fround(fround(fround(roughness * brakeOf) * Math.abs(q)) + h73)
    const free = fround(fround(push * h73) / brake)
    const critical = fround(fround(hf * fround(Math.sqrt(hf))) * froude)
    const want = fround(between(free, -critical, critical) * volumeOf)
    const given = between(want, -givable(hR), givable(hL))
    fresh[k] = fround(given * inverse)
    volume[k] = nearest(given)
  }
}

const between = (value: number, least: number, most: number): number => {
  const raised = value < least ? least : value
  return most < raised ? most : raised
}
