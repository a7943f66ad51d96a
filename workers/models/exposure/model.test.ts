import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Point2 } from '@/domain/geometry/polygon'
import type { PopulationCell } from './areal'
import { exposure } from './model'

const grid: PopulationCell[] = [0, 1, 2].flatMap((x) =>
  [0, 1, 2].map((y): PopulationCell => [[x, y, x + 1, y + 1], 10 * (x + 1) + y]),
)
const everyone = grid.reduce((sum, [, people]) => sum + people, 0)
const profile = { night: [1, 0.1, 0.2], day: [0.4, 1, 1], commute: [0.7, 0.5, 1] } as const

describe('people inside a polygon', () => {
  test('are all of them when it covers the city, none when it misses it', () => {
    const around: Point2[] = [
      [-1, -1],
      [9, -1],
      [9, 9],
      [-1, 9],
    ]
    expect(exposure.arealPopulation(grid, around)).toBeCloseTo(everyone, 9)
    expect(exposure.arealPopulation(grid, [...around].reverse())).toBeCloseTo(everyone, 9)
    expect(
      exposure.arealPopulation(
        grid,
        around.map(([x, y]) => [x + 50, y]),
      ),
    ).toBe(0)
    expect(exposure.arealPopulation([], around)).toBe(0)
  })

  test('a cut shares them without loss', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 2.99, noNaN: true }), (x) => {
        const west = exposure.arealPopulation(grid, rectangle(0, x))
        const east = exposure.arealPopulation(grid, rectangle(x, 3))
        expect(west + east).toBeCloseTo(everyone, 8)
      }),
    )
  })

  test('a polygon without an area holds no one; a bow-tie, a line and a NaN are refused', () => {
    const flat: Point2[] = [
      [0, 0],
      [2, 2],
      [1, 1],
    ]
    expect(exposure.arealPopulation(grid, flat)).toBe(0)
    const bowTie: Point2[] = [
      [0, 0],
      [2, 2],
      [2, 0],
      [0, 2],
    ]
    expect(() => exposure.arealPopulation(grid, bowTie)).toThrow(/crosses itself/)
    expect(() => exposure.arealPopulation(grid, flat.slice(0, 2))).toThrow(RangeError)
    expect(() =>
      exposure.arealPopulation(grid, [
        [0, 0],
        [1, 0],
        [Number.NaN, 1],
      ]),
    ).toThrow(RangeError)
    expect(() => exposure.arealPopulation([[[0, 0, 1, 1], Number.NaN]], rectangle(0, 1))).toThrow(RangeError)
  })
})

const rectangle = (west: number, east: number): Point2[] => [
  [west, 0],
  [east, 0],
  [east, 3],
  [west, 3],
]

test('dasymetric spreading keeps every person, also over parks alone', () => {
  const count = fc.integer({ min: 0, max: 1000 })
  fc.assert(
    fc.property(count, count, fc.integer({ min: 1, max: 50 }), (pop, homes, parks) => {
      const { sum, spreadEvenly } = exposure.dasymetric({ pop, cells: { homes, parks } }, { homes: 7, parks: 0 })
      expect(sum).toBeCloseTo(pop, 8)
      expect(spreadEvenly).toBe(homes === 0)
    }),
  )
  expect(() => exposure.dasymetric({ pop: 5, cells: {} }, {})).toThrow(RangeError)
  expect(() => exposure.dasymetric({ pop: -1, cells: { homes: 1 } }, {})).toThrow(RangeError)
})

test.each([
  [0, 'night'],
  [5, 'night'],
  [6, 'commute'],
  [9, 'day'],
  [16, 'day'],
  [17, 'commute'],
  [21, 'commute'],
  [22, 'night'],
])('%d h is %s', (hour, part) => {
  expect(exposure.dayNight(hour, { residents: 10, workers: 20, visitors: 5 }, profile).part).toBe(part)
})

test('an hour that is none is refused', () => {
  const people = { residents: 1, workers: 1, visitors: 1 }
  for (const hour of [-1, 24, Number.NaN]) expect(() => exposure.dayNight(hour, people, profile)).toThrow(RangeError)
})

test('intensity bins hold everybody, the edges included', () => {
  expect(exposure.mmiBins([0.2, 1.49, 1.5, 9.5, 12], [1, 2, 3, 4, 5])).toEqual([3, 3, 0, 0, 0, 0, 0, 0, 0, 9])
  expect(() => exposure.mmiBins([Number.NaN], [1])).toThrow(RangeError)
  expect(() => exposure.mmiBins([5], [])).toThrow(RangeError)
})

test('margins and flows of commuters agree', () => {
  const rows = [
    ['a', 'a', 5, 2, 2, 1],
    ['a', 'b', 7, 3, 3, 1],
    ['b', 'a', 2, 1, 1, 1],
  ] as const
  const { residence, workplace, unequalAges } = exposure.odMargins(rows)
  expect(residence).toEqual({ a: 12, b: 2 })
  expect(workplace).toEqual({ a: 7, b: 7 })
  expect(unequalAges).toEqual([['b', 'a']])
  const flows = exposure.commuterFlows(rows, ['a'])
  expect(flows).toEqual({ inflow: 2, outflow: 7, within: 5, net: -5 })
  expect(flows.net).toBe((workplace['a'] ?? 0) - (residence['a'] ?? 0))
})

test('vulnerability ranks: all equal is 0, ties take the lowest, one area is 0', () => {
  expect(exposure.svi([[1], [1], [1]]).overall).toEqual([0, 0, 0])
  expect(exposure.svi([[3], [1], [3], [2]]).overall).toEqual([2 / 3, 0, 2 / 3, 1 / 3])
  expect(exposure.svi([[4, 5]]).overall).toEqual([0])
  expect(exposure.svi([]).overall).toEqual([])
  expect(() => exposure.svi([[1], [1, 2]])).toThrow(RangeError)
})
