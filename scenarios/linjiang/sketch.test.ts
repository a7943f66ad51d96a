import { expect, test } from 'vitest'
import { ROADS } from './roads'
import { linjiangSketch } from './sketch'
import { HALF_SIZE } from './ground/extent'
import { THINGS } from './things'
import { toDegrees } from './curve'

test('the sketch is closed, named and inside its city', () => {
  const { features } = linjiangSketch(7)
  for (const { geometry } of features) {
    if (geometry.type !== 'Polygon') continue
    const ring = geometry.coordinates[0]!
    expect(ring[0]).toEqual(ring[ring.length - 1])
    expect(ring.length).toBeGreaterThan(20)
  }
  expect(features.filter(({ properties }) => properties.class === 'district')).toHaveLength(6)
  expect(features.filter(({ properties }) => properties.class === 'road')).toHaveLength(ROADS.length)
  expect(features.filter(({ properties }) => properties.class === 'street').length).toBeGreaterThan(200)
  expect(JSON.stringify(linjiangSketch(7))).toBe(JSON.stringify({ type: 'FeatureCollection', features }))
})

test('every place has a key and a position of its own and stands in the city', () => {
  expect(new Set(THINGS.map(({ key }) => key)).size).toBe(THINGS.length)
  const outside = THINGS.filter(({ at: [x, y] }) => Math.max(Math.abs(x), Math.abs(y)) > HALF_SIZE).map(
    ({ key }) => key,
  )
  expect(outside).toEqual([])
  expect(new Set(THINGS.map(({ at }) => toDegrees(at).join())).size).toBe(THINGS.length)
})
