import Flatbush from 'flatbush'
import type {
  Building,
  CityModel,
  ComponentCode,
  Degrees,
  Division,
  Facility,
  ForeignTileset,
  HeightGrid,
  Road,
} from '@/domain/city/cityModel'
import { ComponentCodes } from '@/domain/city/componentCode'
import type { ComponentClass, KeptCode } from '@/domain/city/componentCode'
import type { CityIdentity } from '@/domain/city/manifest'
import type { CityDraft, Draft } from './cityDraft'
import { closeDivisions } from './closeDivisions'
import { DivisionFinder } from './divisionFinder'
import { boxOf, centroid, polygonHolds } from './geometry/ring'
import { SourceRefused } from './refused'
import { standParts } from './standParts'

/** What stands around the objects of a city. */
export interface CityFrame {
  readonly identity: CityIdentity
  readonly terrain: HeightGrid
  readonly tilesets: readonly ForeignTileset[]
  /** Codes of an older import of this city. */
  readonly kept: readonly KeptCode[]
}

/**
 * Gives each object its code, in the order of the draft (which `dropRepeats` sorted by source key): the same sources give
 * the same city; what an older import coded keeps its code. The code's first six digits are the district that holds the object, else the city's own.
 * @throws SourceRefused when a district holds more objects of a class than codes.
 */
export function closeCity(draft: CityDraft, { identity, terrain, tilesets, kept }: CityFrame): CityModel {
  const bare = closeDivisions(draft, identity)
  const codes = new ComponentCodes(kept)
  const code = coder(codes, bare, identity)
  const buildings = draft.buildings.map((building) => ({
    ...standParts(building, terrain),
    code: code('building', building, centroid(building.footprint.outer)),
  }))
  const within = buildingFinder(buildings)
  const model: Omit<CityModel, 'codes'> = {
    identity,
    terrain,
    buildings,
    roads: draft.roads.map((road) => ({ ...road, code: code(roadKind(road), road, middleOf(road.line)) })),
    ...(draft.turns.length === 0 ? {} : { turns: draft.turns }),
    areas: draft.areas.map((area) => ({
      ...area,
      code: code(area.class === 'water' ? 'water' : 'cover', area, centroid(area.shape.outer)),
    })),
    lines: draft.lines.map((line) => ({ ...line, code: code('line', line, middleOf(line.line)) })),
    facilities: draft.facilities.map((facility) => ({
      ...facility,
      ...within(facility),
      code: code('facility', facility, [facility.longitude, facility.latitude]),
    })),
    divisions: withResidents(bare, buildings),
    tilesets,
  }
  return { ...model, codes: codes.ledger() }
}

type Place = readonly [longitude: number, latitude: number]

function coder(
  codes: ComponentCodes,
  divisions: readonly Division[],
  identity: CityIdentity,
): (kind: ComponentClass, object: { readonly source: string }, place: Place) => ComponentCode {
  const districts = new DivisionFinder(
    divisions.filter(({ level, code }) => level === 'district' && /^\d{6}$/.test(code)),
  )
  return (kind, { source }, [longitude, latitude]) => {
    try {
      return codes.add(districts.find(longitude, latitude)?.code ?? identity.division, kind, source)
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause
      throw new SourceRefused('import', `${cause.message} Import its districts too, or a smaller part.`, { cause })
    }
  }
}

/** The vertex in the middle of a line's list. */
function middleOf(line: Degrees): Place {
  const i = Math.floor(line.length / 4) * 2
  return [line[i] ?? 0, line[i + 1] ?? 0]
}

function roadKind({ underpass, tunnel, bridge }: Draft<Road>): ComponentClass {
  if (underpass) return 'underpass'
  if (tunnel) return 'tunnel'
  return bridge ? 'bridge' : 'road'
}

/** Finds the building that a facility stands in. */
function buildingFinder(buildings: readonly Building[]): (facility: Draft<Facility>) => Pick<Facility, 'within'> {
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

/** Sums of the residents of its buildings, where residents are known. */
function withResidents(divisions: readonly Division[], buildings: readonly Building[]): Division[] {
  const homes = buildings.filter(({ residents }) => residents !== undefined)
  if (homes.length === 0) return [...divisions]
  const sums = new Map<string, number>()
  for (const level of new Set(divisions.map((division) => division.level))) {
    const finder = new DivisionFinder(divisions.filter((division) => division.level === level))
    for (const { footprint, residents } of homes) {
      const code = finder.find(...centroid(footprint.outer))?.code
      if (code !== undefined) sums.set(code, (sums.get(code) ?? 0) + residents!)
    }
  }
  return divisions.map((division) => ({ ...division, residents: sums.get(division.code) ?? 0 }))
}
