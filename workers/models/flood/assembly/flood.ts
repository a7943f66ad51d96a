// Local inertial shallow water on whole quanta of depth, four cells at a time, by any number of threads.
// Equations, data layout and proofs: docs/models/flood.md.
import {
  addAccount, attachMemory, bandLevel, bandRows, bands, blockAt, control, level, number, plain, setNumber, thread, threads,
  tileCols, tileMax, tileSpeed, tiles, wake, word, wet, rimmed, at,
} from './memory'
import { GRAVITY, setScheme, setSteps } from './face'
import { phaseA, phaseB } from './sweep'
import { hydrologyOf, recordOf, speedOf } from './hydrology'

const ARRIVED: usize = 0
const GENERATION: usize = 64
const TAKEN: usize = 128
const COMMAND: usize = 192
const STOP: usize = 256
/** Spins before a waiting thread gives its core back. */
const PATIENCE: i32 = 20000

function barrier(): void {
  if (threads == 1) return
  const g = atomic.load<i32>(control + GENERATION)
  if (atomic.add<i32>(control + ARRIVED, 1) == threads - 1) {
    atomic.store<i32>(control + ARRIVED, 0)
    atomic.store<i32>(control + TAKEN, 0)
    atomic.add<i32>(control + GENERATION, 1)
    atomic.notify(control + GENERATION, threads)
    return
  }
  let spins = 0
  while (atomic.load<i32>(control + GENERATION) == g) {
    if (++spins > PATIENCE) { atomic.wait<i32>(control + GENERATION, g, 1000000); spins = 0 }
  }
}

// Two threads take bands from both ends, so that each walks through memory; more take the next one.
let low: i32 = 0
let high: i32 = 0
function rewind(): void { low = 0; high = bands - 1 }
function next(): i32 {
  if (threads == 1) return low < bands ? low++ : -1
  const n = atomic.add<i32>(control + TAKEN, 1)
  if (n >= bands) return -1
  if (threads > 2) return n
  return thread == 0 ? low++ : high--
}

/** Deepest water of a block of tiles, quanta. */
function blockMax(by: i32, bx: i32): i32 {
  const perRow = word(25), perCol = word(26)
  let m = 0
  for (let b = by * perRow; b < min(bands, (by + 1) * perRow); b++)
    for (let t = bx * perCol; t < min(tiles, (bx + 1) * perCol); t++) m = max(m, load<i32>(tileMax + (plain(b, t) << 2)))
  return m
}

/** Fastest flow of a block of tiles, m/s. */
function blockSpeed(by: i32, bx: i32): f32 {
  const perRow = word(25), perCol = word(26)
  let m: f32 = 0
  for (let b = by * perRow; b < min(bands, (by + 1) * perRow); b++)
    for (let t = bx * perCol; t < min(tiles, (bx + 1) * perCol); t++) m = max(m, load<f32>(tileSpeed + (plain(b, t) << 2)))
  return m
}

// A kinematic wave runs at 5/3 of the flow: 0.83 of its Courant limit.
const KINEMATIC: f64 = 0.5

/** Longest step for water this deep (quanta) and fast; no face is faster than critical. */
function longest(depth: i32, speed: f32): f64 {
  const dx = number(0), critical = Math.sqrt(GRAVITY * <f64>depth / 1048576.0)
  const step = number(1) * dx / critical
  return speed > 0 ? min(step, KINEMATIC * dx / min(<f64>speed, critical)) : step
}

/** Decides the next group of ticks, by thread 0: the finest step and the level of every block. */
function plan(t: f64, tEnd: f64): void {
  const dtMax = number(2), dry = <i32>(number(4) * 1048576.0)
  const blockRows = word(27), blockCols = word(28), map = at(29)
  let limit = dtMax
  for (let by = 0; by < blockRows; by++) {
    for (let bx = 0; bx < blockCols; bx++) {
      const m = blockMax(by, bx), s = blockSpeed(by, bx)
      const p = map + (<usize>((by + 1) * (blockCols + 2) + bx + 1) << 3)
      store<i32>(p, m)
      store<f32>(p, s, 4)
      if (m > dry) limit = min(limit, longest(m, s))
    }
  }
  const left = tEnd - t
  let most = word(30)
  while (most > 0 && (limit * <f64>(1 << most) > dtMax || limit * <f64>(1 << (most - 1)) >= left)) most--
  const dt = left / Math.ceil(left / (limit * <f64>(1 << most)) - 1e-9) / <f64>(1 << most)
  setNumber(20, t)
  setNumber(21, dt)
  store<i32>(control + STOP + 64, most)
  if (most == 0 && load<i32>(control + STOP + 128) == 0) return
  store<i32>(control + STOP + 128, most)
  assignLevels(dt, most)
}

function assignLevels(dt: f64, most: i32): void {
  const dry = <i32>(number(4) * 1048576.0)
  const blockCols = word(28), perRow = word(25), perCol = word(26), map = at(29)
  const stride = <usize>(blockCols + 2) << 3
  for (let b = 0; b < bands; b++) {
    let finest = most
    for (let bx = 0; bx < blockCols; bx++) {
      let m = dry
      let s: f32 = 0
      const c = map + <usize>(b / perRow + 1) * stride + (<usize>(bx + 1) << 3)
      for (let p = c - stride; p <= c + stride; p += stride) {
        m = max(m, max(load<i32>(p - 8), max(load<i32>(p), load<i32>(p, 8))))
        s = max(s, max(load<f32>(p - 4), max(load<f32>(p, 4), load<f32>(p, 12))))
      }
      const limit = longest(m, s)
      let l = 0
      while (l < most && dt * <f64>(1 << (l + 1)) <= limit) l++
      finest = min(finest, l)
      for (let t = bx * perCol; t < min(tiles, (bx + 1) * perCol); t++) store<u8>(level + plain(b, t), <u8>l)
    }
    store<i32>(bandLevel + (<usize>(b + 1) << 2), finest)
  }
}

/**
 * Point exchanges of one tick, by thread 0. An entry of 64 bytes: cells A and B (addresses of depth; B 0 when none), band
 * and tile of both, mode, rate in quanta/s (a stage in quanta for mode 1, with its slope in the carry), carry, total.
 * Modes: 0 rate into A (below 0 out of it), 1 hold A at a stage, 2 from A to B (below 0 back).
 * A cell gives what it holds and no more; fractions are carried; so the account is exact.
 */
function exchange(time: f64, dt: f64): void {
  let p = at(31)
  for (let k = word(32); k > 0; k--, p += 64) {
    const mode = load<i32>(p, 16)
    const a = <usize>load<u32>(p), h = load<i32>(a)
    let v: i32
    if (mode == 1) {
      const stage = <i32>Math.floor(load<f64>(p, 24) + load<f64>(p, 32) * (time + dt) + 0.5)
      v = max(stage - load<i32>(a, 16), 0) - h
    } else {
      const want = load<f64>(p, 24) * dt + load<f64>(p, 32)
      v = <i32>Math.floor(Math.min(Math.max(want, -1e9), 1e9))
      store<f64>(p, Math.abs(want) > 1e9 ? 0 : want - <f64>v, 32)
      const from = mode == 0 ? (v < 0 ? h : i32.MAX_VALUE) : v > 0 ? h : load<i32>(<usize>load<u32>(p, 4))
      const most = max(from, 0)
      if ((v < 0 ? -v : v) > most) { v = v < 0 ? -most : most; store<f64>(p, 0, 32) }
    }
    store<i64>(p, load<i64>(p, 40) + <i64>v, 40)
    if (v == 0) continue
    if (mode == 2) {
      move(p, 8, a, -v)
      move(p, 12, <usize>load<u32>(p, 4), v)
    } else move(p, 8, a, v)
  }
}
function move(p: usize, place: usize, cell: usize, v: i32): void {
  const h = load<i32>(cell) + v
  store<i32>(cell, h)
  wake(<i32>load<i16>(p + place), <i32>load<i16>(p + place + 2), h)
}

function sweepAll(tick: i32, most: i32): i32 {
  rewind()
  for (let b = next(); b >= 0; b = next()) phaseA(b, tick)
  barrier()
  rewind()
  let swept = 0
  for (let b = next(); b >= 0; b = next()) swept += phaseB(b, tick, most)
  barrier()
  return swept
}

/** Carries the water to the target time (number 22) and ends the interval with rain, losses and the record. All threads call it. */
export function run(): void {
  setScheme(number(3), number(4), number(5))
  const tEnd = number(22), start = number(20), exchanges = word(32)
  let t = start
  let swept: i64 = 0, ticks: i64 = 0
  if (word(36)) measure()
  if (thread == 0) plan(t, tEnd)
  barrier()
  while (t < tEnd - 1e-9) {
    const dt = number(21), most = load<i32>(control + STOP + 64), count = 1 << most
    setSteps(dt, number(0), most)
    for (let tick = 0; tick < count; tick++) {
      swept += <i64>sweepAll(tick, most)
      if (thread == 0 && exchanges > 0) exchange(t, dt)
      t += dt
      if (tick < count - 1 && exchanges > 0) barrier()
    }
    ticks += <i64>count
    if (thread == 0 && t < tEnd - 1e-9) plan(t, tEnd)
    barrier()
  }
  finish(start, tEnd)
  addAccount(36, swept * <i64>(bandRows * tileCols))
  if (thread == 0) { addAccount(37, ticks); setNumber(20, tEnd) }
  barrier()
}

function measure(): void {
  rewind()
  for (let b = next(); b >= 0; b = next()) speedOf(b)
  barrier()
}

function finish(start: f64, tEnd: f64): void {
  if (word(33)) {
    const since = number(23)
    rewind()
    for (let b = next(); b >= 0; b = next())
      hydrologyOf(b, <f32>(tEnd - start), <f32>(start - since), <f32>(tEnd - since), <f32>start, <f32>tEnd)
    barrier()
  }
  if (word(34)) {
    rewind()
    for (let b = next(); b >= 0; b = next()) recordOf(b, word(35), <f32>tEnd, <f32>(tEnd - start))
    barrier()
  }
  measure()
}

export function attach(own: i32, all: i32): void { attachMemory(own, all) }

/** Thread 0: one interval, together with all threads that serve. */
export function drive(): void {
  if (threads > 1) {
    atomic.add<i32>(control + COMMAND, 1)
    atomic.notify(control + COMMAND, threads)
  }
  run()
}

/** Other threads: takes part in every interval until stop. `attach` comes before. */
export function serve(): void {
  let seen = 0
  while (true) {
    let spins = 0
    while (atomic.load<i32>(control + COMMAND) == seen) {
      if (++spins > PATIENCE) { atomic.wait<i32>(control + COMMAND, seen, 1000000000); spins = 0 }
    }
    seen = atomic.load<i32>(control + COMMAND)
    if (atomic.load<i32>(control + STOP) != 0) return
    attach(thread, threads)
    run()
  }
}

/** Sum of three streams, a = b + 3c: what this machine's memory gives to such a kernel. n bytes, each address by 64. */
export function triad(a: usize, b: usize, c: usize, n: usize): void {
  const s = f32x4.splat(3)
  for (let i: usize = 0; i < n; i += 32) {
    v128.store(a + i, v128.add<f32>(v128.load(b + i), v128.mul<f32>(s, v128.load(c + i))))
    v128.store(a + i, v128.add<f32>(v128.load(b + i, 16), v128.mul<f32>(s, v128.load(c + i, 16))), 16)
  }
}
