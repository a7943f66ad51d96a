import type {
  CityModel,
  Component,
  ComponentCode,
  Facility,
  ForeignTileset,
  HeightGrid,
  Road,
} from '@/domain/city/cityModel'
import { ComponentCodes } from '@/domain/city/componentCode'
import type { ComponentClass } from '@/domain/city/componentCode'
import type { CityIdentity } from '@/domain/city/manifest'
import Flatbush from 'flatbush'
import type { Building } from '@/domain/city/cityModel'
import type { CityDraft, Draft } from './cityDraft'
import { closeDivisions } from './closeDivisions'
import { boxOf, polygonHolds } from './geometry/ring'
import { standParts } from './standParts'

/** What stands around the objects of a city. */
export interface CityFrame {
  readonly identity: CityIdentity
  readonly terrain: HeightGrid
  readonly tilesets: readonly ForeignTileset[]
}

/** Sorts all objects by their source keys and gives each its code: the same sources give the same city. */
export function closeCity(draft: CityDraft, { identity, terrain, tilesets }: CityFrame): CityModel {
  const codes = new ComponentCodes()
  const code = (kind: ComponentClass): ComponentCode => codes.add(identity.division, kind)
  const buildings = sorted(draft.buildings).map((building) => ({
    ...standParts(building, terrain),
    code: code('building'),
  }))
  const within = finder(buildings)
  return {
    identity,
    terrain,
    buildings,
    roads: sorted(draft.roads).map((road) => ({ ...road, code: code(roadKind(road)) })),
    areas: sorted(draft.areas).map((area) => ({ ...area, code: code(area.class === 'water' ? 'water' : 'cover') })),
    lines: sorted(draft.lines).map((line) => ({ ...line, code: code('line') })),
    facilities: sorted(draft.facilities).map((facility) => ({
      ...facility,
      ...within(facility),
      code: code('facility'),
    })),
    divisions: closeDivisions(draft, identity),
    tilesets,
  }
}

function sorted<T extends Draft<Component>>(drafts: readonly T[]): T[] {
  return drafts.toSorted((one, other) => (one.source < other.source ? -1 : one.source > other.source ? 1 : 0))
}

function roadKind({ underpass, tunnel, bridge }: Draft<Road>): ComponentClass {
  if (underpass) return 'underpass'
  if (tunnel) return 'tunnel'
  return bridge ? 'bridge' : 'road'
}

/** Finds the building that a facility stands in. */
function finder(buildings: readonly Building[]): (facility: Draft<Facility>) => Pick<Facility, 'within'> {
  if (buildings.length === 0) return () => ({})
  const index = new Flatbush(buildings.length)
  for (const { footprint } of buildings) index.add(...boxOf(footprint.outer))
  index.finish()
  return ({ longitude, latitude }) => {
    const held = index
      .search(longitude, latitude, longitude, latitude)
      .sort((one, other) => one - other)
      .map((i) => buildings[i]!)
      .find(({ footprint }) => polygonHolds(footprint, longitude, latitude))
    return held === undefined ? {} : { within: held.code }
  }
}
