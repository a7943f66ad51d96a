import { afterEach, expect, test } from 'vitest'
import { openFloodKernel } from '@/workers/threads/floodKernel'
import type { OpenKernel } from '@/workers/threads/floodKernel'
import { ForeignCheckpoint } from './floodRun'
import type { FloodCheckpoint, FloodRun } from './floodRun'
import type { FloodInput, Structure } from './input'
import type { TileSetting } from './layout'
import { prepareFlood, startFlood, startReferenceFlood } from './model'

const SIDE = 72
const kernels: OpenKernel[] = []

afterEach(async () => {
  await Promise.all(kernels.splice(0).map((kernel) => kernel.close()))
})

/** Hollows and ridges without a pattern that a tile could follow. */
const bumps = (cell: number): number => {
  const [i, j] = [cell % SIDE, Math.floor(cell / SIDE)]
  return 20 + 2 * Math.sin(i / 5) * Math.cos(j / 7) + 0.6 * Math.sin(i * 1.7 + j * 2.3) + 0.02 * (SIDE - i)
}
const cell = (i: number, j: number): number => j * SIDE + i

const EVERYTHING: readonly Structure[] = [
  {
    kind: 'inflow',
    id: 'river',
    cells: [cell(3, 30), cell(3, 31)],
    flow_m3s: [
      [0, 0],
      [30, 12],
      [90, 4],
    ],
  },
  {
    kind: 'level',
    id: 'tide',
    cells: [cell(71, 5), cell(71, 6)],
    level_m: [
      [0, 21],
      [60, 22.5],
      [120, 20],
    ],
  },
  { kind: 'freeOutflow', id: 'edge', cells: [cell(40, 71)] },
  {
    kind: 'pump',
    id: 'pump',
    sump: cell(20, 20),
    outfall: cell(60, 60),
    capacity_m3s: 3,
    on_m: 0.2,
    off_m: 0.05,
    failed: [[40, 60]],
  },
  {
    kind: 'culvert',
    id: 'culvert',
    from: cell(10, 40),
    to: cell(30, 44),
    width_m: 2,
    height_m: [[0, 1]],
    invertFrom_m: 18,
    invertTo_m: 18,
    flap: false,
  },
  { kind: 'breach', id: 'dike', cells: [cell(36, 36), cell(36, 37)], bottom_m: 18, begins: 20, seconds: 40 },
  { kind: 'inlet', id: 'inlet', cell: cell(15, 15), node: 'pipes', perimeter_m: 3, area_m2: 0.8, blocked: 0.3 },
  { kind: 'drainNode', id: 'pipes', storage_m3: 20, pipe_m3s: 0.2, outfall: cell(65, 10) },
]

/** Rain on half of the ground, soil, inlets, every kind of structure, a lake and a column of water that falls. */
function everything(levels: number, tiles?: TileSetting): FloodInput {
  const count = SIDE * SIDE
  const bed_m = Float32Array.from({ length: count }, (_, k) => (k % SIDE === 50 && k % 5 > 0 ? Number.NaN : bumps(k)))
  const rate = Float32Array.from({ length: count }, (_, k) => (k % SIDE < 40 ? 90 : 0))
  return {
    columns: SIDE,
    rows: SIDE,
    cellSize_m: 10,
    bed_m,
    manning: Float32Array.from({ length: count }, (_, k) => (k % 3 === 0 ? 0.02 : 0.05)),
    depth_m: bed_m.map((z, k) => (Number.isNaN(z) ? 0 : Math.max(0, 19.5 - z) + (k % SIDE > 60 && k < 1500 ? 3 : 0))),
    rain: [
      { from: 0, rate_mmh: rate },
      { from: 60, rate_mmh: 20 },
      { from: 90, rate_mmh: 0 },
    ],
    roofs: { from: Int32Array.of(cell(5, 5), cell(6, 5)), to: Int32Array.of(cell(7, 5), cell(7, 5)) },
    conductivity_mmh: 7,
    suction_mm: 20,
    drain_mmh: Float32Array.from({ length: count }, (_, k) => (k % 7 === 0 ? 25 : 0)),
    structures: EVERYTHING,
    recordLine_cm: 15,
    scheme: { levels },
    ...(tiles === undefined ? {} : { tiles }),
  }
}

function prepared(input: FloodInput) {
  const made = prepareFlood(input)
  if (!made.ok) throw new Error(JSON.stringify(made.error))
  return made.value
}

async function compiled(input: FloodInput, threads = 1): Promise<FloodRun> {
  const flood = prepared(input)
  const kernel = await openFloodKernel(flood.layoutFor(threads).bytes, threads)
  kernels.push(kernel)
  return startFlood(flood, kernel)
}

/** The whole state as text of its bits, so that -0 and 0 differ. */
const bitsOf = ({ engine, structures }: FloodCheckpoint): string =>
  JSON.stringify([engine, structures], (_, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`
    return value instanceof Float32Array ? Buffer.from(value.buffer).toString('base64') : value
  })

test.each([0, 3])(
  'the compiled kernel equals the scalar reference bit for bit, %i levels of steps',
  async (levels) => {
    const fast = await compiled(everything(levels))
    const slow = startReferenceFlood(prepared(everything(levels)))
    for (const moment of [5, 30, 65, 100]) {
      fast.advance(moment)
      slow.advance(moment)
      expect(bitsOf(fast.save()) === bitsOf(slow.save()), `at ${moment} s`).toBe(true)
    }
    expect(fast.record()!.peak_m.some((depth) => depth > 1)).toBe(true)
  },
  120_000,
)

test.each([0, 3])(
  'threads and tiles change no bit, %i levels of steps',
  async (levels) => {
    const plain = await compiled(everything(levels, { rows: 8, columns: 8, skipDry: false }))
    plain.advance(120)
    const right = bitsOf(plain.save())
    const settings: readonly (readonly [number, TileSetting])[] = [
      [2, { rows: 8, columns: 8, skipDry: false }],
      [1, { rows: 8, columns: 8, skipDry: true }],
      [2, { rows: 8, columns: 8, skipDry: true }],
      [1, { rows: 4, columns: 4, skipDry: true }],
      [2, { rows: 16, columns: 4, skipDry: true }],
      [3, { rows: 4, columns: 16, skipDry: true }],
      [1, { rows: 16, columns: 16, skipDry: true }],
    ]
    for (const [threads, tiles] of settings) {
      const run = await compiled(everything(levels, tiles), threads)
      run.advance(120)
      expect(bitsOf(run.save()) === right, JSON.stringify([threads, tiles])).toBe(true)
    }
  },
  120_000,
)

test.each([0, 3])(
  'a run that was stopped and brought back goes on bit for bit, %i levels of steps',
  async (levels) => {
    const through = await compiled(everything(levels))
    through.advance(55)
    const kept = structuredClone(through.save())
    through.advance(120)
    const right = bitsOf(through.save())
    for (const [threads, side] of [
      [1, 8],
      [2, 16],
      [1, 4],
    ] as const) {
      const again = await compiled(everything(levels, { rows: side, columns: side, skipDry: true }), threads)
      again.restore(kept)
      again.advance(120)
      expect(bitsOf(again.save()) === right, `${threads} threads, tiles of ${side}`).toBe(true)
      expect(again.massError()).toBe(0n)
    }
  },
  120_000,
)

test.each([0, 3])(
  'no quantum of water is made or lost with all exchanges, threads and a restart, %i levels',
  async (levels) => {
    const run = await compiled(everything(levels), 2)
    for (const moment of [20, 60, 90]) {
      run.advance(moment)
      expect(run.massError(), `at ${moment} s`).toBe(0n)
    }
    const kept = run.save()
    run.restore(kept)
    run.advance(300)
    expect(run.massError()).toBe(0n)
    const { rain, infiltrated, drained } = run.save().engine.accounts
    expect(rain > 0n && infiltrated > 0n && drained > 0n).toBe(true)
  },
  120_000,
)

test('the account of water sees a single quantum', async () => {
  const run = await compiled(everything(3))
  run.advance(20)
  const kept = run.save()
  kept.engine.depth[cell(30, 30)]! += 1
  run.restore(kept)
  expect(run.massError()).toBe(1n)
})

test('a checkpoint of another version is refused', async () => {
  const run = await compiled(everything(0))
  expect(() => run.restore({ ...run.save(), version: '0.9.0' })).toThrow(ForeignCheckpoint)
})

test('how a run is asked to advance changes nothing', async () => {
  const once = await compiled(everything(3))
  const often = await compiled(everything(3))
  once.advance(60)
  for (let t = 1; t <= 60; t++) often.advance(t)
  expect(bitsOf(often.save()) === bitsOf(once.save())).toBe(true)
})

test.each([0, 3])('a lake at rest over islands stays exactly still, %i levels of steps', async (levels) => {
  const bed_m = Float32Array.from({ length: SIDE * SIDE }, (_, k) => bumps(k))
  const lake = { columns: SIDE, rows: SIDE, cellSize_m: 10, bed_m, manning: 0.03, scheme: { levels } }
  const run = await compiled({ ...lake, depth_m: bed_m.map((z) => Math.max(0, 20.5 - z)) }, 2)
  const before = run.save().engine.depth
  run.advance(1000)
  const { depth, flowX, flowY } = run.save().engine
  expect(depth).toEqual(before)
  expect([...flowX, ...flowY].every((flow) => flow === 0)).toBe(true)
  expect(before.some((quanta) => quanta === 0) && before.some((quanta) => quanta > 0)).toBe(true)
})

test('a mirrored world gives the mirrored flood', async () => {
  const bed_m = Float32Array.from({ length: SIDE * SIDE }, (_, k) => bumps(k))
  const depth_m = bed_m.map((_, k) => (Math.hypot((k % SIDE) - 20, Math.floor(k / SIDE) - 30) < 8 ? 2 : 0))
  const turn = (field: Float32Array): Float32Array =>
    field.map((_, k) => field[(k % SIDE) * SIDE + Math.floor(k / SIDE)]!)
  const world = { columns: SIDE, rows: SIDE, cellSize_m: 10, manning: 0.03 }
  const straight = await compiled({ ...world, bed_m, depth_m })
  const turned = await compiled({ ...world, bed_m: turn(bed_m), depth_m: turn(depth_m) })
  straight.advance(200)
  turned.advance(200)
  expect(turn(turned.depths())).toEqual(straight.depths())
})
