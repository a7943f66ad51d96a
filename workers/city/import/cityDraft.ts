import type {
  Component,
  CoverArea,
  Degrees,
  Division,
  Facility,
  NetworkLine,
  Polygon,
  Road,
  TurnRule,
} from '@/domain/city/cityModel'
import type { Names } from '@/domain/ids'
import type { BuildingPart } from './osm/buildings'
import type { UnsettledBuilding } from './ruleHeight'
import type { PartedBuilding } from './shapeFromParts'
import { Tally } from './tally'

/** An object of the city before it has its code. */
export type Draft<T extends Component> = Omit<T, 'code'>

/** A division whose code is given by the source, or made when all divisions are known. */
export interface DivisionDraft {
  readonly source: string
  readonly level: Division['level']
  readonly code?: string
  readonly name: Names
  readonly shape: Polygon
}

/** What the readers gather; `closeCity` sorts it, gives codes and makes the CityModel. */
export interface CityDraft {
  /** Finished ones; what still lacks a height or use waits in `unsettled`. */
  readonly buildings: PartedBuilding[]
  readonly unsettled: UnsettledBuilding[]
  readonly parts: BuildingPart[]
  readonly roads: Draft<Road>[]
  readonly turns: TurnRule[]
  readonly areas: Draft<CoverArea>[]
  readonly lines: Draft<NetworkLine>[]
  readonly facilities: Draft<Facility>[]
  readonly divisions: DivisionDraft[]
  readonly bounds: Bounds
  readonly tally: Tally
  readonly sources: { readonly name: string; readonly licence: string; readonly sha256: string }[]
  /** YYYY-MM-DD that sources say of themselves. */
  readonly dates: string[]
}

export function emptyDraft(): CityDraft {
  return {
    buildings: [],
    unsettled: [],
    parts: [],
    roads: [],
    turns: [],
    areas: [],
    lines: [],
    facilities: [],
    divisions: [],
    bounds: new Bounds(),
    tally: new Tally(),
    sources: [],
    dates: [],
  }
}

/** A box of degrees that grows with what it is shown. */
export class Bounds {
  west = Number.POSITIVE_INFINITY
  south = Number.POSITIVE_INFINITY
  east = Number.NEGATIVE_INFINITY
  north = Number.NEGATIVE_INFINITY

  get isEmpty(): boolean {
    return this.west > this.east || this.south > this.north
  }

  add(longitude: number, latitude: number): void {
    if (longitude < this.west) this.west = longitude
    if (longitude > this.east) this.east = longitude
    if (latitude < this.south) this.south = latitude
    if (latitude > this.north) this.north = latitude
  }

  addLine(line: Degrees): void {
    for (let i = 0; i + 1 < line.length; i += 2) this.add(line[i]!, line[i + 1]!)
  }

  contains(longitude: number, latitude: number): boolean {
    return longitude >= this.west && longitude <= this.east && latitude >= this.south && latitude <= this.north
  }
}
