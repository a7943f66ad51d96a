import { expect, test } from 'vitest'
import { startReferenceFlood, prepareFlood } from '../model'
import { cityFloodInput, NO_FAULTS } from './cityFlood'
import { cellAt, COVER } from './cityGround'
import type { CityGround } from './cityGround'
import { coarsen } from './coarsen'
import { roofRunOff } from './roofs'

const SIDE = 24
const CODE = 'underpass'

/** A plane that falls to the south, a river along its foot, a street with inlets, a hollow with a pump, a block of houses. */
function town(more: Partial<CityGround> = {}): CityGround {
  const count = SIDE * SIDE
  const height = Float32Array.from({ length: count }, (_, cell) => 20 + Math.floor(cell / SIDE) * 0.05)
  const cover = new Uint8Array(count).fill(COVER.paved)
  const level = new Float32Array(count).fill(Number.NaN)
  for (let i = 0; i < 2 * SIDE; i++) {
    cover[i] = COVER.river
    level[i] = 18
    height[i] = 12
  }
  const hollow = 12 * SIDE + 12
  height[hollow] = 17
  for (const i of [4, 5, 6]) for (const j of [8, 9, 10]) cover[j * SIDE + i] = COVER.roof
  const names = { 'zh-CN': '试验', en: 'Trial' }
  return {
    ...{ columns: SIDE, rows: SIDE, cellSize_m: 10 },
    place: { west: 114, south: 30, stepLongitude: 1e-4, stepLatitude: 1e-4 },
    ...{ height_m: height, cover, level_m: level },
    inlets: [15, 16, 17].map((i) => ({ cell: 14 * SIDE + i, network: 'p', capacity_m3s: 0.05 })),
    pumps: [{ network: 'p', code: 'station', name: names, capacity_m3s: 0.1, storage_m3: 50 }],
    underpasses: [{ code: CODE, name: names, longitude: 114, latitude: 30, cell: hollow, pump_m3s: 0.05 }],
    ...more,
  }
}

function run(ground: CityGround, faults = NO_FAULTS, minutes = 5) {
  const rain = [{ from: 0, rate_mmh: 60 }]
  const prepared = prepareFlood(cityFloodInput(ground, { rain, faults, riverRise_m: 0 }))
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error))
  const flood = startReferenceFlood(prepared.value)
  flood.advance(minutes * 60)
  return flood
}

test('mass is exact with roofs, inlets, pumps and a river that holds its level', () => {
  const ground = town()
  const flood = run(ground)
  expect(flood.massError()).toBe(0n)
  expect(flood.levelAt(SIDE + 5)).toBeCloseTo(18, 2)
})

test('a pump that stands and drains that are blocked leave more water where they serve', () => {
  const ground = town()
  const [underpass, inlet] = [ground.underpasses[0]!.cell, ground.inlets[1]!.cell]
  const sound = run(ground, NO_FAULTS, 15)
  const noPump = run(ground, { ...NO_FAULTS, pumpsOut: new Set([CODE]) }, 15)
  expect(noPump.depthAt(underpass)).toBeGreaterThan(sound.depthAt(underpass))
  const blocked = run(ground, { ...NO_FAULTS, blocked: new Map([['station', 1]]) }, 15)
  expect(blocked.depthAt(inlet)).toBeGreaterThan(sound.depthAt(inlet))
})

test('rain on a block of houses runs off on the nearest open cell, all of it', () => {
  const ground = town()
  const roofs = [8, 9, 10].flatMap((j) => [4, 5, 6].map((i) => j * SIDE + i))
  const { from, to } = roofRunOff(ground, roofs)
  expect([...from].sort((a, b) => a - b)).toEqual(roofs)
  for (const cell of to) expect(roofs).not.toContain(cell)
})

test('a coarse city keeps its underpasses as deep as they are, its pumps and its place', () => {
  const fine = town()
  const coarse = coarsen(fine, 4)
  expect([coarse.columns, coarse.cellSize_m]).toEqual([6, 40])
  expect(coarse.height_m[coarse.underpasses[0]!.cell]).toBe(17)
  expect(coarse.inlets).toHaveLength(3)
  expect(cellAt(coarse, [fine.place.west + 5e-4, fine.place.south + 9e-4])).toBe(2 * 6 + 1)
  expect(run(coarse).massError()).toBe(0n)
})

test('a grid knows its cells by place, and nothing outside', () => {
  const ground = town()
  expect(cellAt(ground, [114, 30])).toBe(0)
  expect(cellAt(ground, [114 + 3e-4, 30 + 2e-4])).toBe(2 * SIDE + 3)
  expect(cellAt(ground, [113.9, 30])).toBeUndefined()
})
