import { expect, test } from 'vitest'
import type { FloodInput, FloodRefusal, Structure } from './input'
import { prepareFlood } from './model'

const GRID = { columns: 4, rows: 4, cellSize_m: 10, bed_m: new Float32Array(16).fill(5), manning: 0.03 }
const pump = { kind: 'pump', id: 'p1', sump: 1, outfall: 'outside', capacity_m3s: 1, on_m: 0.5, off_m: 0.1 } as const
const inlet = { kind: 'inlet', id: 'i1', cell: 2, node: 'n1', perimeter_m: 2, area_m2: 0.5, blocked: 0 } as const

const refusalOf = (change: Partial<FloodInput>): FloodRefusal | undefined => {
  const made = prepareFlood({ ...GRID, ...change })
  return made.ok ? undefined : made.error
}
const withStructures = (...structures: Structure[]): Partial<FloodInput> => ({ structures })

test('a whole input is taken', () => {
  expect(refusalOf({ rain: [{ from: 0, rate_mmh: 201.9 }], structures: [pump] })).toBeUndefined()
})

test.each<readonly [string, Partial<FloodInput>, Partial<FloodRefusal>]>([
  ['no terrain', { bed_m: new Float32Array(0) }, { code: 'noTerrain' }],
  ['terrain of no data alone', { bed_m: new Float32Array(16).fill(-9999) }, { code: 'noTerrain' }],
  ['terrain of another shape', { bed_m: new Float32Array(9) }, { code: 'badShape', field: 'bed_m' }],
  ['a gauge at -9999', { rain: [{ from: 0, rate_mmh: -9999 }] }, { code: 'rainOutOfRange', value: -9999 }],
  ['rain that is no number', { rain: [{ from: 0, rate_mmh: Number.NaN }] }, { code: 'rainOutOfRange' }],
  ['300 mm/h', { rain: [{ from: 0, rate_mmh: 300 }] }, { code: 'rainOutOfRange', value: 300 }],
  [
    'one bad cell of rain',
    { rain: [{ from: 0, rate_mmh: new Float32Array(16).fill(9).fill(-1, 7, 8) }] },
    { code: 'rainOutOfRange', value: -1 },
  ],
  [
    'a pump without outfall',
    withStructures({ ...pump, outfall: undefined as unknown as number }),
    { code: 'pumpWithoutOutfall', field: 'p1' },
  ],
  ['a pump beside the grid', withStructures({ ...pump, sump: 16 }), { code: 'cellOutside', value: 16 }],
  ['an inlet without pipes', withStructures(inlet), { code: 'unknownNode', value: 'n1' }],
  ['two things of one name', withStructures(pump, pump), { code: 'doubleId', value: 'p1' }],
  [
    'a tide at -9999',
    withStructures({ kind: 'level', id: 'tide', cells: [0], level_m: [[0, -9999]] }),
    { code: 'outOfRange', value: -9999 },
  ],
  ['glass for ground', { manning: 0 }, { code: 'outOfRange', field: 'manning' }],
  ['water below its bed', { depth_m: new Float32Array(16).fill(-1) }, { code: 'outOfRange', field: 'depth_m' }],
  ['a mountain range', { bed_m: new Float32Array(16).fill(5).fill(2500, 3) }, { code: 'reliefTooHigh' }],
  [
    'a lake above the outer wall',
    { bed_m: new Float32Array(16).fill(5).fill(1850, 3), depth_m: new Float32Array(16).fill(300) },
    { code: 'levelTooHigh', field: 'depth_m', value: 2150 },
  ],
  [
    'a tide above the outer wall',
    withStructures({
      kind: 'level',
      id: 'tide',
      cells: [0],
      level_m: [
        [0, 5],
        [60, 2100],
      ],
    }),
    { code: 'levelTooHigh', field: 'tide', value: 2100 },
  ],
  [
    'a tide below every whole number',
    withStructures({ kind: 'level', id: 'tide', cells: [0], level_m: [[0, -5000]] }),
    { code: 'outOfRange', field: 'tide', value: -5000 },
  ],
  [
    'a breach as high as the wall',
    withStructures({ kind: 'breach', id: 'dike', cells: [0], bottom_m: 2100, begins: 0, seconds: 1 }),
    { code: 'levelTooHigh', field: 'dike', value: 2100 },
  ],
  [
    'a breach below every whole number',
    withStructures({ kind: 'breach', id: 'dike', cells: [0], bottom_m: -5000, begins: 0, seconds: 1 }),
    { code: 'outOfRange', field: 'dike', value: -5000 },
  ],
  ['a line that no depth reaches', { recordLine_cm: 300_000 }, { code: 'outOfRange', field: 'recordLine_cm' }],
  ['a continent', { columns: 100_000, rows: 100_000 }, { code: 'tooLarge' }],
])('%s is refused by name', (_, change, refusal) => {
  expect(refusalOf(change)).toMatchObject(refusal)
})

test('300 mm/h is taken when a person confirms it', () => {
  expect(refusalOf({ rain: [{ from: 0, rate_mmh: 300 }], extremeRainConfirmed: true })).toBeUndefined()
})

test('water up to 1 990 m above the lowest terrain is taken, wherever the terrain lies', () => {
  const bed_m = new Float32Array(16).fill(4005).fill(5895, 3)
  const full = bed_m.map((z) => Math.min(400, 5995 - z))
  expect(refusalOf({ bed_m, depth_m: full })).toBeUndefined()
  expect(refusalOf({ bed_m, depth_m: full.fill(101, 3) })).toMatchObject({ code: 'levelTooHigh', value: 5996 })
  const level = (level_m: number): Structure => ({ kind: 'level', id: 'sea', cells: [0], level_m: [[0, level_m]] })
  expect(refusalOf({ bed_m, structures: [level(5995)] })).toBeUndefined()
})
