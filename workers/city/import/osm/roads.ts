import type { Road, RoadClass } from '@/domain/city/cityModel'
import type { CityDraft, Draft } from '../cityDraft'
import { partKey } from './osmAreas'
import type { OsmData, OsmWay, Tags } from './osmData'
import { metresOf, namesOf, numberOf, says, speedOf } from './tagValues'

const SOURCE = 'osm'

const CLASS_OF_HIGHWAY = new Map<string, RoadClass>([
  ['motorway', 'motorway'],
  ['motorway_link', 'motorway'],
  ['trunk', 'trunk'],
  ['trunk_link', 'trunk'],
  ['primary', 'primary'],
  ['primary_link', 'primary'],
  ['secondary', 'secondary'],
  ['secondary_link', 'secondary'],
  ['tertiary', 'tertiary'],
  ['tertiary_link', 'tertiary'],
  ['unclassified', 'residential'],
  ['residential', 'residential'],
  ['living_street', 'residential'],
  ['road', 'residential'],
  ['service', 'service'],
  ['services', 'service'],
  ['busway', 'service'],
  ['bus_guideway', 'service'],
  ['escape', 'service'],
  ['track', 'track'],
  ['cycleway', 'cycleway'],
  ['footway', 'footway'],
  ['pedestrian', 'footway'],
  ['path', 'footway'],
  ['bridleway', 'footway'],
  ['corridor', 'footway'],
  ['via_ferrata', 'steps'],
  ['steps', 'steps'],
])

/** Carriageway where neither width nor lanes are said, metres. */
export const CLASS_WIDTH: Readonly<Record<RoadClass, number>> = {
  motorway: 11,
  trunk: 9,
  primary: 8,
  secondary: 7,
  tertiary: 6.5,
  residential: 5.5,
  service: 3.5,
  track: 3,
  cycleway: 2,
  footway: 2,
  steps: 2,
}
const LANE_WIDTH = 3.25
const WIDEST = 100
const CAR_CLASSES = new Set<RoadClass>([
  'motorway',
  'trunk',
  'primary',
  'secondary',
  'tertiary',
  'residential',
  'service',
])
const CLOSED = new Set(['no', 'private', 'agricultural', 'forestry', 'emergency', 'military'])
const OPEN = new Set(['yes', 'permissive', 'designated', 'destination', 'customers', 'delivery', 'official'])

/** Takes all `highway=*` ways that somebody can go along; areas, plans and platforms are refused with their reason. */
export function readRoads(data: OsmData, draft: CityDraft): Draft<Road>[] {
  const roads: Draft<Road>[] = []
  for (const way of data.ways.values()) {
    const highway = way.tags.get('highway')
    if (highway === undefined) continue
    const parts = roadsOf(way, CLASS_OF_HIGHWAY.get(highway), data)
    if (typeof parts === 'string') draft.tally.refused(SOURCE, 'road', parts)
    else {
      draft.tally.taken(SOURCE, 'road')
      if (parts.length > 1) draft.tally.taken(SOURCE, 'further part of a cut road', parts.length - 1)
      for (const road of parts) roads.push(road)
    }
  }
  return roads
}

function roadsOf(way: OsmWay, roadClass: RoadClass | undefined, data: OsmData): Draft<Road>[] | string {
  const { tags } = way
  if (roadClass === undefined) return `highway=${plainWord(tags.get('highway') ?? '')}`
  if (tags.get('area') === 'yes') return 'is an area'
  const parts = data.lines(way.nodes)
  if (parts.length === 0) return 'fewer than two nodes in the extract'
  const said = roadOf(tags, roadClass)
  return parts.map((part, i) => ({ ...said, ...part, source: partKey(`way/${way.id}`, i) }))
}

function roadOf(tags: Tags, roadClass: RoadClass): Omit<Draft<Road>, 'source' | 'line' | 'nodes'> {
  const name = namesOf(tags)
  const lanes = lanesOf(tags)
  const speedLimit = speedOf(tags.get('maxspeed'))
  const ref = tags.get('ref')
  return {
    class: roadClass,
    bridge: says(tags, 'bridge'),
    tunnel: isTunnel(tags),
    underpass: false,
    layer: layerOf(tags),
    oneWay: oneWayOf(tags, roadClass),
    width: widthOf(tags, roadClass, lanes),
    car: isForCars(tags, roadClass),
    foot: isForFeet(tags, roadClass),
    ...(name === undefined ? {} : { name }),
    ...(lanes === undefined ? {} : { lanes }),
    ...(speedLimit === undefined ? {} : { speedLimit }),
    ...(ref === undefined ? {} : { ref }),
    ...(isRoundabout(tags) ? { roundabout: true } : {}),
  }
}

/** A tag's value in a count: short, and nothing that could be more than a word. */
export const plainWord = (value: string): string => value.replace(/[^\p{L}\p{N}_:-]/gu, '').slice(0, 24)

export const isTunnel = (tags: Tags): boolean => says(tags, 'tunnel') || tags.get('covered') === 'yes'

/** Stacking order of crossings; where none is said a bridge is 1 and a tunnel -1. */
export function layerOf(tags: Tags): number {
  const said = numberOf(tags.get('layer'))
  if (said !== undefined && Math.abs(said) <= 20) return Math.trunc(said)
  if (says(tags, 'bridge')) return 1
  return says(tags, 'tunnel') ? -1 : 0
}

const isRoundabout = (tags: Tags): boolean =>
  tags.get('junction') === 'roundabout' || tags.get('junction') === 'circular'

function oneWayOf(tags: Tags, roadClass: RoadClass): -1 | 0 | 1 {
  const said = tags.get('oneway')
  if (said === '-1' || said === 'reverse') return -1
  if (said === 'yes' || said === '1' || said === 'true') return 1
  if (said === 'no') return 0
  return roadClass === 'motorway' || isRoundabout(tags) ? 1 : 0
}

function lanesOf(tags: Tags): number | undefined {
  const lanes = numberOf(tags.get('lanes'))
  return lanes !== undefined && lanes >= 1 && lanes <= 20 ? Math.trunc(lanes) : undefined
}

function widthOf(tags: Tags, roadClass: RoadClass, lanes: number | undefined): number {
  const said = metresOf(tags.get('width'))
  if (said !== undefined && said > 0 && said <= WIDEST) return said
  return lanes === undefined ? CLASS_WIDTH[roadClass] : lanes * LANE_WIDTH
}

/** The most special access tag decides; without one, the class. A track is for cars where its surface is solid. */
function isForCars(tags: Tags, roadClass: RoadClass): boolean {
  const highway = tags.get('highway')
  for (const key of ['motorcar', 'motor_vehicle', 'vehicle', 'access']) {
    const said = tags.get(key)
    if (said === undefined) continue
    if (CLOSED.has(said)) return false
    if (OPEN.has(said)) return key !== 'access' || CAR_CLASSES.has(roadClass) || roadClass === 'track'
  }
  if (highway === 'busway' || highway === 'bus_guideway') return false
  return CAR_CLASSES.has(roadClass) || (roadClass === 'track' && tags.get('tracktype') === 'grade1')
}

function isForFeet(tags: Tags, roadClass: RoadClass): boolean {
  const said = tags.get('foot') ?? tags.get('access')
  if (said !== undefined && CLOSED.has(said)) return false
  if (tags.has('foot') && said !== undefined && OPEN.has(said)) return true
  if (tags.get('motorroad') === 'yes') return false
  return roadClass !== 'motorway'
}
