import { VectorTile, classifyRings } from '@mapbox/vector-tile'
import fc from 'fast-check'
import Pbf from 'pbf'
import { expect, test } from 'vitest'
import type { Polygon } from '@/domain/city/cityModel'
import { mercatorX, mercatorY, tileBounds } from '@/domain/geodesy/webMercator'
import { tinyCity } from '@/workers/city/tinyCity'
import { clipFeature } from './clip'
import { boxOf, linePath, polygonPaths } from './feature'
import type { Feature, Path } from './feature'
import { featuresOf } from './features'
import { vectorTiles } from './vectorTiles'

const common = { layer: 'cover', minZoom: 0, properties: [['code', 'x']] } as const
const polygonFeature = (polygon: Polygon): Feature => {
  const paths = polygonPaths(polygon)
  return { ...common, shape: 'polygon', paths, box: boxOf(paths) }
}

function area(path: Path): number {
  let twice = 0
  for (let i = 0; i < path.length; i += 3) {
    const next = (i + 3) % path.length
    twice += path[i]! * path[next + 1]! - path[next]! * path[i + 1]!
  }
  return Math.abs(twice) / 2
}

test('a polygon cut by a grid loses nothing', () => {
  const corner = fc.tuple(fc.double({ min: 0, max: 4, noNaN: true }), fc.double({ min: 0, max: 4, noNaN: true }))
  fc.assert(
    fc.property(fc.array(corner, { minLength: 3, maxLength: 3 }), (corners) => {
      const outer = Float64Array.from(corners.flat())
      const whole = polygonFeature({ outer, holes: [] })
      const sum = [0, 1, 2, 3].flatMap((x) =>
        [0, 1, 2, 3].map((y) => {
          const box = [mercatorX(x), mercatorY(y + 1), mercatorX(x + 1), mercatorY(y)] as const
          const [path] = clipFeature(whole, box)?.paths ?? []
          return path === undefined ? 0 : area(path)
        }),
      )
      expect(sum.reduce((a, b) => a + b)).toBeCloseTo(area(whole.paths[0]!), 12)
    }),
  )
})

test('a line that leaves and comes back is two lines with its own ends', () => {
  const path = linePath(Float64Array.of(0, 0, 10, 0, 10, 4, 0, 4))
  const line: Feature = { ...common, shape: 'line', paths: [path], box: boxOf([path]) }
  const cut = clipFeature(line, [mercatorX(-1), mercatorY(5), mercatorX(6), mercatorY(-1)])
  expect(cut?.paths).toHaveLength(2)
  expect(cut?.paths.map((piece) => piece.length / 3)).toEqual([2, 2])
  expect(cut?.paths[0]?.[3]).toBeCloseTo(mercatorX(6), 12)
})

test('a hole outside of the box goes, and a polygon whose ring is outside goes with its holes', () => {
  const box = (west: number, south: number, side: number): Float64Array =>
    Float64Array.of(west, south, west + side, south, west + side, south + side, west, south + side)
  const ring = polygonFeature({ outer: box(0, 0, 10), holes: [box(1, 1, 2), box(7, 7, 2)] })
  const half = clipFeature(ring, [mercatorX(-1), mercatorY(11), mercatorX(5), mercatorY(-1)])
  expect(half?.paths).toHaveLength(2)
  expect(clipFeature(ring, [mercatorX(11), mercatorY(11), mercatorX(12), mercatorY(0)])).toBeUndefined()
})

const model = tinyCity()
const bounds = [114.285, 30.587, 114.315, 30.613] as const
const tiles = [...vectorTiles(featuresOf(model), bounds)].map(({ address, body }) => ({
  address,
  tile: new VectorTile(new Pbf(body)),
}))

test('every building is in the deepest tiles with its code, once for each tile it touches', () => {
  const codes = new Set<unknown>()
  for (const { address, tile } of tiles) {
    const layer = tile.layers['building']
    if (layer === undefined) continue
    expect(address.z).toBeGreaterThanOrEqual(14)
    const own = Array.from({ length: layer.length }, (_, i) => layer.feature(i).properties['code'])
    expect(new Set(own).size).toBe(own.length)
    if (address.z === 15) for (const code of own) codes.add(code)
  }
  // way/4 is a line folded on itself.
  expect(codes.size).toBe(model.buildings.length - 1)
})

test('rings turn as version 2 demands and a courtyard stays open', () => {
  const courts = new Set<unknown>()
  const features = tiles.flatMap(({ tile, address }) =>
    ['building', 'water', 'cover', 'division'].flatMap((name) => {
      const layer = tile.layers[name]
      const own = Array.from({ length: layer?.length ?? 0 }, (_, i) => layer!.feature(i))
      return own.map((feature) => ({ feature, deep: name === 'building' && address.z === 15 }))
    }),
  )
  for (const { feature, deep } of features) {
    const polygons = classifyRings(feature.loadGeometry())
    expect(polygons).toHaveLength(1)
    if (deep && polygons[0]!.length === 2) courts.add(feature.properties['code'])
  }
  expect([...courts]).toEqual([model.buildings.find(({ source }) => source === 'way/1')?.code])
})

test('classes, names and numbers come back, and zooms show what the table says', () => {
  const roadsAt = (z: number): Set<unknown> =>
    new Set(
      tiles
        .filter(({ address }) => address.z === z)
        .flatMap(({ tile: { layers } }) =>
          Array.from({ length: layers['road']?.length ?? 0 }, (_, i) => layers['road']!.feature(i).properties['class']),
        ),
    )
  expect([roadsAt(10), roadsAt(13), roadsAt(14)]).toEqual([
    new Set(['primary']),
    new Set(['primary']),
    new Set(['primary', 'residential']),
  ])
  const lake = tiles.find(({ address, tile }) => address.z === 12 && tile.layers['water'] !== undefined)
  expect(lake?.tile.layers['water']?.feature(0).properties).toMatchObject({ nameZh: '小湖', level: 18.5 })
})

test('a vertex in a tile is where it is on the ground, to a quarter of a metre', () => {
  const { address, tile } = tiles.find(
    ({ address: { z }, tile: { layers } }) => z === 15 && layers['facility'] !== undefined,
  )!
  const point = tile.layers['facility']!.feature(0).loadGeometry()[0]![0]!
  const [west, , east] = tileBounds(address)
  const facility = model.facilities[0]!
  expect(west + ((east - west) * point.x) / 4096).toBeCloseTo(facility.longitude, 5)
})
