import type { Polygon } from '@/domain/city/cityModel'
import type { CityDraft, DivisionDraft } from '../cityDraft'
import { squareMetres } from '../geometry/ring'
import { relationPolygons } from './assembleRings'
import type { OsmData, OsmRelation } from './osmData'
import { namesOf, numberOf } from './tagValues'

const SOURCE = 'osm'

/** Levels of administrative boundaries to take, by the number that OpenStreetMap gives them. */
export interface DivisionLevels {
  readonly district?: number
  readonly street?: number
}

interface Boundary {
  readonly relation: OsmRelation
  readonly level: number
  readonly shape: Polygon
}

/**
 * Districts and streets from administrative boundaries that lie whole in the extract. Without told levels, districts are
 * the first level of at least two boundaries below the country (admin_level 5 to 9), streets the next such level.
 */
export function readDivisions(data: OsmData, draft: CityDraft, told: DivisionLevels): DivisionDraft[] {
  const boundaries = [...data.relations.values()].flatMap((relation) => boundaryOf(data, relation, draft))
  const sizes = new Map<number, number>()
  for (const { level } of boundaries) sizes.set(level, (sizes.get(level) ?? 0) + 1)
  const levels = [...sizes.keys()].sort((one, other) => one - other)
  const district = told.district ?? levels.find((level) => level >= 5 && sizes.get(level)! >= 2)
  const street =
    told.street ??
    levels.find((level) => district !== undefined && level > district && level <= 10 && sizes.get(level)! >= 2)
  return boundaries.flatMap(({ relation, level, shape }): DivisionDraft[] => {
    const taken = level === district ? 'district' : level === street ? 'street' : undefined
    const name = namesOf(relation.tags)
    if (taken === undefined || name === undefined) {
      draft.tally.refused(SOURCE, 'division', taken === undefined ? 'admin_level not taken' : 'has no name')
      return []
    }
    draft.tally.taken(SOURCE, 'division')
    return [{ source: `relation/${relation.id}`, level: taken, name, shape }]
  })
}

function boundaryOf(data: OsmData, relation: OsmRelation, draft: CityDraft): Boundary[] {
  const { tags } = relation
  const level = numberOf(tags.get('admin_level'))
  if (tags.get('boundary') !== 'administrative' || level === undefined) return []
  const found = relationPolygons(data, relation)
  if ('fault' in found) {
    draft.tally.refused(SOURCE, 'division', found.fault)
    return []
  }
  // Exclaves are not of use to a command center: the largest part stands for the division.
  const [shape] = found.shapes.toSorted((one, other) => squareMetres(other) - squareMetres(one))
  return shape === undefined ? [] : [{ relation, level, shape }]
}
