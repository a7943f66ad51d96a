import { expect, test } from 'vitest'
import type { Polygon } from '@/domain/city/cityModel'
import { squareMetres } from '../geometry/ring'
import { joinPolygons } from './mergePieces'

/** Places in units of 1e-7 degrees from a corner of Shanghai. */
const piece = (...units: number[]): Polygon => ({
  outer: Float64Array.from(units, (unit, i) => (i % 2 === 0 ? 121.4 : 31.2) + unit * 1e-7),
  holes: [],
})
const joined = (pieces: readonly Polygon[]) => {
  let failures = 0
  const shapes = joinPolygons(pieces, () => failures++)
  return { shapes, failures }
}

test('halves that a border cut are one again', () => {
  const left = piece(0, 0, 1000, 0, 1000, 1000, 0, 1000)
  const { shapes, failures } = joined([left, piece(1000, 0, 2000, 0, 2000, 1000, 1000, 1000), left])
  expect(failures).toBe(0)
  expect(shapes).toHaveLength(1)
  expect(squareMetres(shapes[0]!) / squareMetres(left)).toBeCloseTo(2, 3)
})

test('pieces whose union the library gives up come back apart, largest first, and are told', () => {
  const tangled = [
    piece(17, 36, 6, 33, 1, 32, 37, 29, 7, 23, 33, 13),
    piece(21, 11, 7, 9, 26, 27, 33, 10, 1, 35, 1, 1),
    piece(32, 26, 36, 34, 25, 23, 23, 26, 10, 13, 37, 32, 23, 16),
  ]
  const { shapes, failures } = joined(tangled)
  expect(failures).toBe(1)
  expect(shapes).toHaveLength(3)
  expect(new Set(shapes)).toEqual(new Set(tangled))
  const sizes = shapes.map(squareMetres)
  expect(sizes).toEqual(sizes.toSorted((one, other) => other - one))
})
