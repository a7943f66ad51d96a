import type { NetworkLine } from '@/domain/city/cityModel'
import type { CityDraft, Draft } from '../cityDraft'
import { partKey } from './osmAreas'
import { isTunnel, layerOf } from './roads'
import type { OsmData, OsmWay, Tags } from './osmData'
import { metresOf, namesOf, says } from './tagValues'

const SOURCE = 'osm'
type LineClass = NetworkLine['class']

const CLASSES: readonly (readonly [key: string, classes: Readonly<Record<string, LineClass>>])[] = [
  [
    'waterway',
    { river: 'river', tidal_channel: 'river', stream: 'stream', canal: 'canal', drain: 'drain', ditch: 'drain' },
  ],
  [
    'railway',
    {
      rail: 'rail',
      narrow_gauge: 'rail',
      funicular: 'rail',
      preserved: 'rail',
      monorail: 'metro',
      light_rail: 'metro',
      subway: 'metro',
      tram: 'tram',
    },
  ],
  ['power', { line: 'power', minor_line: 'power', cable: 'power' }],
  ['man_made', { pipeline: 'pipeline', dyke: 'dike', embankment: 'dike' }],
  ['embankment', { dyke: 'dike' }],
]

/** Width of a watercourse that says none, metres. */
const WATER_WIDTH: Partial<Record<LineClass, number>> = { river: 20, canal: 10, stream: 3, drain: 1.5 }
const WIDEST_WATER = 5000

/** Takes watercourses, railways, power lines, pipelines and dikes. */
export function readLines(data: OsmData, draft: CityDraft): Draft<NetworkLine>[] {
  const routes = routeNames(data)
  const lines: Draft<NetworkLine>[] = []
  for (const way of data.ways.values()) {
    const lineClass = lineClassOf(way.tags)
    if (lineClass === undefined) continue
    const parts = data.lines(way.nodes)
    if (parts.length === 0) {
      draft.tally.refused(SOURCE, lineClass, 'fewer than two nodes in the extract')
      continue
    }
    draft.tally.taken(SOURCE, lineClass)
    const said = lineOf(way, lineClass, routes)
    if (parts.length > 1) draft.tally.taken(SOURCE, 'further part of a cut line', parts.length - 1)
    parts.forEach(({ line }, i) => lines.push({ ...said, source: partKey(`way/${way.id}`, i), line }))
  }
  for (const { tags } of data.relations.values()) {
    const lineClass = tags.get('type') === 'multipolygon' ? undefined : lineClassOf(tags)
    if (lineClass !== undefined) draft.tally.refused(SOURCE, lineClass, 'relation: its ways are taken one by one')
  }
  return lines
}

function lineOf(
  way: OsmWay,
  lineClass: LineClass,
  routes: ReadonlyMap<number, string>,
): Omit<Draft<NetworkLine>, 'line' | 'source'> {
  const { tags } = way
  const name = namesOf(tags)
  const width = waterWidth(tags, lineClass)
  const network = routes.get(way.id)
  return {
    class: lineClass,
    bridge: says(tags, 'bridge'),
    tunnel: isTunnel(tags),
    layer: layerOf(tags),
    ...(name === undefined ? {} : { name }),
    ...(width === undefined ? {} : { width }),
    ...(network === undefined ? {} : { network }),
  }
}

function lineClassOf(tags: Tags): LineClass | undefined {
  for (const [key, classes] of CLASSES) {
    const value = tags.get(key)
    if (value !== undefined && Object.hasOwn(classes, value)) return classes[value]
  }
  return undefined
}

function waterWidth(tags: Tags, lineClass: LineClass): number | undefined {
  const said = metresOf(tags.get('width') ?? tags.get('est_width'))
  if (said !== undefined && said > 0 && said <= WIDEST_WATER) return said
  return WATER_WIDTH[lineClass]
}

const ROUTES = new Set(['train', 'subway', 'tram', 'light_rail', 'monorail', 'railway', 'power', 'pipeline'])

/** Line or feeder that a way belongs to, by route relations; of several the least by text, so that it is always the same. */
function routeNames(data: OsmData): Map<number, string> {
  const names = new Map<number, string>()
  for (const { tags, members } of data.relations.values()) {
    const route = tags.get('route')
    const name = tags.get('ref') ?? tags.get('name')
    if (route === undefined || !ROUTES.has(route) || name === undefined) continue
    for (const { type, id } of members) {
      const held = names.get(id)
      if (type === 'way' && (held === undefined || name < held)) names.set(id, name)
    }
  }
  return names
}
