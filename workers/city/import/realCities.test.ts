import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CityModel } from '@/domain/city/cityModel'
import { gcj02ToWgs84, wgs84ToGcj02 } from '@/domain/geodesy/coordinateSystem'
import { readEnv } from '@/platform/env'
import { writePackage } from '../package/writePackage'
import { checkTracks } from './checkTracks'
import { squareMetres } from './geometry/ring'
import type { LayerKind, VectorSource } from './options'
import { readCity } from './readCity'

/** Real data are never in the repository: without them these tests are skipped, and counted as skipped. */
const data = readEnv().BELFRY_DATA
const has = (folder: string): boolean => existsSync(join(data, folder))

/** Taken and refused of one kind, over all sources. */
function counted(city: CityModel, kind: string): { taken: number; all: number } {
  const rows = city.identity.counts.filter((row) => row.kind === kind)
  const taken = rows.reduce((sum, row) => sum + row.taken, 0)
  const refused = rows.flatMap((row) => Object.values(row.refused)).reduce((sum, size) => sum + size, 0)
  return { taken, all: taken + refused }
}

const digestible = (city: CityModel): string =>
  JSON.stringify(city, (_key, value: unknown) => (ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value))

/** The digest of the package that a city makes, which covers every byte of every file. */
async function packageSums(city: CityModel): Promise<string> {
  const cities = await mkdtemp(join(tmpdir(), 'belfry-again-'))
  try {
    return (await writePackage(city, { cities, stamp: 'again' })).digest
  } finally {
    await rm(cities, { recursive: true, force: true })
  }
}

describe.skipIf(!has('city-andorra-osm-dem'))('Andorra, against counts made without Belfry', () => {
  let city: CityModel
  const read = (): Promise<CityModel> =>
    readCity({
      out: 'andorra',
      osm: [join(data, 'city-andorra-osm-dem/andorra-20260404.osm.pbf')],
      dem: [join(data, 'city-andorra-osm-dem/N42E001.hgt.zip')],
    })
  beforeAll(async () => {
    city = await read()
  }, 120_000)

  test.each([
    ['node', 490_035],
    ['building', 7471],
    ['road', 8265],
    ['river', 99],
    ['stream', 672],
    ['facility police', 9],
    ['facility fireStation', 4],
    ['facility pharmacy', 35],
    ['facility shelter', 30],
    ['turn restriction', 147],
  ])('%s: %i taken or refused with a reason', (kind, wanted) => {
    expect(counted(city, kind).all).toBe(wanted)
  })

  test('Andorra la Vella lies at 1024 m, and the highest post is below the country’s highest peak', () => {
    const { terrain } = city
    const column = Math.round((1.5218 - terrain.west) / terrain.stepLongitude)
    const row = Math.round((terrain.north - 42.5063) / terrain.stepLatitude)
    expect(Math.abs(terrain.metres[row * terrain.columns + column]! - 1024)).toBeLessThan(25)
    expect(terrain.metres.every((metres) => metres > 500 && metres < 3101)).toBe(true)
  })

  test('763 buildings have levels, as in the source, less those whose outline is refused or whose height is said', () => {
    expect(city.buildings.filter(({ levels }) => levels !== undefined).length).toBeGreaterThan(755)
    expect(city.buildings.every(({ height, base }) => height > 0 && base >= 0 && base < height)).toBe(true)
  })

  test('the seven parishes are its districts, and their area is the country’s 468 km²', () => {
    expect(city.divisions.map(({ level }) => level)).toEqual(new Array(7).fill('district'))
    const area = city.divisions.reduce((sum, { shape }) => sum + squareMetres(shape), 0)
    expect(area / 1e6).toBeGreaterThan(460)
    expect(area / 1e6).toBeLessThan(476)
  })

  test('a second import is the same to the bit', async () => {
    expect(digestible(await read())).toBe(digestible(city))
  }, 120_000)
})

describe.skipIf(!has('city-monaco-osm-dem'))('Monaco', () => {
  const read = (): Promise<CityModel> =>
    readCity({
      out: 'monaco',
      osm: [join(data, 'city-monaco-osm-dem/monaco-riviera-20160305.osm.pbf')],
      dem: [join(data, 'city-monaco-osm-dem/N43E007.hgt.zip')],
    })

  test('23,379 buildings, 2,927 roads, the sea on one side; a second import is the same package to the byte', async () => {
    const city = await read()
    expect(counted(city, 'turn restriction').all).toBe(27)
    expect(counted(city, 'building').all).toBe(23_379)
    expect(counted(city, 'road').all).toBe(2927)
    expect(counted(city, 'river').all).toBe(3)
    expect(counted(city, 'stream').all).toBe(16)
    expect(city.areas.filter(({ source }) => source.startsWith('coastline'))).toHaveLength(1)
    expect(city.divisions.find(({ name }) => name.en === 'Monte-Carlo')?.level).toBe('street')
    expect(await packageSums(await read())).toBe(await packageSums(city))
  }, 240_000)
})

const SHANGHAI = 'city3d-shanghai-vectortiles'
const tile = (map: string, file: string): VectorSource => ({
  format: 'geojson',
  layer: map.split(':')[0] as LayerKind,
  map,
  file: join(data, SHANGHAI, `${file}.geojson.gz`),
})

describe.skipIf(!has(SHANGHAI))('Shanghai from vector tiles', () => {
  let city: CityModel
  let folder = ''
  const read = (): Promise<CityModel> =>
    readCity({
      out: 'shanghai',
      dataDate: '2022-08-02',
      flatHeight: 4,
      fields: join(import.meta.dirname, 'fields/mapzen.json'),
      vectors: [
        tile('buildings', 'buildings'),
        tile('parts', 'buildings'),
        tile('roads', 'roads'),
        tile('lines:rail', 'roads'),
        tile('areas:water', 'water'),
        tile('lines:water', 'water'),
        tile('areas', 'landuse'),
        tile('facilities', 'pois'),
      ],
    })
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'belfry-shanghai-'))
    city = await read()
  }, 120_000)
  afterAll(async () => rm(folder, { recursive: true, force: true }))

  test('each of its 1,981 building features is taken or refused with a reason, each of 1,778 roads too', () => {
    expect(counted(city, 'buildings').all).toBe(1981)
    expect(counted(city, 'roads').all).toBe(1778)
    expect(city.terrain.metres.every((metres) => metres === 4)).toBe(true)
  })

  test('a second import is the same package to the byte', async () => {
    expect(await packageSums(await read())).toBe(await packageSums(city))
  }, 240_000)

  test('no two objects have one source key or one code', () => {
    const all = [...city.buildings, ...city.roads, ...city.areas, ...city.lines, ...city.facilities]
    expect(new Set(all.map(({ code }) => code)).size).toBe(all.length)
    expect(new Set(all.map(({ source }) => source)).size).toBe(all.length)
  })

  test('tracks along its streets: GCJ-02 that nobody declared is found, WGS84 is not taken for it', async () => {
    const places = city.roads
      .filter(({ car }) => car)
      .flatMap(({ line }) => [
        { longitude: line[0]!, latitude: line[1]! },
        { longitude: line[2]!, latitude: line[3]! },
      ])
    const write = async (name: string, moved: typeof places): Promise<string> => {
      const file = join(folder, name)
      const rows = moved.map(({ longitude, latitude }) => `1,${longitude},${latitude}`)
      await writeFile(file, ['vehicle,Lng,Lat', ...rows].join('\n'))
      return file
    }
    const plain = await write('plain.csv', places)
    const moved = await write(
      'moved.csv',
      places.map((place) => wgs84ToGcj02(place)),
    )
    expect((await checkTracks(plain, city.roads)).system).toBe('WGS84')
    const verdict = await checkTracks(moved, city.roads)
    expect(verdict.system).toBe('GCJ02')
    expect(verdict.offsetMetres).toBeGreaterThan(300)
    expect(verdict.offsetMetres).toBeLessThan(700)
    expect(gcj02ToWgs84(wgs84ToGcj02(places[0]!)).longitude).toBeCloseTo(places[0]!.longitude, 7)
  })
})

describe.skipIf(!has('city3d-cityjson'))('CityJSON samples', () => {
  const file = (name: string): string => join(data, 'city3d-cityjson', `${name}.city.json.gz`)

  test('Delft: 570 objects, of them 160 buildings where Delft lies', async () => {
    const city = await readCity({ out: 'delft', dataDate: '2025-05-09', buildings: [file('delft')] })
    expect(counted(city, 'building').taken).toBe(160)
    expect(counted(city, 'building').all + counted(city, 'object').all).toBe(570)
    expect(city.identity.view.longitude).toBeCloseTo(4.3667, 3)
    expect(city.identity.view.latitude).toBeCloseTo(52.0118, 3)
    expect(
      city.buildings.every(({ surfaces, heightSource }) => heightSource === 'surveyed' && (surfaces?.length ?? 0) > 4),
    ).toBe(true)
  })

  test('Rotterdam and The Hague say no system: refused, and taken when it is declared', async () => {
    const options = { out: 'nl', dataDate: '2025-05-09', buildings: [file('rotterdam_subset'), file('DH_01_subs')] }
    await expect(readCity(options)).rejects.toThrow(/--crs/)
    const city = await readCity({ ...options, crs: 'EPSG:28992' })
    expect(counted(city, 'building').taken).toBe(20)
    expect(counted(city, 'building part').taken).toBe(8)
  })
})

describe.skipIf(!has('city3d-3dtiles'))('3D Tiles samples', () => {
  test.each([
    ['1.0/TilesetWithDiscreteLOD', 2],
    ['1.0/TilesetWithRequestVolume', 7],
    ['1.1/SparseImplicitQuadtree', 32],
    ['1.1/MetadataGranularities', 20],
  ])('%s: %i contents that are there', async (name, contents) => {
    const folder = join(data, 'city3d-3dtiles', name)
    const city = await readCity({ out: 'tiles', dataDate: '2026-08-11', tiles3d: [folder], bounds: [0, 0, 0.1, 0.1] })
    expect(city.tilesets).toHaveLength(1)
    expect(city.tilesets[0]?.folder).toBe(folder)
    expect(counted(city, 'tile content').taken).toBe(contents)
  })
})
