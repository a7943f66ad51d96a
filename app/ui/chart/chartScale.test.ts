import { expect, test } from 'vitest'
import { extentOf, hourTicks, linear, ticks } from './chartScale'

test('a scale maps ends to ends', () => {
  const scale = linear([10, 20], [0, 100])
  expect([scale(10), scale(15), scale(20)]).toEqual([0, 50, 100])
})

test('what never went below zero starts at zero; levels far from zero do not', () => {
  expect(extentOf([0, 5, 10])?.[0]).toBe(0)
  expect(extentOf([20, 21])?.[0]).toBeGreaterThan(19)
  expect(extentOf([-1, 1])?.[0]).toBeLessThan(-1)
  expect(extentOf([], [Number.NaN])).toBeUndefined()
  expect(extentOf([3, 3])).toEqual([3 - 0.3, 3 + 0.3])
})

test('ticks are round and inside', () => {
  expect(ticks([0, 1], 4)).toEqual([0, 0.5, 1])
  expect(ticks([22.8, 26.8], 4)).toEqual([23, 24, 25, 26])
})

test('hours are those of the zone', () => {
  const half = Date.parse('2024-01-01T00:10:00Z')
  expect(
    hourTicks(half, half + 2 * 3_600_000, 1, 5.5 * 3_600_000).map((at) => new Date(at).toISOString().slice(11, 16)),
  ).toEqual(['00:30', '01:30'])
})
