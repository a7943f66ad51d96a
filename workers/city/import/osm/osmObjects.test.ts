import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CityModel } from '@/domain/city/cityModel'
import { squareMetres } from '../geometry/ring'
import { readCity } from '../readCity'
import { trialPbf } from './trialPbf'
import type { TrialMap } from './trialPbf'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-osm-'))
})
afterAll(async () => rm(folder, { recursive: true, force: true }))

let serial = 0
async function city(...maps: readonly TrialMap[]): Promise<CityModel> {
  const osm: string[] = []
  for (const map of maps) {
    osm.push(join(folder, `${serial++}.osm.pbf`))
    await writeFile(osm.at(-1)!, trialPbf(map))
  }
  return readCity({ out: 'trial', osm })
}

/** A square of `size` degrees with its south-west corner at x, y: nodes first, first + 1, … */
const square = (first: number, x: number, y: number, size = 0.001) => ({
  nodes: [
    { id: first, at: [x, y] as const },
    { id: first + 1, at: [x + size, y] as const },
    { id: first + 2, at: [x + size, y + size] as const },
    { id: first + 3, at: [x, y + size] as const },
  ],
  ring: [first, first + 1, first + 2, first + 3, first],
})
const count = (model: CityModel, kind: string) => model.identity.counts.find((row) => row.kind === kind)

describe('buildings', () => {
  const a = square(1, 10, 50)
  const b = square(11, 10.01, 50)
  const c = square(21, 10.02, 50)

  test('height by tag less the roof, by levels, else by rule and said so', async () => {
    const model = await city({
      nodes: [...a.nodes, ...b.nodes, ...c.nodes, { id: 99, at: [10, 50.01], tags: { building: 'yes' } }],
      ways: [
        { id: 1, nodes: a.ring, tags: { building: 'apartments', height: '24 m', 'roof:height': '4' } },
        { id: 2, nodes: b.ring, tags: { building: 'office', 'building:levels': '5' } },
        { id: 3, nodes: c.ring, tags: { building: 'house', height: '-8' } },
        { id: 4, nodes: [1, 2, 3], tags: { building: 'yes' } },
      ],
    })
    expect(model.buildings.map(({ source, height, heightSource, use }) => [source, height, heightSource, use])).toEqual(
      [
        ['way/1', 20, 'tag', 'residential'],
        ['way/2', 15, 'levels', 'office'],
        ['way/3', 15, 'rule', 'residential'],
      ],
    )
    expect(count(model, 'building')).toMatchObject({
      taken: 3,
      refused: { 'is a point without an outline': 1, 'outline is not closed': 1 },
    })
    expect(model.buildings[0]?.code).toBe('0000000501000001')
  })

  test('a ring that crosses itself is refused', async () => {
    const model = await city({
      nodes: [...a.nodes],
      ways: [{ id: 1, nodes: [1, 3, 2, 4, 1], tags: { building: 'yes' } }],
    })
    expect(count(model, 'building')).toMatchObject({ taken: 0, refused: { 'outline crosses itself': 1 } })
  })

  test('a multipolygon of split ways has its hole; one that names itself as member does no harm', async () => {
    const outer = square(1, 10, 50, 0.01)
    const inner = square(11, 10.004, 50.004, 0.002)
    const model = await city({
      nodes: [...outer.nodes, ...inner.nodes],
      ways: [
        { id: 1, nodes: [1, 2, 3] },
        { id: 2, nodes: [1, 4, 3] },
        { id: 3, nodes: inner.ring },
      ],
      relations: [
        {
          id: 5,
          members: ['way:1:outer', 'way:2:outer', 'way:3:inner', 'relation:5:outer'],
          tags: { type: 'multipolygon', building: 'yes' },
        },
      ],
    })
    expect(model.buildings).toHaveLength(1)
    const { footprint } = model.buildings[0]!
    expect(footprint.holes).toHaveLength(1)
    const whole = squareMetres({ outer: footprint.outer, holes: [] })
    expect(squareMetres(footprint) / whole).toBeCloseTo(0.96, 3)
  })

  test('parts shape the building whose outline holds them', async () => {
    const whole = square(1, 10, 50, 0.002)
    const tower = square(11, 10.0005, 50.0005, 0.0005)
    const model = await city({
      nodes: [...whole.nodes, ...tower.nodes],
      ways: [
        { id: 1, nodes: whole.ring, tags: { building: 'yes' } },
        { id: 2, nodes: tower.ring, tags: { 'building:part': 'yes', height: '80', min_height: '10' } },
      ],
    })
    expect(model.buildings).toHaveLength(1)
    expect(model.buildings[0]).toMatchObject({ height: 80, heightSource: 'tag' })
    expect(model.buildings[0]?.surfaces).toHaveLength(6)
    const metres = model.buildings[0]!.surfaces!.flatMap(({ rings }) => [...rings[0]!].filter((_, i) => i % 3 === 2))
    expect([Math.min(...metres), Math.max(...metres)]).toEqual([10, 80])
  })
})

describe('roads', () => {
  const nodes = [0, 1, 2, 3, 4, 5].map((i) => ({ id: i + 1, at: [10 + i * 0.001, 50] as const }))

  test('class, direction, width, limit and access by tag and by rule', async () => {
    const model = await city({
      nodes,
      ways: [
        {
          id: 1,
          nodes: [1, 2],
          tags: { highway: 'motorway', lanes: '3', maxspeed: '120', 'name:zh': '环路', name: 'Ring' },
        },
        { id: 2, nodes: [2, 3], tags: { highway: 'residential', oneway: '-1', width: '4.5', maxspeed: '30 mph' } },
        { id: 3, nodes: [3, 4], tags: { highway: 'service', access: 'private' } },
        { id: 4, nodes: [4, 5], tags: { highway: 'construction' } },
        { id: 5, nodes: [5, 6], tags: { highway: 'tertiary', tunnel: 'yes', junction: 'roundabout' } },
      ],
    })
    expect(model.roads).toMatchObject([
      {
        class: 'motorway',
        oneWay: 1,
        width: 9.75,
        speedLimit: 120,
        foot: false,
        car: true,
        name: { 'zh-CN': '环路', en: 'Ring' },
      },
      { class: 'residential', oneWay: -1, width: 4.5, speedLimit: 48, foot: true, car: true },
      { class: 'service', car: false, foot: false },
      { class: 'tertiary', tunnel: true, layer: -1, oneWay: 1, roundabout: true },
    ])
    expect([...model.roads[0]!.nodes!]).toEqual([1, 2])
    expect(count(model, 'road')).toMatchObject({ taken: 4, refused: { 'highway=construction': 1 } })
  })

  test('an underpass is short, below, and crossed from above; the same tunnel without a crossing is none', async () => {
    const crossing = [
      { id: 10, at: [10.0005, 49.9995] as const },
      { id: 11, at: [10.0005, 50.0005] as const },
    ]
    const tunnel = { id: 1, nodes: [1, 2], tags: { highway: 'primary', tunnel: 'yes', name: 'North Gate' } }
    const model = await city({
      nodes: [...nodes, ...crossing],
      ways: [tunnel, { ...tunnel, id: 2, nodes: [4, 5] }, { id: 3, nodes: [10, 11], tags: { railway: 'rail' } }],
    })
    expect(model.roads.map(({ underpass }) => underpass)).toEqual([true, false])
    expect(model.facilities).toMatchObject([{ kind: 'underpass', name: { en: 'North Gate' } }])
  })
})

describe('several extracts are one map', () => {
  const node = (id: number) => ({ id, at: [10 + id * 0.01, 50.05] as const })
  const coast = { natural: 'coastline' }
  const street = { highway: 'primary' }

  test('a road that each of them cuts is whole, a longer version stands before a shorter one', async () => {
    const west = { nodes: [1, 2, 3].map(node), ways: [{ id: 7, nodes: [1, 2, 3, 4, 5], tags: street }] }
    const east = {
      nodes: [3, 4, 5, 6].map(node),
      ways: [
        { id: 7, nodes: [1, 2, 3, 4, 5], tags: street },
        { id: 8, nodes: [5, 6], tags: street },
      ],
    }
    const trimmed = { nodes: [4, 5].map(node), ways: [{ id: 8, nodes: [6], tags: street }] }
    for (const maps of [
      [west, east, trimmed],
      [trimmed, east, west],
    ]) {
      const model = await city(...maps)
      expect(model.roads.map(({ source, nodes }) => [source, [...nodes!]])).toEqual([
        ['way/7', [1, 2, 3, 4, 5]],
        ['way/8', [5, 6]],
      ])
      expect(count(model, 'way')?.refused).toEqual({ 'is in another extract too': 2 })
      expect(count(model, 'node')).toMatchObject({ taken: 6, refused: { 'is in another extract too': 3 } })
    }
  })

  test('a road with a gap is two, with keys of their own', async () => {
    const way = { id: 7, nodes: [1, 2, 99, 98, 3, 4], tags: street }
    const model = await city({ nodes: [1, 2, 3, 4].map(node), ways: [way] })
    expect(model.roads.map(({ source, nodes }) => [source, [...nodes!]])).toEqual([
      ['way/7', [1, 2]],
      ['way/7#2', [3, 4]],
    ])
    expect(count(model, 'road')?.taken).toBe(1)
    expect(count(model, 'further part of a cut road')?.taken).toBe(1)
  })

  test('the coastline is closed once over all of them', async () => {
    const west = {
      box: [10, 50, 10.05, 50.1] as const,
      nodes: [
        { id: 1, at: [9.99, 50.05] as const },
        { id: 2, at: [10.05, 50.05] as const },
        { id: 8, at: [10, 50] as const },
        { id: 9, at: [10.05, 50.1] as const },
      ],
      ways: [{ id: 1, nodes: [1, 2], tags: coast }],
    }
    const east = {
      box: [10.05, 50, 10.1, 50.1] as const,
      nodes: [
        { id: 2, at: [10.05, 50.05] as const },
        { id: 3, at: [10.11, 50.05] as const },
        { id: 10, at: [10.05, 50] as const },
        { id: 11, at: [10.1, 50.1] as const },
      ],
      ways: [{ id: 2, nodes: [2, 3], tags: coast }],
    }
    const model = await city(west, east)
    const sea = model.areas.filter(({ source }) => source.startsWith('coastline'))
    expect(sea).toHaveLength(1)
    const half = { outer: Float64Array.of(10, 50, 10.1, 50, 10.1, 50.05, 10, 50.05), holes: [] }
    expect(squareMetres(sea[0]!.shape) / squareMetres(half)).toBeCloseTo(1, 3)
  })
})

test('facilities: an area and the point in it are one; each knows its building', async () => {
  const house = square(1, 10, 50)
  const model = await city({
    nodes: [
      ...house.nodes,
      { id: 20, at: [10.0005, 50.0005], tags: { amenity: 'hospital' } },
      { id: 21, at: [10.005, 50.005], tags: { amenity: 'hospital', beds: '120', name: 'East' } },
    ],
    ways: [{ id: 1, nodes: house.ring, tags: { building: 'hospital', amenity: 'hospital' } }],
  })
  expect(model.facilities).toMatchObject([
    { kind: 'hospital', source: 'node/21', figures: { beds: 120 } },
    { kind: 'hospital', source: 'way/1', within: model.buildings[0]!.code },
  ])
  expect(Object.values(count(model, 'facility hospital')!.refused)).toEqual([1])
})

test('the sea is right of the coastline, and an island is a hole in it', async () => {
  const island = square(30, 10.04, 50.02, 0.01)
  const model = await city({
    box: [10, 50, 10.1, 50.1],
    nodes: [
      { id: 1, at: [10.11, 50.05] },
      { id: 2, at: [9.99, 50.05] },
      { id: 3, at: [10, 50.1] },
      { id: 4, at: [10.1, 50] },
      ...island.nodes,
    ],
    ways: [
      // West to east: land to the left is north, the sea south.
      { id: 1, nodes: [2, 1], tags: { natural: 'coastline' } },
      { id: 2, nodes: island.ring, tags: { natural: 'coastline' } },
    ],
  })
  const [sea] = model.areas.filter(({ source }) => source.startsWith('coastline'))
  expect(sea?.class).toBe('water')
  expect(sea?.shape.holes).toHaveLength(1)
  const half = squareMetres({ outer: Float64Array.of(10, 50, 10.1, 50, 10.1, 50.05, 10, 50.05), holes: [] })
  const isle = squareMetres({ outer: Float64Array.of(0, 50.02, 0.01, 50.02, 0.01, 50.03, 0, 50.03), holes: [] })
  expect(squareMetres(sea!.shape)).toBeCloseTo(half - isle, -4)
  const ys = [...sea!.shape.outer].filter((_, i) => i % 2 === 1)
  expect(Math.max(...ys)).toBeCloseTo(50.05, 6)
})

test('divisions: the first level with two boundaries is the district, the next the street; codes and parents', async () => {
  const west = square(1, 10, 50, 0.1)
  const east = square(11, 10.1, 50, 0.1)
  const inside = square(21, 10.02, 50.02, 0.02)
  const other = square(31, 10.06, 50.06, 0.02)
  const boundary = (id: number, level: string, name?: string) => ({
    id,
    members: [`way:${id}:outer`],
    tags: { type: 'boundary', boundary: 'administrative', admin_level: level, ...(name === undefined ? {} : { name }) },
  })
  const model = await city({
    nodes: [...west.nodes, ...east.nodes, ...inside.nodes, ...other.nodes],
    ways: [
      { id: 1, nodes: west.ring },
      { id: 2, nodes: east.ring },
      { id: 3, nodes: inside.ring },
      { id: 4, nodes: other.ring },
    ],
    relations: [
      boundary(1, '6', 'West'),
      boundary(2, '6', 'East'),
      boundary(3, '8', 'Old Town'),
      boundary(4, '8', 'Docks'),
    ],
  })
  expect(model.divisions.map(({ code, level, name, parent }) => [code, level, name.en, parent])).toEqual([
    ['000001', 'district', 'West', undefined],
    ['000002', 'district', 'East', undefined],
    ['000001001', 'street', 'Old Town', '000001'],
    ['000001002', 'street', 'Docks', '000001'],
  ])
})

test('a city without divisions is one district: its bounds', async () => {
  const model = await city({
    box: [10, 50, 10.1, 50.1],
    nodes: [
      { id: 1, at: [10, 50] },
      { id: 2, at: [10.1, 50.1] },
    ],
  })
  expect(model.divisions).toMatchObject([{ code: '000000', level: 'district' }])
})
