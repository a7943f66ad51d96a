import { expect, test } from 'vitest'
import { TwinViewport } from '@/app/stage/twinViewport'
import { flatView } from './flatView'

test.each([
  [116.4, 39.9, 10.3],
  [-1.9, 53.7, 9],
  [-150, 62, 3.2],
])('a place lies where the stage has it when it looks straight down: %d %d zoom %d', (longitude, latitude, zoom) => {
  const size = { width: 900, height: 700 }
  const stage = new TwinViewport({ longitude, latitude, zoom, pitch: 0, bearing: 0, ...size })
  const flat = flatView({ longitude, latitude, zoom }, size)
  const reach = 200 / 2 ** zoom
  for (const [dx, dy] of [
    [0, 0],
    [reach, reach / 2],
    [-reach, reach],
  ] as const) {
    const place = [longitude + dx, latitude + dy] as const
    const [x, y] = flat.project(place)
    const [expectedX = 0, expectedY = 0] = stage.project([...place])
    expect(Math.abs(x - expectedX)).toBeLessThan(0.02)
    expect(Math.abs(y - expectedY)).toBeLessThan(0.02)
    const [back, up] = flat.unproject(x, y)
    expect(back).toBeCloseTo(place[0], 6)
    expect(up).toBeCloseTo(place[1], 6)
  }
  const scale = stage.distanceScales.metersPerUnit[2]! / stage.scale
  expect(flat.metresPerPixel / scale).toBeCloseTo(1, 2)
})

test('the poles lie at the edge of the world and not beyond every number', () => {
  const flat = flatView({ longitude: 0, latitude: 0, zoom: 1 }, { width: 512, height: 512 })
  expect(flat.project([0, 90])[1]).toBeCloseTo(flat.project([0, 85.051129])[1], 6)
})
