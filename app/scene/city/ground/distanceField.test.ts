import { expect, test } from 'vitest'
import { distanceField } from './distanceField'

const SIZE = 64
const mask = (inside: (x: number, y: number) => boolean): Uint8Array =>
  Uint8Array.from({ length: SIZE * SIZE }, (_, i) => (inside(i % SIZE, Math.floor(i / SIZE)) ? 255 : 0))

test('distance to a straight bank, on both sides', () => {
  const field = distanceField(
    mask((x) => x < 20),
    SIZE,
    SIZE,
  )
  expect(field[10 * SIZE + 5]).toBeCloseTo(-14.5, 6) // the edge lies between pixels 19 and 20
  expect(field[10 * SIZE + 30]).toBeCloseTo(10.5, 6)
})

test('distance to a round pond is the distance to its circle', () => {
  const field = distanceField(
    mask((x, y) => Math.hypot(x - 32, y - 32) < 12),
    SIZE,
    SIZE,
  )
  for (const [x, y] of [
    [32, 2],
    [60, 32],
    [50, 50],
    [32, 32],
  ] as const) {
    expect(Math.abs(field[y * SIZE + x]! - (Math.hypot(x - 32, y - 32) - 12))).toBeLessThan(1)
  }
})

test('an empty mask is far from water everywhere', () => {
  expect(
    Math.min(
      ...distanceField(
        mask(() => false),
        SIZE,
        SIZE,
      ),
    ),
  ).toBeGreaterThan(1000)
})
