import { expect, test } from 'vitest'
import { ancestorOf, childrenOf, squareOf, windowIn } from './mercatorTile'

test('a child lies in its ancestor where its window says', () => {
  const tile = { z: 15, x: 26_812, y: 13_377 }
  expect(childrenOf(ancestorOf(tile, 14))).toContainEqual(tile)
  expect(windowIn(tile, ancestorOf(tile, 12))).toEqual({ x: (tile.x % 8) / 8, y: (tile.y % 8) / 8, size: 1 / 8 })
  expect(windowIn(tile, tile)).toEqual({ x: 0, y: 0, size: 1 })
})

test('a tile is a square of the scene, and four children fill it', () => {
  const place = (longitude: number, latitude: number): [number, number] => {
    const phi = (latitude * Math.PI) / 180
    return [longitude * 1000, ((Math.asinh(Math.tan(phi)) * 180) / Math.PI) * 1000]
  }
  const tile = { z: 9, x: 410, y: 210 }
  const whole = squareOf(tile, place)
  const parts = childrenOf(tile).map((child) => squareOf(child, place))
  for (const part of parts) expect(part.size).toBeCloseTo(whole.size / 2, 6)
  expect(Math.min(...parts.map(({ west }) => west))).toBeCloseTo(whole.west, 6)
  expect(Math.min(...parts.map(({ south }) => south))).toBeCloseTo(whole.south, 6)
})
