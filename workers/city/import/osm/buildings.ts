import type { Building, BuildingUse, Polygon } from '@/domain/city/cityModel'
import type { CityDraft, Draft } from '../cityDraft'
import { LEVEL_METRES } from '../ruleHeight'
import type { UnsettledBuilding } from '../ruleHeight'
import { osmAreas, partKey, POINT_FAULT } from './osmAreas'
import type { OsmData, Tags } from './osmData'
import { metresOf, namesOf, numberOf, says } from './tagValues'

/** A part of a building that stands in another's outline; it gives that building its shape. */
export interface BuildingPart {
  readonly shape: Polygon
  readonly height: number
  readonly base: number
}

const SOURCE = 'osm'
const TALLEST = 1000

/** Takes all `building=*` with an outline, and the parts that shape them. */
export function readBuildings(data: OsmData, draft: CityDraft): void {
  for (const area of osmAreas(data)) {
    const isBuilding = says(area.tags, 'building')
    const isPart = !isBuilding && says(area.tags, 'building:part')
    if (!isBuilding && !isPart) continue
    const kind = isBuilding ? 'building' : 'building part'
    const found = area.shapes()
    if ('fault' in found) {
      draft.tally.refused(SOURCE, kind, found.fault)
      continue
    }
    draft.tally.taken(SOURCE, kind)
    found.shapes.forEach((shape, i) => {
      if (isBuilding) draft.unsettled.push(buildingOf(area.tags, shape, partKey(area.source, i)))
      else draft.parts.push(partOf(area.tags, shape))
    })
  }
  for (const node of data.nodes) if (says(node.tags, 'building')) draft.tally.refused(SOURCE, 'building', POINT_FAULT)
}

function buildingOf(tags: Tags, footprint: Polygon, source: string): UnsettledBuilding {
  const name = namesOf(tags)
  const levels = levelsOf(tags)
  const height = heightOf(tags)
  const use = useOf(tags)
  return {
    source,
    footprint,
    base: baseOf(tags),
    ...(use === undefined ? {} : { use }),
    ...(name === undefined ? {} : { name }),
    ...(levels === undefined ? {} : { levels }),
    ...(height === undefined ? {} : height),
  }
}

function partOf(tags: Tags, shape: Polygon): BuildingPart {
  return { shape, height: heightOf(tags)?.height ?? LEVEL_METRES, base: baseOf(tags) }
}

/** Height to the eaves by tag, else by levels; undefined where neither is said or it cannot be. */
function heightOf(tags: Tags): Pick<Draft<Building>, 'height' | 'heightSource'> | undefined {
  const said = metresOf(tags.get('height') ?? tags.get('building:height'))
  if (said !== undefined && said > 0 && said <= TALLEST) {
    const roof = metresOf(tags.get('roof:height')) ?? 0
    return { height: roof > 0 && roof < said ? said - roof : said, heightSource: 'tag' }
  }
  const levels = levelsOf(tags)
  return levels === undefined ? undefined : { height: levels * LEVEL_METRES, heightSource: 'levels' }
}

function levelsOf(tags: Tags): number | undefined {
  const levels = numberOf(tags.get('building:levels'))
  return levels !== undefined && levels > 0 && levels <= TALLEST / LEVEL_METRES ? levels : undefined
}

function baseOf(tags: Tags): number {
  const said = metresOf(tags.get('min_height')) ?? (numberOf(tags.get('building:min_level')) ?? 0) * LEVEL_METRES
  return said > 0 && said <= TALLEST ? said : 0
}

const USES: Readonly<Record<BuildingUse, readonly string[]>> = {
  residential: [
    'apartments',
    'house',
    'residential',
    'detached',
    'semidetached_house',
    'semi',
    'terrace',
    'bungalow',
    'dormitory',
    'cabin',
    'villa',
    'hut',
    'static_caravan',
    'houseboat',
  ],
  commercial: ['commercial', 'retail', 'supermarket', 'kiosk', 'hotel', 'shop', 'mall', 'restaurant', 'bank'],
  office: ['office'],
  industrial: [
    'industrial',
    'warehouse',
    'factory',
    'manufacture',
    'works',
    'storage_tank',
    'hangar',
    'service',
    'transformer_tower',
  ],
  public: [
    'public',
    'government',
    'civic',
    'church',
    'chapel',
    'cathedral',
    'mosque',
    'temple',
    'synagogue',
    'shrine',
    'townhall',
    'fire_station',
    'museum',
    'stadium',
    'sports_hall',
    'sports_centre',
    'library',
    'religious',
    'grandstand',
    'castle',
  ],
  school: ['school', 'kindergarten', 'university', 'college'],
  hospital: ['hospital', 'clinic'],
  transport: [
    'train_station',
    'transportation',
    'parking',
    'garage',
    'garages',
    'carport',
    'bridge',
    'station',
    'terminal',
  ],
  agricultural: ['barn', 'farm', 'farm_auxiliary', 'greenhouse', 'stable', 'cowshed', 'sty', 'silo'],
  other: ['roof', 'shed', 'ruins', 'construction', 'bunker'],
}
const USE_OF_BUILDING = new Map(
  (Object.keys(USES) as BuildingUse[]).flatMap((use) => USES[use].map((word): [string, BuildingUse] => [word, use])),
)
const USE_OF_AMENITY = new Map<string, BuildingUse>([
  ['school', 'school'],
  ['kindergarten', 'school'],
  ['university', 'school'],
  ['college', 'school'],
  ['hospital', 'hospital'],
  ['clinic', 'hospital'],
  ['parking', 'transport'],
  ['bus_station', 'transport'],
  ['fuel', 'commercial'],
  ['restaurant', 'commercial'],
  ['bank', 'commercial'],
  ['cinema', 'commercial'],
  ['place_of_worship', 'public'],
  ['townhall', 'public'],
  ['police', 'public'],
  ['fire_station', 'public'],
  ['library', 'public'],
  ['theatre', 'public'],
])

/** Use by the building's own tags; undefined where it says none (`settleUses` then asks the land it stands on). */
export function useOf(tags: Tags): BuildingUse | undefined {
  const byBuilding = USE_OF_BUILDING.get(tags.get('building') ?? '')
  if (byBuilding !== undefined) return byBuilding
  const byAmenity = USE_OF_AMENITY.get(tags.get('amenity') ?? '')
  if (byAmenity !== undefined) return byAmenity
  if (tags.has('shop') || tags.get('tourism') === 'hotel') return 'commercial'
  return tags.has('office') ? 'office' : undefined
}
