import type { CoverArea } from '@/domain/city/cityModel'
import type { CityDraft, Draft } from '../cityDraft'
import { osmAreas, partKey } from './osmAreas'
import type { OsmData, Tags } from './osmData'
import { namesOf, says } from './tagValues'

const SOURCE = 'osm'
type CoverClass = CoverArea['class']

// The first key that says something decides: water lies above land use.
const CLASSES: readonly (readonly [key: string, classes: Readonly<Record<string, CoverClass>>])[] = [
  [
    'natural',
    {
      water: 'water',
      wetland: 'wetland',
      wood: 'forest',
      scrub: 'forest',
      grassland: 'grass',
      heath: 'grass',
      bare_rock: 'bare',
      scree: 'bare',
      sand: 'bare',
      beach: 'bare',
      shingle: 'bare',
      glacier: 'bare',
    },
  ],
  ['waterway', { riverbank: 'water', dock: 'water' }],
  [
    'landuse',
    {
      reservoir: 'water',
      basin: 'water',
      residential: 'residential',
      commercial: 'commercial',
      retail: 'commercial',
      industrial: 'industrial',
      forest: 'forest',
      farmland: 'farmland',
      farmyard: 'farmland',
      farm: 'farmland',
      orchard: 'farmland',
      vineyard: 'farmland',
      allotments: 'farmland',
      greenhouse_horticulture: 'farmland',
      meadow: 'grass',
      grass: 'grass',
      village_green: 'grass',
      cemetery: 'park',
      recreation_ground: 'park',
      railway: 'railway',
      quarry: 'bare',
      brownfield: 'bare',
      greenfield: 'grass',
      construction: 'bare',
      landfill: 'bare',
      education: 'campus',
    },
  ],
  [
    'leisure',
    {
      park: 'park',
      garden: 'park',
      golf_course: 'grass',
      pitch: 'grass',
      nature_reserve: 'forest',
      swimming_pool: 'water',
    },
  ],
  [
    'amenity',
    {
      school: 'campus',
      university: 'campus',
      college: 'campus',
      kindergarten: 'campus',
      hospital: 'campus',
      parking: 'plaza',
      marketplace: 'plaza',
    },
  ],
  ['aeroway', { aerodrome: 'airport', apron: 'airport', runway: 'airport', taxiway: 'airport', helipad: 'airport' }],
  ['place', { square: 'plaza' }],
  ['highway', { pedestrian: 'plaza', footway: 'plaza', service: 'plaza', rest_area: 'plaza', services: 'plaza' }],
]

/** Takes land cover and standing water; a closed way is an area where its tag can only mean one. */
export function readCover(data: OsmData, draft: CityDraft): Draft<CoverArea>[] {
  const areas: Draft<CoverArea>[] = []
  for (const area of osmAreas(data)) {
    const coverClass = coverClassOf(area.tags)
    if (coverClass === undefined) continue
    const kind = coverClass === 'water' ? 'water' : 'cover'
    const found = area.shapes()
    if ('fault' in found) {
      draft.tally.refused(SOURCE, kind, found.fault)
      continue
    }
    draft.tally.taken(SOURCE, kind)
    const name = namesOf(area.tags)
    found.shapes.forEach((shape, i) =>
      areas.push({
        source: partKey(area.source, i),
        shape,
        class: coverClass,
        ...(name === undefined ? {} : { name }),
      }),
    )
  }
  return areas
}

function coverClassOf(tags: Tags): CoverClass | undefined {
  if (says(tags, 'building') || tags.get('type') === 'boundary') return undefined
  for (const [key, classes] of CLASSES) {
    const value = tags.get(key)
    if (value === undefined) continue
    if (key === 'highway' && tags.get('area') !== 'yes' && tags.get('type') !== 'multipolygon') continue
    const found = Object.hasOwn(classes, value) ? classes[value] : undefined
    if (found !== undefined) return found
  }
  return undefined
}
