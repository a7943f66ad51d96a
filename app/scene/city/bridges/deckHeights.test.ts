import { expect, test } from 'vitest'
import type { DeckPiece } from './deckHeights'
import { deckHeights } from './deckHeights'

/** A straight piece to the east, a point each 50 m. */
const piece = (from: number, to: number, ground: (x: number) => number, layer = 1): DeckPiece => {
  const points = Array.from({ length: (to - from) / 50 + 1 }, (_, i) => [from + i * 50, 0] as const)
  return { points, ground: points.map(([x]) => ground(x)), width: 20, layer }
}
const river = (x: number): number => (x <= 0 || x >= 600 ? 28 : 22)

test('over a river the deck goes from bank to bank and never dips to the water', () => {
  const [heights] = deckHeights([piece(0, 600, river)])
  expect(heights![0]).toBeCloseTo(28.1, 1)
  expect(heights!.at(-1)).toBeCloseTo(28.1, 1)
  expect(Math.min(...heights!)).toBeGreaterThanOrEqual(28)
  expect(heights![6]).toBeGreaterThan(28)
})

test('a flyover over flat ground rises by its ramps to its clearance and comes down again', () => {
  const [heights] = deckHeights([piece(0, 600, () => 10)])
  expect([heights![0], heights![1], heights![6]]).toEqual([
    expect.closeTo(10.1, 5),
    expect.closeTo(10 + 50 * 0.055, 5),
    expect.closeTo(16.5, 5),
  ])
  const [upper] = deckHeights([piece(0, 600, () => 10, 2)])
  expect(upper![6]).toBeCloseTo(23, 5)
})

test('pieces that meet are one bridge: cut by a tile, the deck is the same', () => {
  const [whole] = deckHeights([piece(0, 600, river)])
  const [left, right] = deckHeights([piece(0, 300, river), piece(300, 600, river)])
  expect([...left!, ...[...right!].slice(1)].map((h) => h.toFixed(6))).toEqual([...whole!].map((h) => h.toFixed(6)))
})

test('a ring without an end stands on its piers', () => {
  const ground = [5, 5, 5, 5, 5]
  const points = [
    [0, 0],
    [100, 0],
    [100, 100],
    [0, 100],
    [0, 0],
  ] as const
  const [heights] = deckHeights([{ points, ground, width: 10, layer: 1 }])
  expect([...heights!].every((height) => height === 11.5)).toBe(true)
})
