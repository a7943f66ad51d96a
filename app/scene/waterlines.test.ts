import { expect, test } from 'vitest'
import { waterline } from './waterlines'

const square: [number, number][] = [
  [0, 0],
  [1000, 0],
  [1000, 1000],
  [0, 1000],
  [0, 0],
]

test('every point of a waterline is its distance from the bank and inside', () => {
  for (const ring of [square, [...square].reverse()])
    for (const [x, y] of waterline(ring, 76).flat()) {
      const toBank = Math.min(x, y, 1000 - x, 1000 - y)
      expect(toBank).toBeGreaterThanOrEqual(76 * 0.96)
      expect(toBank).toBeLessThanOrEqual(76 + 1e-6)
    }
})

test('a brook narrower than twice the distance has no such line', () => {
  const brook: [number, number][] = [
    [0, 0],
    [1000, 0],
    [1000, 60],
    [0, 60],
    [0, 0],
  ]
  expect(waterline(brook, 40)).toEqual([])
  expect(waterline(brook, 16).length).toBeGreaterThan(0)
})
