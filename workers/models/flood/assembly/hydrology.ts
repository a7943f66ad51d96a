// What happens between the sky, the ground and the sewers at the end of an interval, and what is recorded of it.
import {
  BLOCK, H, PAD, QX, QY, addAccount, bandRows, blockAt, cells, edgeBytes, edgeNow, faceAt, hydro, maxLane, plain, rainy,
  record, rim, rimmed, rowBytes, tileCols, tileMax, tileSpeed, tiles, wet,
} from './memory'
import { dryQuanta } from './face'

// A hydrology block: rain[4] and conductivity[4] in quanta/s, suction[4] in quanta, infiltrated[4] in 1/64 quanta, drain[4] in quanta/s.
const K: usize = 16
const S: usize = 32
const F: usize = 48
const D: usize = 64

@inline function near(v: v128): v128 { return i32x4.trunc_sat_f32x4_s(v128.nearest<f32>(v)) }
@inline function widen(sum: v128, v: v128): v128 {
  return v128.add<i64>(sum, v128.add<i64>(i64x2.extend_low_i32x4_s(v), i64x2.extend_high_i32x4_s(v)))
}
@inline function total(v: v128): i64 { return i64x2.extract_lane(v, 0) + i64x2.extract_lane(v, 1) }

/**
 * Rain, Green-Ampt infiltration and inlet capacity of band b over `dt` seconds. What a constant rate gives by time T is
 * round(rate T), so that nothing is lost to rounding: r0, r1 bound the interval in the rain field's time, d0, d1 in model time.
 */
export function hydrologyOf(b: i32, dt: f32, r0: f32, r1: f32, d0: f32, d1: f32): void {
  const zero = i32x4.splat(0)
  let fell = i64x2.splat(0), sank = i64x2.splat(0), drained = i64x2.splat(0)
  for (let t = 0; t < tiles; t++) {
    const m = tileMax + (plain(b, t) << 2)
    if (!load<u8>(rainy + plain(b, t)) && load<i32>(m) <= 0) continue
    let mx = zero
    for (let j = b * bandRows; j < (b + 1) * bandRows; j++) {
      let p = blockAt(j, t * tileCols)
      const end = p + <usize>(tileCols >> 2) * BLOCK
      for (; p < end; p += BLOCK) {
        const y = p - cells + hydro
        const rain = v128.load(y)
        const r = v128.sub<i32>(near(v128.mul<f32>(rain, f32x4.splat(r1))), near(v128.mul<f32>(rain, f32x4.splat(r0))))
        const h = v128.add<i32>(v128.load(p, H), r)
        const held = v128.max<i32>(h, zero)
        // dF = (a + sqrt(a^2 + 8 K dt (F + S))) / 2 with a = K dt - 2F: the trapezoid rule for Green-Ampt.
        const before = v128.load(y, F), f = v128.mul<f32>(v128.convert<i32>(before), f32x4.splat(0.015625))
        const kdt = v128.mul<f32>(v128.load(y, K), f32x4.splat(dt))
        const a = v128.sub<f32>(kdt, v128.add<f32>(f, f))
        const root = v128.sqrt<f32>(v128.add<f32>(v128.mul<f32>(a, a),
          v128.mul<f32>(v128.mul<f32>(kdt, f32x4.splat(8)), v128.add<f32>(f, v128.load(y, S)))))
        const after = v128.add<i32>(before, near(v128.mul<f32>(v128.add<f32>(a, root), f32x4.splat(32))))
        const want = v128.max<i32>(v128.sub<i32>(v128.shr<i32>(after, 6), v128.shr<i32>(before, 6)), zero)
        const sunk = v128.min<i32>(want, held)
        v128.store(y, v128.bitselect(after, v128.add<i32>(before, v128.shl<i32>(sunk, 6)), v128.eq<i32>(want, sunk)), F)
        const inlet = v128.load(y, D)
        const open = v128.sub<i32>(near(v128.mul<f32>(inlet, f32x4.splat(d1))), near(v128.mul<f32>(inlet, f32x4.splat(d0))))
        const left = v128.sub<i32>(h, sunk)
        const out = v128.min<i32>(open, v128.max<i32>(left, zero))
        const hn = v128.sub<i32>(left, out)
        v128.store(p, hn, H)
        mx = v128.max<i32>(mx, hn)
        fell = widen(fell, r)
        sank = widen(sank, sunk)
        drained = widen(drained, out)
      }
    }
    const most = maxLane(mx)
    store<i32>(m, most)
    if (most > dryQuanta) {
      store<u8>(wet + rimmed(b, t), 3)
      store<u8>(rim + rimmed(b, t), 15 | (load<u8>(rim + rimmed(b, t)) & 240))
    }
  }
  addAccount(32, total(fell))
  addAccount(33, total(sank))
  addAccount(34, total(drained))
}

/** Peak depth, arrival and duration above `line` quanta, and peak speed of band b at model time `time`, `dt` s after the last record. */
export function recordOf(b: i32, lineQuanta: i32, time: f32, dt: f32): void {
  const mark = i32x4.splat(lineQuanta), dry = i32x4.splat(dryQuanta), half = f32x4.splat(0.5)
  for (let t = 0; t < tiles; t++) {
    if (load<i32>(tileMax + (plain(b, t) << 2)) <= 0) continue
    for (let k = 0; k < bandRows; k++) {
      const j = b * bandRows + k
      let p = blockAt(j, t * tileCols), r = faceAt(t)
      const end = p + <usize>(tileCols >> 2) * BLOCK
      for (; p < end; p += BLOCK, r += 16) {
        const y = record + ((p - cells) / BLOCK << 6)
        const h = v128.load(p, H)
        v128.store(y, v128.max<i32>(v128.load(y), h))
        const over = v128.ge<i32>(h, mark), arrival = v128.load(y, 16)
        v128.store(y, v128.bitselect(f32x4.splat(time), arrival, v128.and(over, v128.eq<f32>(arrival, f32x4.splat(0)))), 16)
        v128.store(y, v128.add<f32>(v128.load(y, 32), v128.and(over, f32x4.splat(dt))), 32)
        const qx = v128.load(p, QX)
        const qn = k == bandRows - 1 ? v128.load(edgeNow + <usize>(b + 1) * edgeBytes + r) : v128.load(p, QY)
        const qs = k == 0 ? v128.load(edgeNow + <usize>b * edgeBytes + r) : v128.load(p - rowBytes, QY)
        const u = v128.mul<f32>(v128.add<f32>(qx, v128.shuffle<i32>(v128.load(p - BLOCK, QX), qx, 3, 4, 5, 6)), half)
        const v = v128.mul<f32>(v128.add<f32>(qn, qs), half)
        const q = v128.sqrt<f32>(v128.add<f32>(v128.mul<f32>(u, u), v128.mul<f32>(v, v)))
        const speed = v128.div<f32>(v128.mul<f32>(q, f32x4.splat(1048576.0)), v128.convert<i32>(v128.max<i32>(h, i32x4.splat(1))))
        v128.store(y, v128.pmax<f32>(v128.load(y, 48), v128.and(speed, v128.gt<i32>(h, dry))), 48)
      }
    }
  }
}

@inline function along(q: v128, h: v128, next: v128): v128 {
  const deeper = v128.convert<i32>(v128.max<i32>(v128.max<i32>(h, next), i32x4.splat(1)))
  return v128.div<f32>(v128.mul<f32>(v128.abs<f32>(q), f32x4.splat(1048576.0)), deeper)
}

/** Fastest flow through the faces of each tile of band b: what the next time steps are bounded by. */
export function speedOf(b: i32): void {
  for (let t = 0; t < tiles; t++) {
    let fastest = f32x4.splat(0)
    if (load<u8>(wet + rimmed(b, t))) {
      for (let k = 0; k < bandRows; k++) {
        let p = blockAt(b * bandRows + k, t * tileCols), r = faceAt(t)
        const end = p + <usize>(tileCols >> 2) * BLOCK
        for (; p < end; p += BLOCK, r += 16) {
          const h = v128.load(p, H)
          const qn = k == bandRows - 1 ? v128.load(edgeNow + <usize>(b + 1) * edgeBytes + r) : v128.load(p, QY)
          fastest = v128.max<f32>(fastest, along(v128.load(p, QX), h, v128.shuffle<i32>(h, v128.load(p + BLOCK, H), 1, 2, 3, 4)))
          fastest = v128.max<f32>(fastest, along(qn, h, v128.load(p + rowBytes, H)))
        }
      }
    }
    store<f32>(tileSpeed + (plain(b, t) << 2), max(
      max(f32x4.extract_lane(fastest, 0), f32x4.extract_lane(fastest, 1)),
      max(f32x4.extract_lane(fastest, 2), f32x4.extract_lane(fastest, 3)),
    ))
  }
}
