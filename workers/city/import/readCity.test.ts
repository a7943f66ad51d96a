import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeArrayBuffer } from 'geotiff'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CityModel } from '@/domain/city/cityModel'
import { planeSystem } from '@/domain/geodesy/planeSystem'
import { squareMetres } from './geometry/ring'
import { readCity } from './readCity'
import { writePackage } from '../package/writePackage'
import { trialPbf } from './osm/trialPbf'
import { trialRaster } from './dem/trialRaster'

let folder = ''
const at = (name: string): string => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-extras-'))
})
afterAll(async () => rm(folder, { recursive: true, force: true }))

/** A house of 10 x 8 m at RD 85 000, 447 500: walls of 6 m and a gable of 9 m. Millimetres from its corner. */
const house = {
  type: 'CityJSON',
  version: '2.0',
  transform: { scale: [0.001, 0.001, 0.001], translate: [85_000, 447_500, 1] },
  metadata: { referenceSystem: 'https://www.opengis.net/def/crs/EPSG/0/7415' },
  vertices: [
    [0, 0, 0],
    [10_000, 0, 0],
    [10_000, 8000, 0],
    [0, 8000, 0],
    [0, 0, 6000],
    [10_000, 0, 6000],
    [10_000, 8000, 6000],
    [0, 8000, 6000],
    [0, 4000, 9000],
    [10_000, 4000, 9000],
  ],
  CityObjects: {
    house: { type: 'Building', attributes: { use: 'home' } },
    'house-1': {
      type: 'BuildingPart',
      parents: ['house'],
      geometry: [
        {
          type: 'Solid',
          lod: '2.2',
          boundaries: [
            [
              [[3, 2, 1, 0]],
              [[0, 1, 5, 4]],
              [[2, 3, 7, 6]],
              [[1, 2, 6, 9, 5]],
              [[3, 0, 4, 8, 7]],
              [[4, 5, 9, 8]],
              [[6, 7, 8, 9]],
            ],
          ],
        },
      ],
    },
    tree: { type: 'SolitaryVegetationObject' },
  },
}

describe('CityJSON', () => {
  const write = async (value: unknown): Promise<string> => {
    await writeFile(at('house.city.json'), typeof value === 'string' ? value : JSON.stringify(value))
    return at('house.city.json')
  }
  const read = async (value: unknown, more: object = {}) =>
    readCity({ out: 'house', dataDate: '2026-01-01', buildings: [await write(value)], ...more })

  test('a house keeps its shape, its place and its eaves; surfaces without a name are known by their slope', async () => {
    const city = await read(house, { datum: 0.5 })
    expect(city.buildings).toHaveLength(1)
    const building = city.buildings[0]!
    expect(building.surfaces?.map(({ kind }) => kind)).toEqual([
      'ground',
      'wall',
      'wall',
      'wall',
      'wall',
      'roof',
      'roof',
    ])
    expect(building.height).toBeCloseTo(6, 6)
    expect(building.heightSource).toBe('surveyed')
    expect(squareMetres(building.footprint)).toBeGreaterThan(79)
    expect(squareMetres(building.footprint)).toBeLessThan(81)
    const { longitude, latitude } = planeSystem(28_992)!.toDegrees(85_000, 447_500)
    const corner = building.surfaces![1]!.rings[0]!.subarray(0, 3)
    expect(corner[0]).toBeCloseTo(longitude, 9)
    expect(corner[1]).toBeCloseTo(latitude, 9)
    expect(corner[2]).toBeCloseTo(1.5, 9)
    expect(city.identity.counts).toContainEqual({
      source: 'house.city.json',
      kind: 'object',
      taken: 0,
      refused: { 'is a SolitaryVegetationObject': 1 },
    })
  })

  test.each([
    ['{"type":"CityJSON"', /no JSON/],
    [{ ...house, version: '0.8' }, /0\.8/],
    [{ ...house, metadata: undefined }, /--crs/],
    [{ ...house, metadata: { referenceSystem: 'urn:ogc:def:crs:EPSG::31370' } }, /EPSG:31370/],
    [{ ...house, transform: undefined }, /no CityJSON/],
    [{ ...house, vertices: [[0, 'x', 0]] }, /vertex 0/],
  ])('refused %#', async (value, sentence) => {
    await expect(read(value)).rejects.toThrow(sentence)
  })

  test('a building whose surface names a vertex that is not there is counted, not drawn', async () => {
    const broken = structuredClone(house)
    broken.CityObjects['house-1'].geometry[0]!.boundaries[0]![0] = [[3, 2, 1, 77]]
    const city = await read(broken, { bounds: [4.3, 52, 4.4, 52.1] })
    expect(city.buildings).toHaveLength(0)
    expect(city.identity.counts.find(({ kind }) => kind === 'building')?.refused).toEqual({ 'has no surfaces': 1 })
  })
})

describe('residents by a raster', () => {
  const square = (first: number, x: number, y: number, size: number) => ({
    nodes: [
      { id: first, at: [x, y] as const },
      { id: first + 1, at: [x + size, y] as const },
      { id: first + 2, at: [x + size, y + size] as const },
      { id: first + 3, at: [x, y + size] as const },
    ],
    ring: [first, first + 1, first + 2, first + 3, first],
  })

  test('go to homes by floor area, else to any building; a cell without one is counted', async () => {
    const low = square(1, 10.001, 49.995, 0.001)
    const high = square(11, 10.004, 49.995, 0.001)
    const office = square(21, 10.007, 49.995, 0.001)
    const other = square(31, 10.012, 49.995, 0.001)
    await writeFile(
      at('homes.osm.pbf'),
      trialPbf({
        nodes: [...low.nodes, ...high.nodes, ...office.nodes, ...other.nodes],
        ways: [
          { id: 1, nodes: low.ring, tags: { building: 'house', 'building:levels': '1' } },
          { id: 2, nodes: high.ring, tags: { building: 'apartments', 'building:levels': '9' } },
          { id: 3, nodes: office.ring, tags: { building: 'office', 'building:levels': '20' } },
          { id: 4, nodes: other.ring, tags: { building: 'office', 'building:levels': '2' } },
        ],
      }),
    )
    // Cells of 0.01 degrees: 100 people where homes stand, 7 where only an office stands, 40 where nothing stands.
    const bytes = trialRaster([100, 7, 40, -1], { width: 4, height: 1 })
    await writeFile(at('people.tif'), bytes)
    const city = await readCity({ out: 'homes', osm: [at('homes.osm.pbf')], population: at('people.tif') })
    expect(city.buildings.map(({ residents }) => residents)).toEqual([10, 90, undefined, 7])
    expect(city.identity.counts.find(({ kind }) => kind === 'residents')).toMatchObject({
      taken: 107,
      refused: { 'no building stands in their cell': 40 },
    })
  })
})

test('cells of less than one resident keep their sum', async () => {
  const house = (id: number, x: number) => [
    { id, at: [x, 49.995] as const },
    { id: id + 1, at: [x + 0.001, 49.995] as const },
    { id: id + 2, at: [x + 0.001, 49.996] as const },
  ]
  const starts = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => ({ id: i * 10 + 1, x: 10.004 + i * 0.01 }))
  const map = trialPbf({
    nodes: starts.flatMap(({ id, x }) => house(id, x)),
    ways: starts.map(({ id }) => ({ id, nodes: [id, id + 1, id + 2, id], tags: { building: 'house' } })),
  })
  await writeFile(at('thin.osm.pbf'), map)
  const bytes = writeArrayBuffer(Float32Array.of(0.375, 0.375, 0.375, 0.375, 0.375, 0.375, 0.375, 0.375, 0.25, 0.25), {
    width: 10,
    height: 1,
    ModelPixelScale: [0.01, 0.01, 0],
    ModelTiepoint: [0, 0, 0, 10, 50, 0],
    GTModelTypeGeoKey: 2,
    GTRasterTypeGeoKey: 1,
    GeographicTypeGeoKey: 4326,
  })
  await writeFile(at('thin.tif'), Buffer.from(bytes))
  const city = await readCity({ out: 'thin', osm: [at('thin.osm.pbf')], population: at('thin.tif') })
  expect(city.buildings.reduce((sum, { residents }) => sum + (residents ?? 0), 0)).toBe(3)
  expect(city.identity.counts.find(({ kind }) => kind === 'residents')).toMatchObject({
    taken: 3,
    refused: { 'no building stands in their cell': 1 },
  })
})

test('a newer extract keeps the codes of the package before it', async () => {
  const map = (...ways: number[]) =>
    trialPbf({
      nodes: [
        { id: 1, at: [10, 50] },
        { id: 2, at: [10.1, 50.1] },
      ],
      ways: ways.map((id) => ({ id, nodes: [1, 2], tags: { highway: 'primary' } })),
    })
  await writeFile(at('old.osm.pbf'), map(4, 6, 8))
  await writeFile(at('new.osm.pbf'), map(1, 4, 8))
  const old = await readCity({ out: 'kept', osm: [at('old.osm.pbf')] })
  const written = await writePackage(old, { cities: folder, stamp: 'kept-1' })
  const steps: string[] = []
  const read = (keepCodes: string) =>
    readCity({ out: 'kept', osm: [at('new.osm.pbf')], keepCodes }, ({ step }) => steps.push(step))
  const codes = ({ roads }: CityModel) => roads.map(({ source, code }) => [source, code.slice(-2)])
  expect(codes(old)).toEqual([
    ['way/4', '01'],
    ['way/6', '02'],
    ['way/8', '03'],
  ])
  const city = await read(written.folder)
  expect(codes(city)).toEqual([
    ['way/1', '04'],
    ['way/4', '01'],
    ['way/8', '03'],
  ])
  expect(steps.at(-1)).toBe('codes: 2 kept, 1 new, 1 of objects that are gone')
  expect(city.codes?.map(({ source }) => source)).toEqual(['way/4', 'way/6', 'way/8', 'way/1'])
  await expect(read(at('nowhere'))).rejects.toThrow(/--keep-codes/)
  await writeFile(join(written.folder, 'codes.tsv'), 'way/4\n')
  await expect(read(written.folder)).rejects.toThrow(/no list of codes/)
})

test('a city without any source, and one without a date, is refused with a sentence', async () => {
  await expect(readCity({ out: 'nothing' })).rejects.toThrow(/no source holds anything/)
  await writeFile(at('bare.geojson'), '{"type":"FeatureCollection","features":[]}')
  const vectors = [{ format: 'geojson', layer: 'roads', file: at('bare.geojson') }] as const
  await expect(readCity({ out: 'dateless', bounds: [0, 0, 1, 1], vectors })).rejects.toThrow(/--date/)
  await expect(readCity({ out: 'turned', bounds: [1, 1, 0, 0], vectors })).rejects.toThrow(/--bounds/)
  const wide = readCity({ out: 'wide', dataDate: '2026-01-01', bounds: [0, 60, 6, 61], vectors })
  await expect(wide).rejects.toThrow(/334 by 111 km.*--bounds/)
})

test.each([
  [{ out: 'Big City' }, /--out/],
  [{ out: 'a', division: '3601' }, /--division/],
  [{ out: 'a', dataDate: '2026-02-30' }, /--date/],
  [{ out: 'a', timeZone: 'Asia/Nowhere' }, /--time-zone/],
])('options that no package can carry are refused first: %j', async (options, sentence) => {
  await expect(readCity(options)).rejects.toThrow(sentence)
})

test('extracts that overlap give one object each, coded by the district that holds it', async () => {
  const side = (id: number, x: number) => [
    { id, at: [x, 50] as const },
    { id: id + 1, at: [x + 0.1, 50] as const },
    { id: id + 2, at: [x + 0.1, 50.1] as const },
    { id: id + 3, at: [x, 50.1] as const },
  ]
  const map = (way: number) =>
    trialPbf({
      nodes: [...side(1, 10), ...side(11, 10.1), { id: 50, at: [10.15, 50.05] }, { id: 51, at: [10.16, 50.05] }],
      ways: [
        { id: 1, nodes: [1, 2, 3, 4, 1] },
        { id: 2, nodes: [11, 12, 13, 14, 11] },
        { id: way, nodes: [50, 51], tags: { highway: 'primary' } },
      ],
      relations: [1, 2].map((id) => ({
        id,
        members: [`way:${id}:outer`],
        tags: { type: 'boundary', boundary: 'administrative', admin_level: '6', name: `D${id}` },
      })),
    })
  await writeFile(at('one.osm.pbf'), map(7))
  await writeFile(at('two.osm.pbf'), map(8))
  const osm = [at('one.osm.pbf'), at('two.osm.pbf'), at('one.osm.pbf')]
  const city = await readCity({ out: 'overlap', division: '360100', osm })
  expect(city.roads.map(({ code, source }) => [code, source])).toEqual([
    ['3601020201000001', 'way/7'],
    ['3601020201000002', 'way/8'],
  ])
  expect(city.identity.counts).toContainEqual({
    source: 'osm',
    kind: 'way',
    taken: 0,
    refused: { 'is in another extract too': 5 },
  })
})
