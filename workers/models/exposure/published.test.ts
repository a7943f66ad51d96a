import { expect, test } from 'vitest'
import type { PopulationCell } from './areal'
import { exposure } from './model'

test('areal weighting of a square over sixteen cells, by hand', () => {
  const cells = [0, 1, 2, 3].flatMap((x) =>
    [0, 1, 2, 3].map((y): PopulationCell => [[x, y, x + 1, y + 1], 100 * (x + 1) + 10 * y]),
  )
  expect(
    exposure.arealPopulation(cells, [
      [0.5, 0.5],
      [2.5, 0.5],
      [2.5, 2.5],
      [0.5, 2.5],
    ]),
  ).toBeCloseTo(840, 9)
})

test('Mennis 2003: weights 10, 2, 0 over 4, 6, 10 cells', () => {
  const { perCell } = exposure.dasymetric(
    { pop: 1000, cells: { high: 4, low: 6, park: 10 } },
    { high: 10, low: 2, park: 0 },
  )
  expect(perCell['high']).toBeCloseTo(192.307_692_307_7, 9)
  expect(perCell['low']).toBeCloseTo(38.461_538_461_5, 9)
})

test('PAGER bins: intensity k covers k - 0.5 to below k + 0.5', () => {
  expect(exposure.mmiBins([5.49, 5.5, 6.49, 6.5, 9.7], [10, 20, 30, 40, 50])).toEqual([
    0, 0, 0, 0, 10, 50, 40, 0, 0, 50,
  ])
})

test('the default presence of the night and of eight in the morning', () => {
  const people = { residents: 10_000, workers: 25_000, visitors: 500 }
  const profile = { night: [1, 0.05, 0.2], day: [0.45, 1, 1], commute: [0.7, 0.45, 1] } as const
  expect(exposure.dayNight(3, people, profile).population).toBeCloseTo(11_350, 6)
  expect(exposure.dayNight(8, people, profile).population).toBeCloseTo(18_750, 6)
})
