import type { Facility, FacilityKind } from '@/domain/city/cityModel'
import type { CityDraft, Draft } from '../cityDraft'
import { innerPoint, polygonHolds } from '../geometry/ring'
import type { Polygon } from '@/domain/city/cityModel'
import { osmAreas } from './osmAreas'
import type { OsmArea } from './osmAreas'
import type { OsmData, Tags } from './osmData'
import { namesOf, numberOf } from './tagValues'

const SOURCE = 'osm'

const KINDS: readonly (readonly [key: string, kinds: Readonly<Record<string, FacilityKind>>])[] = [
  [
    'amenity',
    {
      hospital: 'hospital',
      clinic: 'clinic',
      doctors: 'clinic',
      fire_station: 'fireStation',
      police: 'police',
      school: 'school',
      kindergarten: 'school',
      college: 'school',
      university: 'school',
      fuel: 'fuel',
      pharmacy: 'pharmacy',
      townhall: 'government',
      shelter: 'shelter',
    },
  ],
  ['emergency', { assembly_point: 'shelter' }],
  ['power', { plant: 'power', substation: 'substation', station: 'substation', sub_station: 'substation' }],
  ['man_made', { pumping_station: 'pumping', monitoring_station: 'gauge', surveillance: 'camera' }],
  ['railway', { station: 'railStation', halt: 'railStation' }],
  ['landuse', { depot: 'depot', reservoir: 'reservoir' }],
  ['water', { reservoir: 'reservoir' }],
  ['building', { warehouse: 'warehouse' }],
  ['office', { government: 'government' }],
  ['healthcare', { hospital: 'hospital', clinic: 'clinic' }],
  ['industrial', { chemical: 'chemical', depot: 'depot' }],
]
/** A roof at a stop or a picnic place shelters nobody from a flood. */
const SMALL_SHELTERS = new Set([
  'public_transport',
  'picnic_shelter',
  'weather_shelter',
  'gazebo',
  'lean_to',
  'field_shelter',
  'sun_shelter',
])

interface Found {
  readonly facility: Draft<Facility>
  readonly shape?: Polygon
}

/**
 * Takes what serves the city in an emergency, mapped as a point or as an area. A point inside an area of the same kind is
 * the same facility and refused as doubled.
 */
export function readFacilities(data: OsmData, draft: CityDraft): Draft<Facility>[] {
  const areas: Found[] = []
  for (const area of osmAreas(data)) {
    const kind = kindOf(area.tags)
    if (kind !== undefined) takeArea(area, kind, { areas, draft })
  }
  const facilities = areas.map(({ facility }) => facility)
  for (const node of data.nodes) {
    const kind = kindOf(node.tags)
    if (kind === undefined) continue
    const isDoubled = areas.some(
      ({ facility, shape }) =>
        facility.kind === kind && shape !== undefined && polygonHolds(shape, node.longitude, node.latitude),
    )
    const reason = isDoubled ? 'doubled: a point in an area of the same kind' : refusal(node.tags)
    if (reason !== undefined) draft.tally.refused(SOURCE, `facility ${kind}`, reason)
    else {
      draft.tally.taken(SOURCE, `facility ${kind}`)
      facilities.push(
        facilityOf(node.tags, kind, { source: `node/${node.id}`, place: [node.longitude, node.latitude] }),
      )
    }
  }
  return facilities
}

function takeArea(area: OsmArea, kind: FacilityKind, { areas, draft }: { areas: Found[]; draft: CityDraft }): void {
  const found = area.shapes()
  const reason = 'fault' in found ? found.fault : refusal(area.tags)
  if (reason !== undefined) return draft.tally.refused(SOURCE, `facility ${kind}`, reason)
  const shape = 'shapes' in found ? found.shapes[0] : undefined
  if (shape === undefined) return
  draft.tally.taken(SOURCE, `facility ${kind}`)
  areas.push({ facility: facilityOf(area.tags, kind, { source: area.source, place: innerPoint(shape) }), shape })
}

function refusal(tags: Tags): string | undefined {
  const isSmall = tags.get('amenity') === 'shelter' && SMALL_SHELTERS.has(tags.get('shelter_type') ?? '')
  return isSmall ? 'a roof at a stop or a picnic place' : undefined
}

function kindOf(tags: Tags): FacilityKind | undefined {
  for (const [key, kinds] of KINDS) {
    const value = tags.get(key)
    const kind = value !== undefined && Object.hasOwn(kinds, value) ? kinds[value] : undefined
    if (kind === undefined) continue
    return kind === 'railStation' && (tags.get('station') === 'subway' || tags.get('subway') === 'yes')
      ? 'metroStation'
      : kind
  }
  return undefined
}

function facilityOf(
  tags: Tags,
  kind: FacilityKind,
  { source, place }: { source: string; place: readonly [number, number] },
): Draft<Facility> {
  const name = namesOf(tags)
  const figures = Object.fromEntries(
    (['beds', 'capacity'] as const).flatMap((key) => {
      const value = numberOf(tags.get(key))
      return value !== undefined && value >= 0 ? [[key === 'capacity' ? 'places' : key, value]] : []
    }),
  )
  return {
    source,
    kind,
    longitude: place[0],
    latitude: place[1],
    ...(name === undefined ? {} : { name }),
    ...(Object.keys(figures).length === 0 ? {} : { figures }),
  }
}
