import type {
  Building,
  CityModel,
  Component,
  CoverArea,
  Division,
  Facility,
  NetworkLine,
  Road,
  RoadClass,
} from '@/domain/city/cityModel'
import { boxOf, linePath, pointPath, polygonPaths } from './feature'
import type { Feature, Layer, Path, Shape, Value } from './feature'
import { labels } from './labels'

type Properties = readonly (readonly [string, Value])[]

/** Everything of a city that a flat map shows; the order is the model's, so the same model gives the same tiles. */
export function featuresOf(model: CityModel): Feature[] {
  return [
    ...model.areas.flatMap(areaFeature),
    ...model.roads.flatMap(roadFeature),
    ...model.lines.flatMap(lineFeature),
    ...model.buildings.flatMap(buildingFeature),
    ...model.divisions.flatMap(divisionFeature),
    ...model.facilities.flatMap(facilityFeature),
    ...labels(model),
  ]
}

interface Draft {
  readonly layer: Layer
  readonly shape: Shape
  readonly minZoom: number
  readonly properties: Properties
}

export function feature(draft: Draft, paths: readonly Path[]): Feature[] {
  return paths.length === 0 ? [] : [{ ...draft, paths, box: boxOf(paths) }]
}

function named({ code, name }: Component): Properties {
  return [
    ['code', code],
    ...(name === undefined
      ? []
      : ([
          ['nameZh', name['zh-CN']],
          ['nameEn', name.en],
        ] as const)),
  ]
}

/** A property that is there only where it says something. */
const known = (key: string, value: Value | undefined): Properties =>
  value === undefined || value === false || value === '' ? [] : [[key, value]]

const ROAD_ZOOM: Record<RoadClass, number> = {
  motorway: 10,
  trunk: 10,
  primary: 10,
  secondary: 12,
  tertiary: 12,
  residential: 14,
  service: 14,
  track: 14,
  cycleway: 14,
  footway: 14,
  steps: 14,
}

function roadFeature(road: Road): Feature[] {
  const properties: Properties = [
    ...named(road),
    ['class', road.class],
    ...known('bridge', road.bridge),
    ...known('tunnel', road.tunnel),
    ...known('underpass', road.underpass),
    ...known('layer', road.layer === 0 ? undefined : road.layer),
    ['width', rounded(road.width)],
    ...known('ref', road.ref),
  ]
  return feature({ layer: 'road', shape: 'line', minZoom: ROAD_ZOOM[road.class], properties }, lines(road))
}

function areaFeature(area: CoverArea): Feature[] {
  const water = area.class === 'water'
  const properties: Properties = water
    ? [...named(area), ...known('level', area.waterLevel)]
    : [...named(area), ['class', area.class]]
  const draft = { layer: water ? 'water' : 'cover', shape: 'polygon', minZoom: water ? 10 : 11, properties } as const
  return feature(draft, polygonPaths(area.shape))
}

const NETWORK_LAYER: Record<NetworkLine['class'], readonly [Layer, number]> = {
  river: ['watercourse', 12],
  canal: ['watercourse', 12],
  stream: ['watercourse', 12],
  rail: ['rail', 10],
  metro: ['rail', 10],
  tram: ['rail', 10],
  drain: ['network', 14],
  power: ['network', 14],
  dike: ['network', 14],
  pipeline: ['network', 14],
}

function lineFeature(line: NetworkLine): Feature[] {
  const [layer, minZoom] = NETWORK_LAYER[line.class]
  const properties: Properties = [
    ...named(line),
    ['class', line.class],
    ...known('network', line.network),
    ...known('bridge', line.bridge),
    ...known('tunnel', line.tunnel),
    ...known('width', line.width === undefined ? undefined : rounded(line.width)),
  ]
  return feature({ layer, shape: 'line', minZoom, properties }, lines(line))
}

function buildingFeature(building: Building): Feature[] {
  const properties: Properties = [
    ...named(building),
    ['height', rounded(building.height)],
    ...known('base', building.base === 0 ? undefined : rounded(building.base)),
    ['use', building.use],
  ]
  const draft = { layer: 'building', shape: 'polygon', minZoom: 14, properties } as const
  return feature(draft, polygonPaths(building.footprint))
}

const DIVISION_ZOOM: Record<Division['level'], number> = { city: 10, district: 10, street: 13, community: 15, grid: 15 }

function divisionFeature({ code, level, parent, name, shape }: Division): Feature[] {
  const properties: Properties = [
    ['code', code],
    ['nameZh', name['zh-CN']],
    ['nameEn', name.en],
    ['level', level],
    ...known('parent', parent),
  ]
  return feature(
    { layer: 'division', shape: 'polygon', minZoom: DIVISION_ZOOM[level], properties },
    polygonPaths(shape),
  )
}

function facilityFeature(facility: Facility): Feature[] {
  const properties: Properties = [...named(facility), ['kind', facility.kind]]
  const place = [pointPath(facility.longitude, facility.latitude)]
  return feature({ layer: 'facility', shape: 'point', minZoom: 12, properties }, place)
}

const lines = ({ line }: { readonly line: Float64Array }): Path[] => (line.length < 4 ? [] : [linePath(line)])
const rounded = (value: number): number => Math.round(value * 10) / 10
