import type { Degrees } from '@/domain/city/cityModel'
import { innerRings, relationPolygons, wayPolygon } from './assembleRings'
import type { OsmData, OsmRelation, Tags } from './osmData'

/** An area as the map says it, with its polygons still to be asked for. */
export interface OsmArea {
  /** `way/123` or `relation/123`. */
  readonly source: string
  readonly tags: Tags
  readonly shapes: () => ReturnType<typeof wayPolygon>
}

const SILENT_KEYS = new Set(['type', 'name', 'ref', 'area'])

/**
 * All closed ways and multipolygon relations with tags, in the order of the file. A multipolygon that says nothing of itself
 * lends its holes to its one outer way (the style before 2017).
 */
export function* osmAreas(data: OsmData): Generator<OsmArea> {
  const holes = oldStyleHoles(data)
  for (const way of data.ways.values()) {
    if (way.tags.size === 0) continue
    const rings = holes.get(way.id)
    yield {
      source: `way/${way.id}`,
      tags: way.tags,
      shapes: () => wayPolygon(data, way.nodes, rings === undefined ? [] : rings()),
    }
  }
  for (const relation of data.relations.values()) {
    if (!isArea(relation)) continue
    yield { source: `relation/${relation.id}`, tags: relation.tags, shapes: () => relationPolygons(data, relation) }
  }
}

const isArea = ({ tags }: OsmRelation): boolean =>
  tags.get('type') === 'multipolygon' || (tags.get('type') === 'boundary' && tags.size > 1)

function oldStyleHoles(data: OsmData): Map<number, () => readonly Degrees[]> {
  const holes = new Map<number, () => readonly Degrees[]>()
  for (const relation of data.relations.values()) {
    if (relation.tags.get('type') !== 'multipolygon') continue
    if ([...relation.tags.keys()].some((key) => !SILENT_KEYS.has(key))) continue
    const outer = relation.members.filter((member) => member.type === 'way' && member.role !== 'inner')
    if (outer.length === 1) holes.set(outer[0]!.id, () => innerRings(data, relation))
  }
  return holes
}

/** The outline a point stands for: none. Named so that callers count the case. */
export const POINT_FAULT = 'is a point without an outline'

/** Source key of the n-th polygon of one object: the first keeps the object's own key. */
export const partKey = (source: string, index: number): string => (index === 0 ? source : `${source}#${index + 1}`)
