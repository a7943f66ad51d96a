import { fromArrayBuffer } from 'geotiff'
import { PNG } from 'pngjs'
import { expect, test } from 'vitest'
import type { HeightGrid } from '@/domain/city/cityModel'
import { latitudeAt, longitudeAt, tilesWithin } from '@/domain/geodesy/webMercator'
import { tinyTerrain } from '@/workers/city/tinyCity'
import { encodeGeoTiff } from './geoTiff'
import { HeightField } from './heightField'
import { heightTile, terrainMaxZoom } from './heightTiles'

const grid = tinyTerrain()
const field = new HeightField(grid)

function decoded(png: Buffer): (column: number, row: number) => number {
  const { data, width } = PNG.sync.read(png)
  return (column, row) => {
    const at = (row * width + column) * 4
    return data[at]! * 256 + data[at + 1]! + data[at + 2]! / 256 - 32_768
  }
}

test('the field passes through every known post, and a void lies between its neighbours', () => {
  for (const [column, row] of [
    [25, 25],
    [0, 0],
    [100, 100],
    [13, 77],
  ] as const) {
    const height = field.heightAt(grid.west + column * grid.stepLongitude, grid.north - row * grid.stepLatitude)
    expect(height).toBeCloseTo(grid.metres[row * grid.columns + column]!, 4)
  }
  expect(field.voids).toBe(1)
  const filled = field.heightAt(grid.west + 50 * grid.stepLongitude, grid.north - 50 * grid.stepLatitude)
  const around = [49, 51].map((column) => grid.metres[50 * grid.columns + column]!)
  expect(filled).toBeGreaterThan(Math.min(...around) - 0.5)
  expect(filled).toBeLessThan(Math.max(...around) + 0.5)
})

test('a grid of voids alone lies at zero, and one with too few heights is refused', () => {
  const empty: HeightGrid = { ...grid, metres: new Float32Array(grid.metres.length).fill(NaN) }
  expect(new HeightField(empty).range()).toEqual([0, 0])
  expect(() => new HeightField({ ...grid, rows: 7 })).toThrow(RangeError)
})

test('a tile holds the heights at the centres of its pixels', () => {
  const zoom = terrainMaxZoom(field)
  for (const address of tilesWithin([114.285, 30.587, 114.315, 30.613], zoom)) {
    const heightOf = decoded(heightTile(field, address))
    for (const [column, row] of [
      [0, 0],
      [255, 0],
      [17, 201],
      [128, 128],
    ] as const) {
      const size = 2 ** -address.z
      const longitude = longitudeAt((address.x + (column + 0.5) / 256) * size)
      const latitude = latitudeAt((address.y + (row + 0.5) / 256) * size)
      expect(heightOf(column, row)).toBeCloseTo(field.heightAt(longitude, latitude), 2)
    }
  }
})

test('a tile of a low zoom keeps the mean of the ground', () => {
  const plane: HeightGrid = { ...grid, metres: grid.metres.map(() => 123.5) }
  const heightOf = decoded(heightTile(new HeightField(plane), { z: 10, x: 837, y: 420 }))
  expect([heightOf(0, 0), heightOf(255, 255), heightOf(60, 199)]).toEqual([123.5, 123.5, 123.5])
})

test('the GeoTIFF is read back by another hand: the same heights at the same places', async () => {
  const bytes = encodeGeoTiff(field)
  const tiff = await fromArrayBuffer(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
  )
  const image = await tiff.getImage()
  const [west, south, east, north] = image.getBoundingBox()
  expect(west).toBeCloseTo(grid.west - grid.stepLongitude / 2, 9)
  expect(north).toBeCloseTo(grid.north + grid.stepLatitude / 2, 9)
  expect((east! - west!) / grid.columns).toBeCloseTo(grid.stepLongitude, 12)
  expect((north! - south!) / grid.rows).toBeCloseTo(grid.stepLatitude, 12)
  const [heights] = (await image.readRasters()) as unknown as [Float32Array]
  const voids = grid.metres.findIndex((height) => Number.isNaN(height))
  for (let i = 0; i < heights.length; i++)
    if (i !== voids && heights[i] !== grid.metres[i]) expect(heights[i]).toBe(grid.metres[i])
  expect(heights).toHaveLength(grid.metres.length)
})
