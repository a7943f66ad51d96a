import { expect, test } from 'vitest'
import { EARTH_RADIUS, greatCircleMetres } from './greatCircle'

const at = (longitude: number, latitude: number) => ({ longitude, latitude })

test('a quarter and a half of the equator', () => {
  expect(greatCircleMetres(at(0, 0), at(90, 0))).toBeCloseTo((Math.PI / 2) * EARTH_RADIUS, 3)
  expect(greatCircleMetres(at(0, 0), at(180, 0), 1)).toBeCloseTo(Math.PI, 12)
})

test('is symmetric, zero at the place itself, and keeps millimetres', () => {
  expect(greatCircleMetres(at(113.6, 34.7), at(113.7, 34.8))).toBe(greatCircleMetres(at(113.7, 34.8), at(113.6, 34.7)))
  expect(greatCircleMetres(at(113.6, 34.7), at(113.6, 34.7))).toBe(0)
  expect(greatCircleMetres(at(0, 0), at(0, 1e-8))).toBeCloseTo((1e-8 * Math.PI * EARTH_RADIUS) / 180, 9)
})
