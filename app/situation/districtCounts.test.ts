import { expect, test } from 'vitest'
import { areaOf, countByArea } from './districtCounts'

const square = (west: number, south: number, size: number) =>
  [
    [west, south],
    [west + size, south],
    [west + size, south + size],
    [west, south + size],
    [west, south],
  ] as const
const areas = [
  { code: 'ring', polygons: [[square(0, 0, 10), square(4, 4, 2)]] },
  { code: 'two', polygons: [[square(20, 0, 5)], [square(30, 0, 5)]] },
]

test('a hole is no part of its area, and an area may have several parts', () => {
  expect([areaOf(areas, [1, 1]), areaOf(areas, [5, 5]), areaOf(areas, [31, 1])]).toEqual(['ring', undefined, 'two'])
})

test('nothing is lost: what lies in no area is counted apart', () => {
  const counts = countByArea(areas, [
    [1, 1],
    [2, 2],
    [5, 5],
    [21, 1],
    [99, 99],
  ])
  expect(Object.fromEntries(counts)).toEqual({ ring: 2, two: 1, '': 2 })
})
