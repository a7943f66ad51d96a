import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clipToBox, contains, polygonContains, signedArea } from './polygon'
import type { Point2, Ring } from './polygon'

const square: Ring = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
]

test('the cells of a grid share a polygon without loss', () => {
  const corner = fc.tuple(fc.double({ min: 0, max: 4, noNaN: true }), fc.double({ min: 0, max: 4, noNaN: true }))
  fc.assert(
    fc.property(corner, corner, corner, (a, b, c) => {
      const ring: Ring = [a, b, c]
      let sum = 0
      for (let x = 0; x < 4; x++)
        for (let y = 0; y < 4; y++) sum += Math.abs(signedArea(clipToBox(ring, [x, y, x + 1, y + 1])))
      expect(sum).toBeCloseTo(Math.abs(signedArea(ring)), 9)
    }),
  )
})

test('a ring run the other way has the same area with the other sign', () => {
  expect(signedArea(square)).toBe(100)
  expect(signedArea([...square].reverse())).toBe(-100)
  expect(signedArea([])).toBe(0)
})

test.each<[Point2, boolean]>([
  [[5, 5], true],
  [[10, 5], true],
  [[0, 0], true],
  [[11, 5], false],
  [[10.000_001, 10], false],
])('%j is inside: %s', (place, inside) => {
  expect(contains(square, place)).toBe(inside)
})

test('a hole is outside, its boundary is not', () => {
  const hole: Ring = [
    [4, 4],
    [6, 4],
    [6, 6],
    [4, 6],
  ]
  expect(polygonContains(square, [hole], [5, 5])).toBe(false)
  expect(polygonContains(square, [hole], [4, 5])).toBe(true)
  expect(polygonContains(square, [hole], [3, 5])).toBe(true)
})

test('a hundred thousand corners cost no more than a hundred times a thousand, give or take the machine', () => {
  const circle = (corners: number): Ring =>
    Array.from({ length: corners }, (_, i): Point2 => {
      const angle = (i / corners) * 2 * Math.PI
      return [Math.cos(angle), Math.sin(angle)]
    })
  const fastest = (ring: Ring): number => {
    const times = Array.from({ length: 15 }, () => {
      const began = performance.now()
      expect(contains(ring, [0.5, 0.5])).toBe(true)
      return performance.now() - began
    })
    return Math.min(...times)
  }
  const [few, many] = [circle(1000), circle(100_000)]
  fastest(few)
  expect(fastest(many)).toBeLessThan(Math.max(50, 1000 * fastest(few)))
})
