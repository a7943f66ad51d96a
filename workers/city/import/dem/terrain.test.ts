import { gzipSync } from 'node:zlib'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planeSystem } from '@/domain/geodesy/planeSystem'
import { Bounds } from '../cityDraft'
import { Tally } from '../tally'
import { flatTerrain, makeTerrain } from './makeTerrain'
import { readRaster } from './readRaster'
import { trialRaster } from './trialRaster'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-dem-'))
})
afterAll(async () => rm(folder, { recursive: true, force: true }))

const boundsOf = (west: number, south: number, east: number, north: number): Bounds => {
  const bounds = new Bounds()
  bounds.add(west, south)
  bounds.add(east, north)
  return bounds
}

/** Height that rises 1 m per post to the east and 10 m per post to the south. */
function slopeTile(voids: readonly number[] = []): Buffer {
  const bytes = Buffer.alloc(1201 * 1201 * 2)
  for (let row = 0; row < 1201; row++)
    for (let column = 0; column < 1201; column++) bytes.writeInt16BE(column + 10 * row, (row * 1201 + column) * 2)
  for (const at of voids) bytes.writeInt16BE(-32_768, at * 2)
  return bytes
}

describe('an SRTM tile', () => {
  test('its posts keep their places and heights, voids are filled from their neighbours and counted', async () => {
    const file = join(folder, 'N42E001.hgt')
    // 42.5 N 1.5 E is the post in row 600, column 600.
    await writeFile(file, slopeTile([600 * 1201 + 600]))
    const raster = await readRaster(file, undefined)
    const tally = new Tally()
    const grid = makeTerrain([raster], boundsOf(1.45, 42.45, 1.55, 42.55), { lift: 2, tally })
    const column = Math.round((1.5 - grid.west) / grid.stepLongitude)
    const row = Math.round((grid.north - 42.5) / grid.stepLatitude)
    expect(grid.west + column * grid.stepLongitude).toBeCloseTo(1.5, 9)
    expect(grid.metres[row * grid.columns + column + 1]).toBe(601 + 6000 + 2)
    // The mean of the eight neighbours of a plane is the plane.
    expect(grid.metres[row * grid.columns + column]).toBe(600 + 6000 + 2)
    expect(tally.counts()[0]).toMatchObject({
      taken: grid.metres.length - 1,
      refused: { 'void or outside, filled from its neighbours': 1 },
    })
  })

  test.each([
    ['N42E001.hgt', Buffer.alloc(5000), /2,884,802/],
    ['heights.hgt', slopeTile(), /does not say its place/],
    ['N42E001.hgt.gz', gzipSync(Buffer.alloc(100)), /2,884,802/],
    ['heights.xyz', Buffer.from('1 2 3'), /is no height raster/],
    ['broken.zip', Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.alloc(40)]), /zip that is cut off/],
    ['broken.hgt.gz', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4]), /broken archive/],
  ])('%s is refused', async (name, bytes, sentence) => {
    const file = join(folder, `bad-${name}`.replace('bad-N', 'N'))
    await writeFile(file, bytes)
    await expect(readRaster(file, undefined)).rejects.toThrow(sentence)
  })
})

describe('an ESRI ASCII grid', () => {
  const head = 'ncols 3\nnrows 2\nxllcorner 500000\nyllcorner 4000000\ncellsize 10\nNODATA_value -9999\n'

  test('in a declared plane system lies where its corner says', async () => {
    const file = join(folder, 'plane.asc')
    await writeFile(file, `${head}1 2 3\n4 5 -9999\n`)
    const plane = planeSystem(32_650)!
    const raster = await readRaster(file, plane)
    expect([raster.west, raster.north, raster.columns, raster.rows]).toEqual([500_005, 4_000_015, 3, 2])
    expect([...raster.metres]).toEqual([1, 2, 3, 4, 5, Number.NaN])
    const { longitude, latitude } = plane.toDegrees(500_005, 4_000_015)
    const grid = makeTerrain([raster], boundsOf(longitude - 1e-6, latitude - 1e-6, longitude, latitude), {
      lift: 0,
      tally: new Tally(),
    })
    const column = Math.round((longitude - grid.west) / grid.stepLongitude)
    const row = Math.round((grid.north - latitude) / grid.stepLatitude)
    expect(grid.metres[row * grid.columns + column]).toBeCloseTo(1, 0)
  })

  test.each([
    [`${head}1 2 3\n4`, /cut off: it says 6 heights/],
    [head.replace('ncols 3', 'ncols 999999999'), /cannot have/],
    [head.replace('ncols 3', 'ncols 99999999'), /cut off: it says 199999998/],
    [`${head}1 2 3      \n4    `, /cut off: 2 of 6/],
    [head.replace('cellsize 10', 'cellsize -1'), /cannot have posts -1 apart/],
    ['ncols 3\n', /does not say its nrows/],
  ])('broken: %j', async (text, sentence) => {
    const file = join(folder, 'bad.asc')
    await writeFile(file, text)
    await expect(readRaster(file, planeSystem(32_650))).rejects.toThrow(sentence)
  })

  test('in metres without a declared system is refused', async () => {
    const file = join(folder, 'unsaid.asc')
    await writeFile(file, `${head}1 2 3\n4 5 6\n`)
    await expect(readRaster(file, undefined)).rejects.toThrow(/--crs/)
  })
})

describe('a GeoTIFF', () => {
  test('its first band, its place and its void', async () => {
    const bytes = trialRaster([10, 20, 30, -9999], { width: 2, height: 2, voidText: '-9999' })
    const file = join(folder, 'small.tif')
    await writeFile(file, bytes)
    const raster = await readRaster(file, undefined)
    expect(raster.west).toBeCloseTo(10.005, 9)
    expect(raster.north).toBeCloseTo(49.995, 9)
    expect([...raster.metres.subarray(0, 3)]).toEqual([10, 20, 30])
    expect(raster.metres[3]).toBeNaN()
  })

  test('a broken one is refused', async () => {
    const file = join(folder, 'broken.tif')
    await writeFile(file, Buffer.from('II*\u0000\u0008\u0000\u0000\u0000garbage', 'latin1'))
    await expect(readRaster(file, undefined)).rejects.toThrow(/no GeoTIFF/)
  })
})

test('a city without heights is flat at the stated height', () => {
  const grid = flatTerrain(boundsOf(121.4, 31.2, 121.5, 31.3), 4)
  expect(new Set(grid.metres)).toEqual(new Set([4]))
  expect(grid.west).toBeLessThan(121.4)
  expect(grid.west + (grid.columns - 1) * grid.stepLongitude).toBeGreaterThan(121.5)
  expect(grid.north - (grid.rows - 1) * grid.stepLatitude).toBeLessThan(31.2)
})
