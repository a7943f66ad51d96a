// The flow through one face, four faces at a time.
// Named, because a literal inside <f32>(…) is itself rounded to 32 bits.
export const GRAVITY: f64 = 9.81
const QUANTA: f64 = 1048576.0
const QUANTA_7_3: f64 = 111703428529434.0 // 2^(20 * 7/3)
const HALF: f64 = 0.5
const MAGIC: f32 = 12582912.0 // 1.5 * 2^23: adding it leaves |v| < 2^22 rounded to an integer in the mantissa
const MAGIC_BITS: i32 = 0x4b400000
/** Half of 8.3e6 quanta keeps a face volume below 2^22. */
const MOST: i32 = 8300000

export const LEVELS: i32 = 8
// Constants of a time step by level: gradient, friction, volume of a unit flow, and its inverse.
export const stepOf = memory.data(LEVELS * 64, 16)
export let kSide: v128 = f32x4.splat(0)
export let kDry: v128 = f32x4.splat(0)
export let kFroude: v128 = f32x4.splat(0)
export let dryQuanta: i32 = 0

/** Constants for the levels 0 to `most` of a finest step of dt seconds on cells of dx metres. */
export function setSteps(dt: f64, dx: f64, most: i32): void {
  for (let l = 0; l <= most; l++) {
    const s = dt * <f64>(1 << l)
    const p = stepOf + (<usize>l << 6)
    v128.store(p, f32x4.splat(<f32>(GRAVITY * s / dx / QUANTA / QUANTA)))
    v128.store(p, f32x4.splat(<f32>(HALF * s * QUANTA_7_3)), 16)
    v128.store(p, f32x4.splat(<f32>(s / dx * QUANTA)), 32)
    v128.store(p, f32x4.splat(<f32>(dx / s / QUANTA)), 48)
  }
}

export function setScheme(theta: f64, dryDepth: f64, froude: f64): void {
  kSide = f32x4.splat(<f32>(HALF * (<f64>1.0 - theta)))
  kDry = f32x4.splat(<f32>(dryDepth * QUANTA))
  kFroude = f32x4.splat(<f32>(froude * Math.sqrt(GRAVITY) / 1073741824.0))
  dryQuanta = <i32>(dryDepth * QUANTA)
}

/** x^(-1/3): first guess from the bits, one correction of third order; relative error below 2.5e-4. */
@inline function inverseCubeRoot(x: v128): v128 {
  let t = v128.add<i32>(v128.shr<i32>(x, 2), v128.shr<i32>(x, 4))
  t = v128.add<i32>(t, v128.shr<i32>(t, 4))
  t = v128.add<i32>(t, v128.shr<i32>(t, 8))
  const y = v128.sub<i32>(i32x4.splat(0x548c2b4b), t)
  const c = v128.mul<f32>(v128.mul<f32>(x, y), v128.mul<f32>(y, y))
  const k = v128.add<f32>(
    v128.mul<f32>(c, v128.add<f32>(v128.mul<f32>(c, f32x4.splat(0.22222222)), f32x4.splat(-0.7777778))),
    f32x4.splat(1.5555556),
  )
  return v128.mul<f32>(y, k)
}

/**
 * Water volume through the face between a left and a right cell in one step, as float quanta; the unit flow is this by
 * the inverse volume constant. e = z + h and z in quanta, l = most that each may give, q = flow before, qm and qp = flow
 * before at the next faces along the flow, gn = sum of g n^2.
 */
@inline export function faceVolume(
  eL: v128, zL: v128, lL: v128, eR: v128, zR: v128, lR: v128, q: v128, qm: v128, qp: v128, gn: v128,
  grad: v128, fric: v128, vol: v128,
): v128 {
  const hf = v128.convert<i32>(v128.sub<i32>(v128.max<i32>(eL, eR), v128.max<i32>(zL, zR)))
  const de = v128.convert<i32>(v128.sub<i32>(eL, eR))
  // Smoothing along the flow; none beside a dry face, where it brakes the front, and none against the slope.
  const diff = v128.mul<f32>(v128.sub<f32>(v128.add<f32>(qm, qp), v128.add<f32>(q, q)), kSide)
  const smooth = v128.add<f32>(q, diff)
  const keep = v128.and(
    v128.ne<f32>(v128.mul<f32>(qm, qp), f32x4.splat(0)),
    v128.ge<f32>(v128.mul<f32>(smooth, de), f32x4.splat(0)),
  )
  const qb = v128.add<f32>(q, v128.and(diff, keep))
  const num = v128.add<f32>(v128.mul<f32>(v128.mul<f32>(hf, grad), de), qb)
  const xy = v128.mul<f32>(hf, inverseCubeRoot(hf))
  const h73 = v128.mul<f32>(v128.mul<f32>(xy, xy), hf)
  const den = v128.add<f32>(v128.mul<f32>(v128.mul<f32>(gn, fric), v128.abs<f32>(q)), h73)
  const qn = v128.div<f32>(v128.mul<f32>(num, h73), den)
  const critical = v128.mul<f32>(v128.mul<f32>(hf, v128.sqrt<f32>(hf)), kFroude)
  const capped = v128.pmin<f32>(v128.pmax<f32>(qn, v128.neg<f32>(critical)), critical)
  const want = v128.mul<f32>(capped, vol)
  return v128.and(v128.pmin<f32>(v128.pmax<f32>(want, v128.neg<f32>(lR)), lL), v128.gt<f32>(hf, kDry))
}

/** Most that a cell of depth h (quanta) may give through one face: half of what it holds. */
@inline export function givable(h: v128): v128 {
  return v128.mul<f32>(
    v128.convert<i32>(v128.min<i32>(v128.max<i32>(h, i32x4.splat(0)), i32x4.splat(MOST))),
    f32x4.splat(0.5),
  )
}

/** Rounds a float volume to whole quanta. */
@inline export function whole(volume: v128): v128 {
  return v128.sub<i32>(v128.add<f32>(volume, f32x4.splat(MAGIC)), i32x4.splat(MAGIC_BITS))
}
