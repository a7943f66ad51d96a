// One tick: flows through the faces between bands (phase A), then every band by itself, in place (phase B).
import {
  BLOCK, GN, H, QX, QY, Z, active, bandLevel, bandRows, bands, blockAt, columnMax, edgeAny, edgeBytes, edgeDone, edgeNow,
  edgeOld, edgeVolume, faceAt, level, line, maxLane, plain, rim, rimmed, rowBytes, side, skipDry, tileCols, tileMax, tiles,
  wake, wet,
} from './memory'
import { dryQuanta, faceVolume, givable, stepOf, whole } from './face'

// Constants of the run that is being swept.
let grad: v128 = f32x4.splat(0)
let fric: v128 = f32x4.splat(0)
let vol: v128 = f32x4.splat(0)
let inv: v128 = f32x4.splat(0)

@inline function useLevel(l: i32): void {
  const p = stepOf + (<usize>l << 6)
  grad = v128.load(p)
  fric = v128.load(p, 16)
  vol = v128.load(p, 32)
  inv = v128.load(p, 48)
}
@inline function due(l: i32, tick: i32): bool { return (tick & ((1 << l) - 1)) == 0 }
@inline function levelOfBand(b: i32): i32 { return load<i32>(bandLevel + (<usize>(b + 1) << 2)) }
@inline function levelOf(b: i32, t: i32): i32 { return <i32>load<u8>(level + plain(b, t)) }
@inline function sides(o: usize): i32 { const s = <i32>load<u8>(rim + o); return s | (s >> 4) }

function isAwake(b: i32, t: i32): bool {
  if (!skipDry) return true
  const o = rimmed(b, t)
  if (load<u8>(wet + o)) return true
  const band = <usize>(tiles + 2)
  return ((sides(o - 1) & 2) | (sides(o + 1) & 1) | (sides(o - band) & 8) | (sides(o + band) & 4)) != 0
}

/** Whether eight tiles and everything beside them are dry: most of a city, most of the time. */
@inline function sleepEight(b: i32, t: i32): bool {
  if (!skipDry || t + 8 > tiles) return false
  const o = wet + rimmed(b, t), band = <usize>(tiles + 2)
  return (load<u64>(o - 1) | load<u64>(o) | load<u64>(o + 1) | load<u64>(o - band) | load<u64>(o + band)) == 0
}

/** Marks the tiles of band b for this tick and computes the flow through the faces between bands b-1 and b. */
export function phaseA(b: i32, tick: i32): void {
  const own = due(levelOfBand(b), tick)
  const south = b > 0 && due(levelOfBand(b - 1), tick)
  if (own) {
    for (let t = 0; t < tiles; t++) {
      if (sleepEight(b, t)) {
        store<u64>(active + plain(b, t), 0)
        t += 7
      } else store<u8>(active + plain(b, t), isAwake(b, t) ? (due(levelOf(b, t), tick) ? 2 : 1) : 0)
    }
  } else memory.fill(active + plain(b, 0), 0, <usize>tiles)
  let any = 0
  if (b > 0 && (own || south)) {
    for (let t = 0; t < tiles; t++) {
      if (sleepEight(b, t)) {
        store<u64>(edgeDone + plain(b, t), 0)
        t += 7
        continue
      }
      const l = min(levelOf(b - 1, t), levelOf(b, t))
      const run = due(l, tick) && (!skipDry || (load<u8>(wet + rimmed(b - 1, t)) | load<u8>(wet + rimmed(b, t))) != 0)
      store<u8>(edgeDone + plain(b, t), run ? 1 : 0)
      if (!run) continue
      any = 1
      useLevel(l)
      edgeTile(b, t)
    }
  }
  store<i32>(edgeAny + (<usize>b << 2), any)
}

function edgeTile(b: i32, t: i32): void {
  let p = blockAt(b * bandRows - 1, t * tileCols)
  let r = <usize>b * edgeBytes + faceAt(t)
  const end = p + <usize>(tileCols >> 2) * BLOCK
  for (; p < end; p += BLOCK, r += 16) {
    const n = p + rowBytes
    const h = v128.load(p, H), z = v128.load(p, Z), hN = v128.load(n, H), zN = v128.load(n, Z), q = v128.load(edgeNow + r)
    const w = faceVolume(v128.add<i32>(h, z), z, givable(h), v128.add<i32>(hN, zN), zN, givable(hN), q,
      v128.load(p - rowBytes, QY), v128.load(n, QY), v128.add<f32>(v128.load(p, GN), v128.load(n, GN)), grad, fric, vol)
    v128.store(edgeOld + r, q)
    v128.store(edgeNow + r, v128.mul<f32>(w, inv))
    v128.store(edgeVolume + r, whole(w))
  }
}

/** The face west of a run whose western tile is not swept in this tick: its volume is taken from that tile here. */
function westFace(b: i32, t: i32, p: usize): v128 {
  const w = p - BLOCK, lane = i32x4(0, 0, 0, -1)
  const h = v128.load(w, H), z = v128.load(w, Z), q = v128.load(w, QX), g = v128.load(w, GN)
  const hE = v128.load(p, H), zE = v128.load(p, Z), e = v128.add<i32>(h, z), eE = v128.add<i32>(hE, zE)
  const f = v128.and(lane, faceVolume(
    e, z, givable(h), v128.shuffle<i32>(e, eE, 1, 2, 3, 4), v128.shuffle<i32>(z, zE, 1, 2, 3, 4),
    v128.shuffle<i32>(givable(h), givable(hE), 1, 2, 3, 4), q, v128.shuffle<i32>(v128.load(w - BLOCK, QX), q, 3, 4, 5, 6),
    v128.shuffle<i32>(q, v128.load(p, QX), 1, 2, 3, 4), v128.add<f32>(g, v128.shuffle<i32>(g, v128.load(p, GN), 1, 2, 3, 4)),
    grad, fric, vol))
  v128.store(w, v128.bitselect(v128.mul<f32>(f, inv), q, lane), QX)
  const v = whole(f)
  const hn = v128.sub<i32>(h, v)
  v128.store(w, hn, H)
  if (i32x4.extract_lane(v, 3) != 0) wake(b, t - 1, i32x4.extract_lane(hn, 3))
  return v
}

/** Row j of the run of tiles [ta, tb). kind: 0 inside the band, 1 the row below its top row, 2 its top row. */
@inline function sweepRow(b: i32, j: i32, ta: i32, tb: i32, kind: i32): void {
  const x0 = faceAt(ta)
  let p = blockAt(j, ta * tileCols), o = line + (x0 << 1), r = <usize>(b + 1) * edgeBytes + x0
  const s = side + (<usize>(j - b * bandRows) << 5)
  const west = ta > 0 ? <i32>load<u8>(active + plain(b, ta - 1)) : 0
  const east = tb < tiles ? <i32>load<u8>(active + plain(b, tb)) : 0
  let qxPrev = v128.load(p - BLOCK, QX), vxPrev = i32x4.splat(0)
  if (west == 2) {
    vxPrev = v128.load(s)
    qxPrev = v128.load(s, 16)
  } else if (west == 1) vxPrev = westFace(b, ta, p)
  // The east side belongs to the finer of both tiles when both are swept.
  const mixed = east == 2 && levelOf(b, tb) < levelOf(b, ta)
  let xGrad = grad, xFric = fric, xVol = vol, xInv = inv
  let h = v128.load(p, H), z = v128.load(p, Z), qx = v128.load(p, QX), gn = v128.load(p, GN)
  let e = v128.add<i32>(h, z), l = givable(h)
  for (let t = ta; t < tb; t++) {
    let mx = v128.load(columnMax + (<usize>t << 4))
    const full = p + <usize>(tileCols >> 2) * BLOCK
    let stop = mixed && t == tb - 1 ? full - BLOCK : full
    while (true) {
      for (; p < stop; p += BLOCK, o += 32, r += 16) {
        const h4 = v128.load(p, H + BLOCK), z4 = v128.load(p, Z + BLOCK), qx4 = v128.load(p, QX + BLOCK), gn4 = v128.load(p, GN + BLOCK)
        const e4 = v128.add<i32>(h4, z4), l4 = givable(h4)
        const wx = faceVolume(e, z, l, v128.shuffle<i32>(e, e4, 1, 2, 3, 4), v128.shuffle<i32>(z, z4, 1, 2, 3, 4),
          v128.shuffle<i32>(l, l4, 1, 2, 3, 4), qx, v128.shuffle<i32>(qxPrev, qx, 3, 4, 5, 6), v128.shuffle<i32>(qx, qx4, 1, 2, 3, 4),
          v128.add<f32>(gn, v128.shuffle<i32>(gn, gn4, 1, 2, 3, 4)), xGrad, xFric, xVol)
        v128.store(p, v128.mul<f32>(wx, xInv), QX)
        const vx = whole(wx)
        let vy: v128
        if (kind < 2) {
          const n = p + rowBytes
          const hN = v128.load(n, H), zN = v128.load(n, Z), qy = v128.load(p, QY)
          const qp = kind == 0 ? v128.load(n, QY) : v128.load(edgeOld + r)
          const wy = faceVolume(e, z, l, v128.add<i32>(hN, zN), zN, givable(hN), qy, v128.load(o), qp,
            v128.add<f32>(gn, v128.load(n, GN)), grad, fric, vol)
          v128.store(p, v128.mul<f32>(wy, inv), QY)
          v128.store(o, qy)
          vy = whole(wy)
        } else vy = v128.load(edgeVolume + r)
        const hn = v128.add<i32>(v128.add<i32>(h, v128.sub<i32>(v128.shuffle<i32>(vxPrev, vx, 3, 4, 5, 6), vx)), v128.sub<i32>(v128.load(o, 16), vy))
        if (kind < 2) v128.store(o, vy, 16)
        v128.store(p, hn, H)
        mx = v128.max<i32>(mx, hn)
        qxPrev = qx; vxPrev = vx; h = h4; z = z4; qx = qx4; gn = gn4; e = e4; l = l4
      }
      if (stop == full) break
      stop = full
      const finer = stepOf + (<usize>levelOf(b, tb) << 6), lane = i32x4(0, 0, 0, -1)
      xGrad = v128.bitselect(v128.load(finer), xGrad, lane)
      xFric = v128.bitselect(v128.load(finer, 16), xFric, lane)
      xVol = v128.bitselect(v128.load(finer, 32), xVol, lane)
      xInv = v128.bitselect(v128.load(finer, 48), xInv, lane)
    }
    v128.store(columnMax + (<usize>t << 4), mx)
  }
  if (east == 2) {
    v128.store(s, vxPrev)
    v128.store(s, qxPrev, 16)
  } else {
    const v = i32x4.extract_lane(vxPrev, 3)
    if (v == 0) return
    const hn = load<i32>(p) + v
    store<i32>(p, hn)
    if (tb < tiles) wake(b, tb, hn)
  }
}
function insideRow(b: i32, j: i32, ta: i32, tb: i32): void { sweepRow(b, j, ta, tb, 0) }
function lowerRow(b: i32, j: i32, ta: i32, tb: i32): void { sweepRow(b, j, ta, tb, 1) }
function topRow(b: i32, j: i32, ta: i32, tb: i32): void { sweepRow(b, j, ta, tb, 2) }

function sweepRun(b: i32, ta: i32, tb: i32): void {
  useLevel(levelOf(b, ta))
  const below = <usize>b * edgeBytes
  const x0 = faceAt(ta), x1 = faceAt(tb)
  for (let x = x0; x < x1; x += 16) {
    v128.store(line + (x << 1), v128.load(edgeOld + below + x))
    v128.store(line + (x << 1), v128.load(edgeVolume + below + x), 16)
  }
  for (let t = ta; t < tb; t++) v128.store(columnMax + (<usize>t << 4), i32x4.splat(0))
  const j0 = b * bandRows, j1 = j0 + bandRows
  for (let j = j0; j < j1 - 2; j++) insideRow(b, j, ta, tb)
  lowerRow(b, j1 - 2, ta, tb)
  topRow(b, j1 - 1, ta, tb)
}

/** After the sweep of a tile: its deepest water, and which of its sides are wet. */
function settle(b: i32, t: i32): void {
  const m = maxLane(v128.load(columnMax + (<usize>t << 4)))
  store<i32>(tileMax + (plain(b, t) << 2), m)
  const o = rimmed(b, t)
  const before = <i32>load<u8>(rim + o)
  let now = 0
  if (m > dryQuanta) {
    store<u8>(wet + o, 3)
    now = wetSides(b, t)
  } else {
    const w = <i32>load<u8>(wet + o)
    store<u8>(wet + o, <u8>(w > 0 ? w - 1 : 0))
  }
  store<u8>(rim + o, <u8>(((before & 15) << 4) | now))
}

function wetSides(b: i32, t: i32): i32 {
  const blocks = <usize>((tileCols >> 2) - 1) * BLOCK
  let p = blockAt(b * bandRows, t * tileCols)
  let w = i32x4.splat(0), e = i32x4.splat(0), s = i32x4.splat(0), n = i32x4.splat(0)
  const top = p + <usize>(bandRows - 1) * rowBytes
  for (let x: usize = 0; x <= blocks; x += BLOCK) {
    s = v128.max<i32>(s, v128.load(p + x, H))
    n = v128.max<i32>(n, v128.load(top + x, H))
  }
  for (; p <= top; p += rowBytes) {
    w = v128.max<i32>(w, v128.load(p, H))
    e = v128.max<i32>(e, v128.load(p + blocks, H))
  }
  const d = i32x4.splat(dryQuanta)
  return (v128.any_true(v128.gt<i32>(w, d)) ? 1 : 0) | (v128.any_true(v128.gt<i32>(e, d)) ? 2 : 0)
    | (v128.any_true(v128.gt<i32>(s, d)) ? 4 : 0) | (v128.any_true(v128.gt<i32>(n, d)) ? 8 : 0)
}

/** Brings the volumes of the faces between bands into a tile that is not swept in this tick. */
function receive(b: i32, t: i32): void {
  const below = load<u8>(edgeDone + plain(b, t)), above = b + 1 < bands ? load<u8>(edgeDone + plain(b + 1, t)) : 0
  const blocks = <usize>(tileCols >> 2)
  for (let k: usize = 0; k < blocks; k++) {
    const r = faceAt(t) + (k << 4)
    if (below && load<i32>(edgeAny + (<usize>b << 2))) {
      const v = v128.load(edgeVolume + <usize>b * edgeBytes + r)
      if (v128.any_true(v)) give(b, t, blockAt(b * bandRows, t * tileCols) + k * BLOCK, v)
    }
    if (above && load<i32>(edgeAny + (<usize>(b + 1) << 2))) {
      const v = v128.load(edgeVolume + <usize>(b + 1) * edgeBytes + r)
      if (v128.any_true(v)) give(b, t, blockAt(b * bandRows + bandRows - 1, t * tileCols) + k * BLOCK, v128.neg<i32>(v))
    }
  }
}
function give(b: i32, t: i32, p: usize, v: v128): void {
  const hn = v128.add<i32>(v128.load(p, H), v)
  v128.store(p, hn, H)
  wake(b, t, maxLane(hn))
}

/** Sweeps what is due of band b; returns the number of tiles swept. */
export function phaseB(b: i32, tick: i32, most: i32): i32 {
  let swept = 0
  if (due(levelOfBand(b), tick)) {
    let ta = 0
    while (ta < tiles) {
      const a = active + plain(b, ta)
      if (ta + 8 <= tiles && load<u64>(a) == 0) { ta += 8; continue }
      if (load<u8>(a) != 2) { ta++; continue }
      let tb = ta + 1
      const l = levelOf(b, ta)
      while (tb < tiles && load<u8>(active + plain(b, tb)) == 2 && levelOf(b, tb) == l) tb++
      sweepRun(b, ta, tb)
      for (let t = ta; t < tb; t++) settle(b, t)
      swept += tb - ta
      ta = tb
    }
  }
  const below = load<i32>(edgeAny + (<usize>b << 2)), above = b + 1 < bands ? load<i32>(edgeAny + (<usize>(b + 1) << 2)) : 0
  if (most > 0 && (below | above) != 0)
    for (let t = 0; t < tiles; t++) if (load<u8>(active + plain(b, t)) != 2) receive(b, t)
  return swept
}
