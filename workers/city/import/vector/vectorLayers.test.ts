import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wgs84ToGcj02 } from '@/domain/geodesy/coordinateSystem'
import { planeSystem } from '@/domain/geodesy/planeSystem'
import type { Building, CityModel } from '@/domain/city/cityModel'
import { squareMetres } from '../geometry/ring'
import type { ImportOptions, VectorSource } from '../options'
import { readCity } from '../readCity'
import { writeGeoJsonSquares, writeGeoPackageSquares, writeShapefileSquares } from './trialFiles'

let folder = ''
const at = (name: string): string => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-vector-'))
  await writeFile(
    at('fields.json'),
    JSON.stringify({ buildings: { key: 'GUID', fields: { name: 'MC', height: 'GD', use: { otherwise: 'office' } } } }),
  )
})
afterAll(async () => rm(folder, { recursive: true, force: true }))

const city = (options: Partial<ImportOptions>): Promise<CityModel> =>
  readCity({ out: 'trial', dataDate: '2026-01-01', fields: at('fields.json'), ...options })
const source = (format: VectorSource['format'], file: string): VectorSource => ({
  format,
  layer: 'buildings',
  file: at(file),
})
const shapeOf = ({ footprint, height, name, use }: Building) => ({
  height,
  name: name?.['zh-CN'],
  use,
  corner: [...footprint.outer].map((value) => value.toFixed(7)).sort(),
})

describe('the same houses in GeoJSON, shapefile and GeoPackage', () => {
  // CGCS2000, zone of 3 degrees at 114 E: squares of 20 m near Wuhan.
  const squares = [
    { key: 'A1', name: '钟楼', height: 31.5, corner: [528_000, 3_386_000], size: 20 },
    { key: 'B2', name: '市民中心', height: 120, corner: [528_100, 3_386_050], size: 20 },
  ] as const
  // 钟楼 and 市民中心 in GB18030.
  const names = [Buffer.from('d6d3c2a5', 'hex'), Buffer.from('cad0c3f1d6d0d0c4', 'hex')]

  test('give the same city', async () => {
    await writeGeoJsonSquares(at('houses.geojson'), squares)
    await writeShapefileSquares(at('houses'), squares, names)
    await writeGeoPackageSquares(at('houses.gpkg'), squares, 4547)
    const crs = 'EPSG:4547'
    const json = await city({ vectors: [source('geojson', 'houses.geojson')], crs })
    const shape = await city({ vectors: [source('shp', 'houses.shp')], crs })
    const geoPackage = await city({ vectors: [source('gpkg', 'houses.gpkg')] })
    const wanted = json.buildings.map(shapeOf)
    expect(wanted).toHaveLength(2)
    expect(wanted.map(({ name }) => name)).toEqual(['钟楼', '市民中心'])
    expect(shape.buildings.map(shapeOf)).toEqual(wanted)
    expect(geoPackage.buildings.map(shapeOf)).toEqual(wanted)
    expect(squareMetres(json.buildings[0]!.footprint)).toBeGreaterThan(395)
    expect(squareMetres(json.buildings[0]!.footprint)).toBeLessThan(405)
    const { longitude } = planeSystem(4547)!.toDegrees(528_000, 3_386_000)
    expect(Math.min(...json.buildings[0]!.footprint.outer.filter((_, i) => i % 2 === 0))).toBeCloseTo(longitude, 9)
  })

  test('a shapefile that says no system needs one said', async () => {
    await expect(city({ vectors: [source('shp', 'houses.shp')] })).rejects.toThrow(/--crs/)
  })

  test('a cut shapefile and a table with missing rows are refused', async () => {
    await writeShapefileSquares(at('cut'), squares, names)
    const [shp, dbf] = [await readFile(at('cut.shp')), await readFile(at('cut.dbf'))]
    await writeFile(at('cut.shp'), shp.subarray(0, shp.length - 10))
    await expect(city({ vectors: [source('shp', 'cut.shp')], crs: 'EPSG:4547' })).rejects.toThrow(/cut off in record 2/)
    await writeFile(at('cut.dbf'), dbf.subarray(0, dbf.length - 40))
    await expect(city({ vectors: [source('shp', 'cut.shp')], crs: 'EPSG:4547' })).rejects.toThrow(/1 of 2 rows/)
  })
})

describe('declared systems', () => {
  test('GCJ-02 is undone, and the control points say by how much a wrong declaration is off', async () => {
    const place = { longitude: 114.3, latitude: 30.6 }
    const moved = wgs84ToGcj02(place)
    const square = { key: 'A', name: '甲', height: 9, corner: [moved.longitude, moved.latitude], size: 0.0005 } as const
    await writeGeoJsonSquares(at('gcj.geojson'), [square])
    const vectors = [source('geojson', 'gcj.geojson')]
    const model = await city({ vectors, crs: 'GCJ-02' })
    expect(Math.min(...model.buildings[0]!.footprint.outer.filter((_, i) => i % 2 === 0))).toBeCloseTo(114.3, 6)
    await writeFile(
      at('control.csv'),
      `key,x,y,longitude,latitude\nP1,${moved.longitude},${moved.latitude},114.3,30.6\n`,
    )
    const right = await city({ vectors, crs: 'GCJ02', control: at('control.csv') })
    expect(right.identity.controlPoints?.[0]?.residual).toBeLessThan(0.02)
    await expect(city({ vectors, crs: 'WGS84', control: at('control.csv') })).rejects.toThrow(/P1 5\d\d\.\d+ m/)
  })

  test('a local grid by four parameters', async () => {
    await writeFile(
      at('grid.json'),
      JSON.stringify({
        name: 'own',
        grid: { ellipsoid: 'CGCS2000', centralMeridian: 114 },
        fourParameters: { dx: 500_000, dy: 3_380_000, rotation: 0, ppm: 0 },
      }),
    )
    await writeGeoJsonSquares(at('local.geojson'), [
      { key: 'A', name: '甲', height: 9, corner: [28_000, 6000], size: 20 },
    ])
    const model = await city({ vectors: [source('geojson', 'local.geojson')], crs: at('grid.json') })
    const { longitude } = planeSystem(4547)!.toDegrees(528_000, 3_386_000)
    expect(Math.min(...model.buildings[0]!.footprint.outer.filter((_, i) => i % 2 === 0))).toBeCloseTo(longitude, 9)
  })

  test.each(['EPSG:2326', 'beijing54', 'missing.json'])('%s is refused', async (crs) => {
    await expect(city({ vectors: [], crs })).rejects.toThrow(/--crs|cannot be opened/)
  })
})

describe('GeoJSON', () => {
  const collection = (features: readonly unknown[]): string => JSON.stringify({ type: 'FeatureCollection', features })
  const polygon = (coordinates: unknown, properties: object = {}) => ({
    type: 'Feature',
    properties,
    geometry: { type: 'Polygon', coordinates },
  })

  test('an object that a tile border cut is one object with one outline', async () => {
    const left = [
      [
        [10, 50],
        [10.001, 50],
        [10.001, 50.001],
        [10, 50.001],
        [10, 50],
      ],
    ]
    const right = [
      [
        [10.001, 50],
        [10.002, 50],
        [10.002, 50.001],
        [10.001, 50.001],
        [10.001, 50],
      ],
    ]
    await writeFile(
      at('cut.geojson.gz'),
      gzipSync(collection([polygon(left, { GUID: 7 }), polygon(right, { GUID: 7 }), polygon(left, { GUID: 7 })])),
    )
    const model = await city({ vectors: [source('geojson', 'cut.geojson.gz')] })
    expect(model.buildings).toHaveLength(1)
    const both = { outer: Float64Array.of(10, 50, 10.002, 50, 10.002, 50.001, 10, 50.001), holes: [] }
    expect(squareMetres(model.buildings[0]!.footprint) / squareMetres(both)).toBeCloseTo(1, 5)
    expect(model.identity.counts[0]).toMatchObject({
      taken: 1,
      refused: { 'another piece of an object, joined to it': 2 },
    })
  })

  test('what is no house is counted with its reason, and the rest is taken', async () => {
    const good = [
      [
        [10, 50],
        [10.001, 50],
        [10.001, 50.001],
        [10, 50.001],
        [10, 50],
      ],
    ]
    await writeFile(
      at('odd.geojson'),
      collection([
        polygon(good, { GUID: 'good', GD: -5 }),
        polygon(
          [
            [
              [10, 50],
              [10.001, 50.001],
              [10.001, 50],
              [10, 50.001],
              [10, 50],
            ],
          ],
          { GUID: 'bow' },
        ),
        polygon(
          [
            [
              [10, 50],
              ['x', 50],
              [10.001, 50.001],
              [10, 50],
            ],
          ],
          { GUID: 'text' },
        ),
        polygon(
          [
            [
              [1000, 5000],
              [1001, 5000],
              [1001, 5001],
              [1000, 5000],
            ],
          ],
          { GUID: 'metres' },
        ),
        polygon([], { GUID: 'empty' }),
        { type: 'Feature', properties: null, geometry: { type: 'Point', coordinates: [10, 50] } },
        'nonsense',
      ]),
    )
    const model = await city({ vectors: [source('geojson', 'odd.geojson')] })
    expect(model.identity.counts[0]).toEqual({
      source: 'odd.geojson',
      kind: 'buildings',
      taken: 1,
      refused: {
        'has no shape': 2,
        'is a point without an outline': 1,
        'outline crosses itself': 1,
        'position is no place on Earth': 2,
      },
    })
    // A negative height is no height: the rule gives one.
    expect(model.buildings[0]?.heightSource).toBe('rule')
    expect(model.buildings[0]!.height).toBeGreaterThan(0)
  })

  test.each([
    ['{"type":"FeatureCollection","features":[', /cut off/],
    ['{"type":"Feature"}', /no GeoJSON feature collection/],
    ['[]', /no GeoJSON feature collection/],
  ])('%s is refused', async (text, sentence) => {
    await writeFile(at('bad.geojson'), text)
    await expect(city({ vectors: [source('geojson', 'bad.geojson')] })).rejects.toThrow(sentence)
  })
})

test('a file that is no GeoPackage is refused', async () => {
  await writeFile(at('bad.gpkg'), 'SQLite format 3\u0000 and then nothing of the kind')
  await expect(city({ vectors: [source('gpkg', 'bad.gpkg')] })).rejects.toThrow(/no GeoPackage/)
})

test('a field map with a word that nobody knows is refused', async () => {
  await writeFile(at('odd.json'), JSON.stringify({ buildings: { height: 'GD' } }))
  await expect(city({ fields: at('odd.json'), vectors: [] })).rejects.toThrow(/no field map/)
})
