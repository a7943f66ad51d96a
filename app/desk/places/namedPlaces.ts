import type { Sketch, SketchFeature } from '@/domain/api/sketch'
import type { Catalogue } from '@/domain/catalogue'
import type { Names } from '@/domain/ids'

/** A name that somebody says on the telephone, with where it is. Degrees. */
export interface NamedPlace {
  readonly key: string
  readonly name: Names
  readonly kind: 'thing' | 'facility' | 'road' | 'district'
  readonly longitude: number
  readonly latitude: number
}

/** Instruments and facilities first: they are points. Then roads, then districts; each name once. */
export function namedPlaces(catalogue: Catalogue, sketch: Sketch | undefined): readonly NamedPlace[] {
  const things = catalogue.things.flatMap(({ key, name, longitude, latitude }): NamedPlace[] =>
    longitude === undefined || latitude === undefined ? [] : [{ key, name, kind: 'thing', longitude, latitude }],
  )
  const features = (sketch?.features ?? []).flatMap(placeOf)
  const byKind = (kind: NamedPlace['kind']) => features.filter((place) => place.kind === kind)
  const all = [...byKind('facility'), ...things, ...byKind('road'), ...byKind('district')]
  const told = new Set<string>()
  return all.filter(({ name }) => !told.has(name['zh-CN']) && told.add(name['zh-CN']))
}

const KINDS: Partial<Record<SketchFeature['properties']['class'], NamedPlace['kind']>> = {
  facility: 'facility',
  road: 'road',
  district: 'district',
}

function placeOf({ properties, geometry }: SketchFeature): NamedPlace[] {
  const kind = KINDS[properties.class]
  if (kind === undefined || properties.name === undefined) return []
  const [longitude, latitude] = middleOf(geometry)
  return [{ key: properties.key, name: properties.name, kind, longitude, latitude }]
}

/** Half way along a line, the mean of an area's outline. Degrees. */
function middleOf(geometry: SketchFeature['geometry']): readonly [number, number] {
  if (geometry.type === 'Point') return [geometry.coordinates[0], geometry.coordinates[1]]
  const line = geometry.type === 'LineString' ? geometry.coordinates : (geometry.coordinates[0] ?? [])
  if (geometry.type === 'LineString') {
    const middle = line[Math.floor(line.length / 2)]
    return middle === undefined ? [0, 0] : [middle[0], middle[1]]
  }
  const count = Math.max(1, line.length)
  return [line.reduce((sum, at) => sum + at[0], 0) / count, line.reduce((sum, at) => sum + at[1], 0) / count]
}
