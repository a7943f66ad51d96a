import { expect, test } from 'vitest'
import { deckMesh } from './deckMesh'

test('a high deck has its top, sides and underside, and a pier at each 48 m', () => {
  const piece = {
    points: [
      [0, 0],
      [96, 0],
    ] as const,
    ground: [0, 0],
    width: 20,
    layer: 1,
  }
  const high = deckMesh([piece], [Float64Array.of(10, 10)])
  const low = deckMesh([piece], [Float64Array.of(2, 2)])
  expect(low.position).toHaveLength(4 * 6 * 3)
  expect(high.position).toHaveLength((4 + 2 * 4) * 6 * 3)
  const heights = high.position.filter((_, i) => i % 3 === 2)
  expect([Math.min(...heights), Math.max(...heights)]).toEqual([-3, expect.closeTo(10.9, 5)])
  expect(high.normal).toHaveLength(high.position.length)
})

test('the top faces up: its corners run against the clock from above', () => {
  const { position, normal } = deckMesh(
    [
      {
        points: [
          [0, 0],
          [50, 0],
        ] as const,
        ground: [0, 0],
        width: 10,
        layer: 1,
      },
    ],
    [Float64Array.of(1, 1)],
  )
  const [ax, ay, , bx, by, , cx, cy] = position
  expect((bx! - ax!) * (cy! - ay!) - (by! - ay!) * (cx! - ax!)).toBeGreaterThan(0)
  expect([...normal.subarray(0, 3)]).toEqual([0, 0, 1])
})
