import { Matrix4, Vector3 } from 'three'
import { expect, test } from 'vitest'
import { earthCentred, eastNorthUp, mercatorX, mercatorY } from '@/domain/geodesy/webMercator'
import { degreesOf, toScene } from './placeTile'

const [homeLongitude, homeLatitude] = [114.3, 30.6]
const metresPerUnit = 40_075_016.686 * Math.cos((homeLatitude * Math.PI) / 180)
const place = (longitude: number, latitude: number): [number, number] => [
  (mercatorX(longitude) - mercatorX(homeLongitude)) * metresPerUnit,
  -(mercatorY(latitude) - mercatorY(homeLatitude)) * metresPerUnit,
]

test('earth-centred metres come back as degrees', () => {
  for (const [longitude, latitude] of [
    [114.3, 30.6],
    [-51.2, -30.05],
    [1.52, 42.5],
  ] as const) {
    const [back, north] = degreesOf(new Vector3(...earthCentred(longitude, latitude, 120)))
    expect(back).toBeCloseTo(longitude, 8)
    expect(north).toBeCloseTo(latitude, 8)
  }
})

test('a corner of a tile 12 km from home lies where its degrees lie, to a few centimetres', () => {
  const centre = [114.42, 30.52] as const
  const matrix = toScene(new Vector3(...earthCentred(...centre, 30)), place, 10)
  for (const [east, north] of [
    [600, 600],
    [-600, 500],
  ] as const) {
    const earth = new Vector3(east, north, 45).applyMatrix4(new Matrix4().fromArray(eastNorthUp(...centre, 0)))
    const [longitude, latitude] = degreesOf(earth)
    const wanted = place(longitude, latitude)
    const got = earth.applyMatrix4(matrix)
    expect(Math.hypot(got.x - wanted[0], got.y - wanted[1])).toBeLessThan(0.1)
    expect(got.z).toBeCloseTo(45 - 10, 6)
  }
})
