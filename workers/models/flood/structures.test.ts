import { expect, test } from 'vitest'
import type { FloodRun } from './floodRun'
import type { FloodInput, Structure } from './input'
import { prepareFlood, startReferenceFlood } from './model'
import { culvertFlow, valueAt } from './structures'

const SIDE = 8
/** Eight by eight cells of 10 m, every one a basin of its own unless the bed says otherwise. */
function flood(change: Partial<FloodInput>, ...structures: Structure[]): FloodRun {
  const bed_m = Float32Array.from({ length: SIDE * SIDE }, (_, k) =>
    k % 2 === 0 && Math.floor(k / SIDE) % 2 === 0 ? 0 : 50,
  )
  const made = prepareFlood({ columns: SIDE, rows: SIDE, cellSize_m: 10, bed_m, manning: 0.03, structures, ...change })
  if (!made.ok) throw new Error(JSON.stringify(made.error))
  return startReferenceFlood(made.value)
}
const depths = (of: Readonly<Record<number, number>>): Float32Array =>
  Float32Array.from({ length: SIDE * SIDE }, (_, k) => of[k] ?? 0)
const PUMP = { kind: 'pump', id: 'p', sump: 0, outfall: 4, capacity_m3s: 1, on_m: 1, off_m: 0.4 } as const

test('a pump starts at its upper level, stops at its lower one, and moves what it says', () => {
  const run = flood({ depth_m: depths({ 0: 2 }) }, PUMP)
  run.advance(60)
  expect(run.depthAt(4)).toBeCloseTo(0.6, 3)
  run.advance(600)
  // It looks every 5 s, so it may take 5 cm more than it should.
  expect(run.depthAt(0)).toBeLessThanOrEqual(0.4)
  expect(run.depthAt(0)).toBeGreaterThan(0.34)
  expect(run.massError()).toBe(0n)
})

test('a failed pump stands still, one below its level never starts', () => {
  const failed = flood({ depth_m: depths({ 0: 2 }) }, { ...PUMP, failed: [[0, 30]] })
  failed.advance(30)
  expect(failed.depthAt(0)).toBe(2)
  failed.advance(60)
  expect(failed.depthAt(0)).toBeCloseTo(1.7, 3)
  const low = flood({ depth_m: depths({ 0: 0.9 }) }, PUMP)
  low.advance(60)
  expect(low.depthAt(0)).toBeCloseTo(0.9, 5)
})

test('a culvert evens out two basins, a flap only one way, a closed gate not at all', () => {
  const culvert = {
    kind: 'culvert',
    id: 'c',
    from: 0,
    to: 4,
    width_m: 1,
    height_m: [[0, 1]],
    invertFrom_m: 0,
    invertTo_m: 0,
    flap: false,
  } as const
  const open = flood({ depth_m: depths({ 0: 2 }) }, culvert)
  open.advance(1800)
  expect(open.depthAt(0)).toBeCloseTo(1, 2)
  expect(open.depthAt(4)).toBeCloseTo(1, 2)
  expect(open.massError()).toBe(0n)
  const flap = flood({ depth_m: depths({ 4: 2 }) }, { ...culvert, flap: true })
  flap.advance(300)
  expect(flap.depthAt(0)).toBe(0)
  const shut = flood({ depth_m: depths({ 0: 2 }) }, { ...culvert, height_m: [[0, 0]] })
  shut.advance(300)
  expect(shut.depthAt(0)).toBe(2)
})

test('an inlet fills its pipes and no more than they hold; what the pipe carries leaves', () => {
  const inlet = { kind: 'inlet', id: 'i', cell: 0, node: 'n', perimeter_m: 2, area_m2: 0.5, blocked: 0 } as const
  const node = { kind: 'drainNode', id: 'n', storage_m3: 10, pipe_m3s: 0, outfall: 'outside' } as const
  const full = flood({ depth_m: depths({ 0: 1 }) }, inlet, node)
  full.advance(600)
  expect(full.depthAt(0)).toBeCloseTo(0.9, 4)
  expect(full.massError()).toBe(0n)
  const flowing = flood({ depth_m: depths({ 0: 1 }) }, inlet, { ...node, pipe_m3s: 0.1 })
  flowing.advance(600)
  expect(Math.abs(flowing.depthAt(0) - (0.9 - (0.1 * 600) / 100))).toBeLessThan(0.01)
  expect(flowing.massError()).toBe(0n)
  const blocked = flood({ depth_m: depths({ 0: 1 }) }, { ...inlet, blocked: 1 }, node)
  blocked.advance(600)
  expect(blocked.depthAt(0)).toBe(1)
})

test('a breached dike lets the water through, not before its time', () => {
  const bed_m = Float32Array.from({ length: SIDE * SIDE }, (_, k) => (k % SIDE === 3 ? 4 : 0))
  const depth_m = bed_m.map((_, k) => (k % SIDE < 3 ? 2 : 0))
  const cells = Array.from({ length: SIDE }, (_, j) => j * SIDE + 3)
  const run = flood({ bed_m, depth_m }, { kind: 'breach', id: 'b', cells, bottom_m: 0, begins: 60, seconds: 60 })
  run.advance(60)
  expect(run.depthAt(6)).toBe(0)
  run.advance(900)
  expect(run.depthAt(6)).toBeGreaterThan(0.5)
  expect(run.massError()).toBe(0n)
})

test('rain, infiltration and roofs add up', () => {
  const dry = { bed_m: new Float32Array(SIDE * SIDE).fill(3) }
  const rained = flood({ ...dry, rain: [{ from: 0, rate_mmh: 36 }] })
  rained.advance(3600)
  expect(rained.depthAt(9)).toBeCloseTo(0.036, 5)
  const soaked = flood({ ...dry, rain: [{ from: 0, rate_mmh: 36 }], conductivity_mmh: 1 })
  soaked.advance(3600)
  expect(soaked.depthAt(9)).toBeCloseTo(0.035, 5)
  const roofs = { from: Int32Array.of(1), to: Int32Array.of(16) }
  const street = flood({ rain: [{ from: 0, rate_mmh: 36 }], roofs })
  // After one interval the rain is thinner than what flows: it lies where it fell, or where the roof led it.
  street.advance(5)
  expect(street.depthAt(1)).toBe(0)
  expect(street.depthAt(16)).toBeCloseTo(2 * street.depthAt(18), 5)
  expect(street.depthAt(18)).toBeGreaterThan(0)
})

test('Green-Ampt takes what its equation takes', () => {
  // F - S ln(1 + F / S) = K t: with K = 10 mm/h and S = 50 mm, after an hour of ponding F = 39.4 mm.
  const pond = flood({
    bed_m: new Float32Array(SIDE * SIDE),
    depth_m: new Float32Array(SIDE * SIDE).fill(0.5),
    conductivity_mmh: 10,
    suction_mm: 50,
  })
  pond.advance(3600)
  const taken = 500 - pond.depthAt(9) * 1000
  expect(taken - 50 * Math.log(1 + taken / 50)).toBeCloseTo(10, 1)
})

test('series are straight between their points and constant outside', () => {
  const series = [
    [10, 1],
    [20, 3],
  ] as const
  expect([0, 10, 15, 20, 99].map((time) => valueAt(series, time))).toEqual([1, 1, 2, 3, 3])
  expect(culvertFlow({ width: 1, height: 1 }, 0, 1)).toBe(0)
  expect(culvertFlow({ width: 1, height: 1 }, 2, 0)).toBe(0)
})
