import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromGeocentric, ELLIPSOIDS, shiftDatum, toGeocentric, unshiftDatum } from './ellipsoid'
import { LocalGrid, localGridSystem } from './localGrid'
import { planeSystem } from './planeSystem'
import type { PlaneSystem } from './planeSystem'

const system = (epsg: number): PlaneSystem => {
  const found = planeSystem(epsg)
  if (found === undefined) throw new Error(`EPSG:${epsg} is not known.`)
  return found
}
const METRES_PER_DEGREE = 111_195

describe('published places', () => {
  // CN Tower of Toronto in UTM zone 17, the example of the projection's common description.
  test('UTM zone 17', () => {
    const [x, y] = system(32_617).fromDegrees({ longitude: -79.387139, latitude: 43.642567 })
    expect(x).toBeCloseTo(630_084, 0)
    expect(Math.abs(y - 4_833_438)).toBeLessThan(1.5)
  })

  // Schreutelkamp and Strang van Hees, “Benaderingsformules”: Amersfoort and the Westertoren of Amsterdam.
  test.each([
    { x: 155_000, y: 463_000, longitude: 5.387_206_21, latitude: 52.155_174_4 },
    { x: 120_700.723, y: 487_525.502, longitude: 4.883_525_59, latitude: 52.374_532_53 },
  ])('the Dutch grid at $x, $y to half a metre', ({ x, y, longitude, latitude }) => {
    const place = system(28_992).toDegrees(x, y)
    expect(Math.abs(place.latitude - latitude) * METRES_PER_DEGREE).toBeLessThan(0.5)
    expect(Math.abs(place.longitude - longitude) * METRES_PER_DEGREE * 0.61).toBeLessThan(0.5)
  })

  test('a zone of 3 degrees: its central meridian lies at 500 km, with the zone in front where it is so numbered', () => {
    expect(system(4549).fromDegrees({ longitude: 120, latitude: 31 })[0]).toBeCloseTo(500_000, 6)
    expect(system(4528).fromDegrees({ longitude: 120, latitude: 31 })[0]).toBeCloseTo(40_500_000, 6)
  })

  // Length of the meridian from the equator to 45 degrees on GRS80, as published.
  test('the northing at 45 degrees is the length of the meridian', () => {
    expect(system(4549).fromDegrees({ longitude: 120, latitude: 45 })[1]).toBeCloseTo(4_984_944.378, 2)
  })
})

test('every known system comes back to a tenth of a millimetre', () => {
  const systems = [32_650, 32_756, 25_832, 28_356, 4495, 4506, 4528, 4549, 3857].map((epsg) => system(epsg))
  fc.assert(
    fc.property(
      fc.constantFrom(...systems),
      fc.double({ min: -20_000, max: 20_000, noNaN: true }),
      fc.double({ min: -20_000, max: 20_000, noNaN: true }),
      (plane, dx, dy) => {
        const middle = plane.name === 'EPSG:3857' ? [13_500_000, 3_600_000] : [eastingOf(plane), 4_000_000]
        const place = plane.toDegrees(middle[0]! + dx, middle[1]! + dy)
        const [x, y] = plane.fromDegrees(place)
        expect(Math.hypot(x - middle[0]! - dx, y - middle[1]! - dy)).toBeLessThan(1e-4)
      },
    ),
  )
})

test('the Dutch grid comes back to a millimetre', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 20_000, max: 270_000, noNaN: true }),
      fc.double({ min: 310_000, max: 610_000, noNaN: true }),
      (x, y) => {
        const back = system(28_992).fromDegrees(system(28_992).toDegrees(x, y))
        // The way over CGCS2000 drops the height between the ellipsoids, some 40 m: a fraction of a millimetre of place.
        expect(Math.hypot(back[0] - x, back[1] - y)).toBeLessThan(2e-3)
      },
    ),
  )
})

const eastingOf = (plane: PlaneSystem): number =>
  /^EPSG:45(1[3-9]|2\d|3[0-3])$/.test(plane.name) ? 40_500_000 : plane.name === 'EPSG:4495' ? 17_500_000 : 500_000

describe('a local grid', () => {
  const four = { dx: 431_000.25, dy: 3_420_000.5, rotation: 1234.5, ppm: -31.25 }
  const seven = { dx: -12.5, dy: 110.25, dz: 45.5, rx: 1.2, ry: -2.1, rz: 3.3, ppm: -4.5 }
  const grid = { ellipsoid: 'krasovsky', centralMeridian: 114.33, planeHeight: 100 } as const

  test('four and seven parameters are undone', () => {
    const local = localGridSystem(LocalGrid.parse({ name: 'own', grid, fourParameters: four, sevenParameters: seven }))
    fc.assert(
      fc.property(
        fc.double({ min: -30_000, max: 30_000, noNaN: true }),
        fc.double({ min: -30_000, max: 30_000, noNaN: true }),
        (x, y) => {
          const back = local.fromDegrees(local.toDegrees(x, y))
          expect(Math.hypot(back[0] - x, back[1] - y)).toBeLessThan(5e-3)
        },
      ),
    )
  })

  test('four parameters turn, stretch and move the plane', () => {
    const plain = localGridSystem(LocalGrid.parse({ name: 'plain', grid }))
    const turned = localGridSystem(
      LocalGrid.parse({
        name: 'turned',
        grid,
        fourParameters: { dx: 500_000, dy: 3_000_000, rotation: 324_000, ppm: 0 },
      }),
    )
    // A quarter turn: 100 m east of the local origin lie 100 m north in the grid.
    const place = turned.toDegrees(100, 0)
    const [x, y] = plain.fromDegrees(place)
    expect(x).toBeCloseTo(500_000, 4)
    expect(y).toBeCloseTo(3_000_100, 4)
  })

  test('a key that nobody knows is refused', () => {
    expect(LocalGrid.safeParse({ name: 'x', grid: { ...grid, meridian: 1 } }).success).toBe(false)
  })
})

test('the seven parameters are undone exactly', () => {
  const shift = { dx: 565, dy: 50, dz: 465, rx: -0.4, ry: 0.35, rz: -1.87, ppm: 4.08 }
  const there = toGeocentric(ELLIPSOIDS.bessel, 0.09, 0.91, 30)
  const back = unshiftDatum(shift, shiftDatum(shift, there))
  back.forEach((value, axis) => expect(value).toBeCloseTo(there[axis]!, 6))
  const place = fromGeocentric(ELLIPSOIDS.bessel, there)
  expect(place.longitude).toBeCloseTo(0.09, 12)
  expect(place.latitude).toBeCloseTo(0.91, 11)
})

test('an unknown number has no system', () => {
  expect(planeSystem(2437)).toBeUndefined()
})
