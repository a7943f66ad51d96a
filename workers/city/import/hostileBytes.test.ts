import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readRaster } from './dem/readRaster'
import { readCity } from './readCity'
import { SourceRefused } from './refused'
import { unpack } from './unpack'
import { readGeoJson } from './vector/readGeoJson'
import { readGeoPackage } from './vector/readGeoPackage'
import { readShapefile } from './vector/readShapefile'
import type { RawLayer } from './vector/rawFeature'
import { writeGeoJsonSquares, writeGeoPackageSquares, writeShapefileSquares } from './vector/trialFiles'
import { trialRaster } from './dem/trialRaster'

let folder = ''
const at = (name: string): string => join(folder, name)
const squares = [
  { key: 'A1', name: 'one', height: 31.5, corner: [10, 50], size: 0.001 },
  { key: 'B2', name: 'two', height: 12, corner: [10.01, 50], size: 0.001 },
] as const
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-hostile-'))
  await writeGeoJsonSquares(at('s.geojson'), squares)
  await writeShapefileSquares(at('s'), squares, [Buffer.from('one'), Buffer.from('two')])
  await writeGeoPackageSquares(at('s.gpkg'), squares, 4326)
  await writeFile(at('s.city.json'), JSON.stringify(cityJson))
  await mkdir(at('tiles'))
  await writeFile(at('tiles/tileset.json'), JSON.stringify(tileset))
  for (const name of ['a', 'b']) await writeFile(at(`tiles/${name}.glb`), 'glTF and so on')
  const raster = trialRaster([1, 2, 3, 4], { width: 2, height: 2 })
  await writeFile(at('s.tif'), raster)
  await writeFile(at('s.zip'), zipOf('s.tif', raster))
})
afterAll(async () => rm(folder, { recursive: true, force: true }))

/** A zip of one deflated file. */
function zipOf(name: string, bytes: Buffer): Buffer {
  const packed = deflateRawSync(bytes)
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(8, 8)
  head.writeUInt16LE(name.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt16LE(name.length, 28)
  const directory = Buffer.concat([entry, Buffer.from(name)])
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(30 + name.length + packed.length, 16)
  return Buffer.concat([head, Buffer.from(name), packed, directory, end])
}

/** A house of four walls and two lids, in degrees. */
const cityJson = {
  type: 'CityJSON',
  version: '2.0',
  metadata: { referenceSystem: 'https://www.opengis.net/def/crs/EPSG/0/4326', referenceDate: '2026-01-01' },
  transform: { scale: [0.000001, 0.000001, 0.01], translate: [10, 50, 0] },
  vertices: [0, 900].flatMap((z) => [
    [0, 0, z],
    [200, 0, z],
    [200, 200, z],
    [0, 200, z],
  ]),
  CityObjects: {
    house: {
      type: 'Building',
      geometry: [
        {
          type: 'MultiSurface',
          lod: '2',
          boundaries: [[[0, 3, 2, 1]], [[4, 5, 6, 7]], [[0, 1, 5, 4]], [[1, 2, 6, 5]], [[2, 3, 7, 6]], [[3, 0, 4, 7]]],
        },
      ],
    },
  },
}
const tileset = {
  asset: { version: '1.1' },
  geometricError: 10,
  root: {
    boundingVolume: { region: [0.1, 0.8, 0.1001, 0.8001, 0, 100] },
    geometricError: 1,
    refine: 'REPLACE',
    content: { uri: 'a.glb' },
    children: [
      { boundingVolume: { region: [0.1, 0.8, 0.1001, 0.8001, 0, 50] }, geometricError: 0, content: { uri: 'b.glb' } },
    ],
  },
}

const cityOf = (kind: 'buildings' | 'tiles3d', path: string): Promise<unknown> =>
  readCity({ out: 'hostile', dataDate: '2026-01-01', [kind]: [path] })

const drain = (layer: RawLayer): number => [...layer.features].length
const readers: readonly { file: string; read: (file: string) => Promise<unknown> }[] = [
  { file: 's.geojson', read: async (file) => drain(await readGeoJson(file)) },
  { file: 's.shp', read: async (file) => drain(await readShapefile(file)) },
  { file: 's.dbf', read: async () => drain(await readShapefile(at('s.shp'))) },
  { file: 's.gpkg', read: async (file) => drain(await readGeoPackage(file)) },
  { file: 's.tif', read: async (file) => readRaster(file, undefined) },
  { file: 's.city.json', read: async (file) => cityOf('buildings', file) },
  { file: 'tiles/tileset.json', read: async () => cityOf('tiles3d', at('tiles')) },
  { file: 's.zip', read: async (file) => readRaster(file, undefined) },
]

describe('any byte may be wrong, any end may be missing: read, or refused with a sentence', () => {
  test.each(readers)(
    '$file',
    async ({ file, read }) => {
      const whole = await readFile(at(file))
      await expect(read(at(file))).resolves.toBeDefined()
      let refused = 0
      const attempt = async (bytes: Uint8Array): Promise<void> => {
        await writeFile(at(file), bytes)
        const outcome = await read(at(file)).catch((cause: unknown) => cause)
        if (!(outcome instanceof Error)) return
        refused++
        expect(outcome, String(outcome.stack)).toBeInstanceOf(SourceRefused)
      }
      const change = fc.tuple(fc.nat(Math.min(whole.length, 2000) - 1), fc.nat(255))
      await fc.assert(
        fc.asyncProperty(
          fc.array(change, { minLength: 1, maxLength: 5 }),
          fc.nat(whole.length),
          async (changes, length) => {
            const bytes = Buffer.from(whole)
            for (const [where, value] of changes) bytes[where] = value
            await attempt(bytes)
            await attempt(whole.subarray(0, length))
          },
        ),
        { numRuns: 60, seed: 11 },
      )
      await writeFile(at(file), whole)
      expect(refused).toBeGreaterThan(5)
    },
    60_000,
  )
})

test('an archive that grows beyond the limit stops there', async () => {
  const zeros = Buffer.alloc(2_000_000)
  await writeFile(at('bomb.zip'), zipOf('a.hgt', zeros))
  await writeFile(at('bomb.hgt.gz'), gzipSync(zeros))
  for (const name of ['bomb.zip', 'bomb.hgt.gz']) {
    await expect(unpack(at(name), ['.hgt'], 1_000_000)).rejects.toThrow(/grows beyond 1000000 bytes/)
    expect((await unpack(at(name), ['.hgt'])).bytes.length).toBe(zeros.length)
  }
})
