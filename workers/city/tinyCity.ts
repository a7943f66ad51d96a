import type {
  Building,
  CityModel,
  Component,
  CoverArea,
  Degrees,
  Division,
  Facility,
  HeightGrid,
  NetworkLine,
  Polygon,
  Road,
} from '@/domain/city/cityModel'
import { ComponentCodes } from '@/domain/city/componentCode'
import type { ComponentClass } from '@/domain/city/componentCode'
import { metresPerDegree } from '@/domain/geodesy/webMercator'

/** Middle of the tiny city, degrees. */
export const TINY_CENTRE = [114.3, 30.6] as const
const [EAST, NORTH] = metresPerDegree(TINY_CENTRE[1])
/** Posts are this many metres apart, 101 each way. */
const POSTING = 30
const POSTS = 101

/** Degrees of places given in metres east and north of the middle. */
export function at(...metres: number[]): Degrees {
  return Float64Array.from(metres, (value, i) => TINY_CENTRE[i % 2]! + value / (i % 2 === 0 ? EAST : NORTH))
}

const box = (east: number, north: number, width: number, depth: number): Degrees =>
  at(east, north, east + width, north, east + width, north + depth, east, north + depth)
const polygon = (outer: Degrees, ...holes: Degrees[]): Polygon => ({ outer, holes })

/** Three kilometres of a hill beside a lake, with 400 houses, a courtyard block, a measured hall and a bridge. */
export function tinyCity(): CityModel {
  const codes = new ComponentCodes()
  const component = (kind: ComponentClass, source: string): Component => ({ code: codes.add('990100', kind), source })
  return {
    identity: {
      ...{ key: 'tiny', name: { 'zh-CN': '小城', en: 'Tiny' }, division: '990100', timeZone: 'Asia/Shanghai' },
      view: { longitude: TINY_CENTRE[0], latitude: TINY_CENTRE[1], zoom: 15, pitch: 45, bearing: 0 },
      ...{ crs: 'EPSG:4490', heightDatum: 'invented', geoidOffset: -12.5, classification: 'public' },
      dataDate: '2026-07-01',
      ...{ sources: [{ name: 'a hand', licence: 'CC0-1.0' }], counts: [] },
    },
    terrain: tinyTerrain(),
    buildings: tinyBuildings(component),
    roads: tinyRoads(component),
    areas: tinyAreas(component),
    lines: tinyLines(component),
    facilities: tinyFacilities(component),
    divisions: tinyDivisions(),
    tilesets: [],
  }
}

type MakeComponent = (kind: ComponentClass, source: string) => Component

/** A hill of 80 m in the north-west over a plain of 20 m, with one void. */
export function tinyTerrain(): HeightGrid {
  const metres = new Float32Array(POSTS * POSTS)
  for (let row = 0; row < POSTS; row++)
    for (let column = 0; column < POSTS; column++)
      metres[row * POSTS + column] = 20 + 60 * Math.exp(-((column - 25) ** 2 + (row - 25) ** 2) / 300)
  metres[50 * POSTS + 50] = NaN
  const half = (POSTING * (POSTS - 1)) / 2
  const [stepLongitude, stepLatitude] = [POSTING / EAST, POSTING / NORTH]
  const [west, north] = [TINY_CENTRE[0] - half / EAST, TINY_CENTRE[1] + half / NORTH]
  return { west, north, stepLongitude, stepLatitude, columns: POSTS, rows: POSTS, metres }
}

function tinyBuildings(component: MakeComponent): Building[] {
  const plain = { base: 0, heightSource: 'levels', use: 'residential' } as const
  const houses = Array.from({ length: 400 }, (_, i): Building => {
    const [column, row] = [i % 20, Math.floor(i / 20)]
    const footprint = polygon(box(column * 40 - 400, row * 40 - 900, 12 + (i % 3), 10))
    const levels = 2 + (i % 5)
    return {
      ...component('building', `way/${1000 + i}`),
      ...plain,
      footprint,
      height: levels * 3,
      levels,
      residents: i,
    }
  })
  const court = polygon(box(-900, -300, 60, 60), box(-885, -285, 30, 30))
  const bridge = { footprint: polygon(box(-840, -280, 30, 8)), height: 30, base: 20 }
  return [
    ...houses,
    { ...component('building', 'way/1'), ...plain, footprint: court, height: 24, use: 'office', heightSource: 'tag' },
    { ...component('building', 'way/2'), ...plain, ...bridge, use: 'office', heightSource: 'rule' },
    { ...component('building', 'way/3'), ...plain, ...hall(), heightSource: 'surveyed', use: 'public' },
    { ...component('building', 'way/4'), ...plain, footprint: polygon(at(0, 0, 2, 2, 0, 0)), height: 3 },
  ]
}

/** A gabled hall of 20 by 10 metres, eaves at 28 and ridge at 31 m above the datum. */
function hall() {
  const [west, south, east, north, middle] = [600, 600, 620, 610, 605]
  const ring = (...points: readonly (readonly [number, number, number])[]): Float64Array =>
    Float64Array.from(points.flatMap(([x, y, z]) => [...at(x, y), z]))
  const surfaces = [
    { kind: 'wall', rings: [ring([west, south, 20], [east, south, 20], [east, south, 28], [west, south, 28])] },
    { kind: 'wall', rings: [ring([east, north, 20], [west, north, 20], [west, north, 28], [east, north, 28])] },
    {
      kind: 'wall',
      rings: [ring([east, south, 20], [east, north, 20], [east, north, 28], [east, middle, 31], [east, south, 28])],
    },
    {
      kind: 'wall',
      rings: [ring([west, north, 20], [west, south, 20], [west, south, 28], [west, middle, 31], [west, north, 28])],
    },
    { kind: 'roof', rings: [ring([west, south, 28], [east, south, 28], [east, middle, 31], [west, middle, 31])] },
    { kind: 'roof', rings: [ring([east, north, 28], [west, north, 28], [west, middle, 31], [east, middle, 31])] },
    { kind: 'ground', rings: [ring([west, south, 20], [west, north, 20], [east, north, 20], [east, south, 20])] },
  ] as const
  return { footprint: polygon(box(west, south, 20, 10)), height: 11, surfaces }
}

function tinyRoads(component: MakeComponent): Road[] {
  const plain = {
    ...{ bridge: false, tunnel: false, underpass: false, layer: 0, width: 7, car: true, foot: true },
    oneWay: 0,
  } as const
  const ring = { 'zh-CN': '环路', en: 'Ring Road' }
  return [
    {
      ...component('road', 'way/10'),
      ...plain,
      class: 'primary',
      name: ring,
      line: at(-1400, 0, 0, 0, 1400, 10),
      width: 14,
    },
    { ...component('road', 'way/11'), ...plain, class: 'residential', line: at(0, -1200, 0, 0, 0, 1200) },
    {
      ...component('road', 'way/12'),
      ...plain,
      class: 'residential',
      underpass: true,
      layer: -1,
      line: at(0, 0, 500, 500),
    },
  ]
}

function tinyAreas(component: MakeComponent): CoverArea[] {
  const lake = { 'zh-CN': '小湖', en: 'Little Lake' }
  const shore = polygon(box(700, -1200, 500, 900), box(900, -900, 60, 60))
  return [
    { ...component('water', 'way/20'), name: lake, class: 'water', shape: shore, waterLevel: 18.5 },
    { ...component('cover', 'way/21'), class: 'park', shape: polygon(box(-1200, 200, 800, 600)) },
  ]
}

function tinyLines(component: MakeComponent): NetworkLine[] {
  const plain = { bridge: false, tunnel: false, layer: 0 }
  const metres = Float32Array.of(21, 20.5, 19)
  return [
    {
      ...component('line', 'way/30'),
      ...plain,
      class: 'metro',
      tunnel: true,
      network: '1',
      line: at(-1400, 300, 1400, 320),
    },
    {
      ...component('line', 'way/31'),
      ...plain,
      class: 'drain',
      line: at(-300, 0, 300, -20, 700, -400),
      metres,
      width: 1.2,
    },
  ]
}

function tinyFacilities(component: MakeComponent): Facility[] {
  const [longitude = 0, latitude = 0] = at(610, 605)
  const name = { 'zh-CN': '第一医院', en: 'First Hospital' }
  return [{ ...component('facility', 'node/1'), name, kind: 'hospital', longitude, latitude, figures: { beds: 240 } }]
}

function tinyDivisions(): Division[] {
  const district = { 'zh-CN': '湖区', en: 'Lake District' }
  const street = { 'zh-CN': '山街道', en: 'Hill Street' }
  return [
    {
      code: '990101',
      level: 'district',
      name: district,
      shape: polygon(box(-1500, -1500, 3000, 3000)),
      label: TINY_CENTRE,
    },
    {
      ...{ code: '990101001', level: 'street', parent: '990101', name: street, label: TINY_CENTRE },
      shape: polygon(box(-1500, 0, 3000, 1500)),
      residents: 79_800,
    },
  ]
}
