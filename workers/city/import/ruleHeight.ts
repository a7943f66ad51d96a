import Flatbush from 'flatbush'
import type { Building, BuildingUse, CoverArea } from '@/domain/city/cityModel'
import type { Draft } from './cityDraft'
import { boxOf, centroid, polygonHolds, squareMetres } from './geometry/ring'

/** Metres per level where only levels are known. */
export const LEVEL_METRES = 3
const NEIGHBOURS = 5
/** About 200 m of latitude, degrees. */
const REACH = 0.0018

type Unsaid = 'height' | 'heightSource' | 'use'
/** A building whose source may not say its height or use. */
export type UnsettledBuilding = Omit<Draft<Building>, Unsaid> & Partial<Pick<Draft<Building>, Unsaid>>
type UsedBuilding = UnsettledBuilding & Pick<Building, 'use'>

/** Metres by use: up to 60 m² of ground, up to 300 m², and above. */
const BY_USE: Readonly<Record<BuildingUse, readonly [number, number, number]>> = {
  residential: [4, 7, 15],
  commercial: [4, 6, 9],
  office: [6, 12, 21],
  industrial: [4, 7, 9],
  public: [4, 8, 12],
  school: [4, 7, 10],
  hospital: [4, 9, 15],
  transport: [3, 3, 6],
  agricultural: [3, 5, 6],
  other: [3, 6, 9],
}

/**
 * Gives every building a height. Where the source says none: the median of at least five known heights of the same use
 * within 200 m, else a table by use and ground area. Either is marked `rule`.
 */
export function settleHeights(buildings: readonly UsedBuilding[]): Draft<Building>[] {
  const known = buildings.filter((building) => building.height !== undefined)
  const index = known.length === 0 ? undefined : new Flatbush(known.length)
  for (const { footprint } of known) index?.add(...pointBox(centroid(footprint.outer)))
  index?.finish()
  return buildings.map((building) => {
    const { height, heightSource } = building
    if (height !== undefined && heightSource !== undefined)
      return withoutSunkenBase({ ...building, height, heightSource })
    const near = index === undefined ? [] : neighbours(index, known, building)
    const ruled = near.length >= NEIGHBOURS ? median(near) : byTable(building)
    return withoutSunkenBase({ ...building, height: ruled, heightSource: 'rule' })
  })
}

/** A base at or above the top is a fault of the source: the building then stands on the ground. */
const withoutSunkenBase = (building: Draft<Building>): Draft<Building> =>
  building.base < building.height ? building : { ...building, base: 0 }

function neighbours(index: Flatbush, known: readonly UsedBuilding[], building: UsedBuilding): number[] {
  const [x, y] = centroid(building.footprint.outer)
  const wide = REACH / Math.cos((y * Math.PI) / 180)
  return index
    .search(x - wide, y - REACH, x + wide, y + REACH)
    .map((i) => known[i]!)
    .filter(({ use }) => use === building.use)
    .map(({ height }) => height!)
}

function median(heights: readonly number[]): number {
  return heights.toSorted((one, other) => one - other)[Math.floor(heights.length / 2)]!
}

function byTable({ use, footprint }: UsedBuilding): number {
  const [small, middle, large] = BY_USE[use]
  const ground = squareMetres(footprint)
  if (ground <= 60) return small
  return ground <= 300 ? middle : large
}

const USE_OF_COVER: Partial<Record<CoverArea['class'], BuildingUse>> = {
  residential: 'residential',
  commercial: 'commercial',
  industrial: 'industrial',
  campus: 'school',
  farmland: 'agricultural',
  railway: 'transport',
  airport: 'transport',
}

/** Buildings of no said use take the use of the land they stand on, where the map says it. */
export function settleUses(
  buildings: readonly UnsettledBuilding[],
  areas: readonly Draft<CoverArea>[],
): UsedBuilding[] {
  const lands = areas.filter((area) => USE_OF_COVER[area.class] !== undefined)
  if (lands.length === 0) return buildings.map((building) => ({ ...building, use: building.use ?? 'other' }))
  const index = new Flatbush(lands.length)
  for (const { shape } of lands) index.add(...boxOf(shape.outer))
  index.finish()
  return buildings.map((building) => {
    const { use } = building
    if (use !== undefined) return { ...building, use }
    const [x, y] = centroid(building.footprint.outer)
    const land = index
      .search(x, y, x, y)
      .sort((one, other) => one - other)
      .map((i) => lands[i]!)
      .find(({ shape }) => polygonHolds(shape, x, y))
    return { ...building, use: land === undefined ? 'other' : USE_OF_COVER[land.class]! }
  })
}

const pointBox = ([x, y]: readonly [number, number]): [number, number, number, number] => [x, y, x, y]
