import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as mercator from './webMercator'

test('degrees come back from the unit square', () => {
  const longitude = fc.double({ min: -179.9, max: 179.9, noNaN: true })
  const latitude = fc.double({ min: -84, max: 84, noNaN: true })
  fc.assert(
    fc.property(longitude, latitude, (lon, lat) => {
      expect(mercator.longitudeAt(mercator.mercatorX(lon))).toBeCloseTo(lon, 9)
      expect(mercator.latitudeAt(mercator.mercatorY(lat))).toBeCloseTo(lat, 9)
    }),
  )
})

test('the tiles of bounds hold them, and their neighbours do not', () => {
  const tile = { z: 14, x: 13_500, y: 6_700 }
  expect(mercator.tilesWithin(mercator.tileBounds(tile), 14)).toContainEqual(tile)
  const [west, south, east, north] = mercator.tileBounds(tile)
  expect(mercator.tilesWithin([west + 1e-6, south + 1e-6, east - 1e-6, north - 1e-6], 14)).toEqual([tile])
})

// Published lengths of a degree on WGS84 (latitude, east, north).
test.each([
  [0, 111_319.49, 110_574.28],
  [30, 96_486.28, 110_852.43],
  [60, 55_800.03, 111_412.24],
])('a degree at latitude %d is %d by %d m', (latitude, east, north) => {
  const [gotEast, gotNorth] = mercator.metresPerDegree(latitude)
  expect(gotEast).toBeCloseTo(east, 0)
  expect(gotNorth).toBeCloseTo(north, 0)
})

test("a tile's frame is within a hand of the ellipsoid at a corner of zoom 14", () => {
  const address = { z: 14, x: 13_512, y: 6_742 }
  const frame = mercator.tileFrame(address)
  const [west, south] = mercator.tileBounds(address)
  const [m0, m1, m2, , m4, m5, m6, , , , , , m12, m13, m14] = mercator.eastNorthUp(frame.longitude, frame.latitude, 0)
  const [x, y, z] = mercator.earthCentred(west, south, 0)
  const [dx, dy, dz] = [x - m12!, y - m13!, z - m14!]
  expect((mercator.mercatorX(west) - frame.x) * frame.east).toBeCloseTo(dx * m0! + dy * m1! + dz * m2!, 0)
  expect((frame.y - mercator.mercatorY(south)) * frame.north).toBeCloseTo(dx * m4! + dy * m5! + dz * m6!, 0)
})
