import type { RoadClass } from '@/domain/city/cityModel'
import type { Layout } from '../fabric/layout'
import type { WaterField } from '../ground/waterField'
import { Dice } from '../random'
import { clump } from './clumps'
import type { Clumps } from './clumps'
import { middles, shareOut } from './partition'
import { CITY_CODE, DISTRICT_PLANS } from './plan'

/** A division by the faces it is made of. */
export interface Part {
  readonly code: string
  readonly parent: string
  readonly faces: readonly number[]
}

/** The four levels below the city; every face of the plan is in one part of each. */
export interface Parts {
  readonly districts: readonly Part[]
  readonly streets: readonly Part[]
  readonly communities: readonly Part[]
  readonly cells: readonly Part[]
}

const PEOPLE_PER_COMMUNITY = 6_200
const PEOPLE_PER_CELL = 1_450
const SMALL: readonly RoadClass[] = ['residential', 'service', 'footway', 'track']

/** Shares the city out. `people`: residents by face. Borders of districts follow great roads, those of streets lesser ones. */
export function divide(
  seed: number,
  { layout, water, people }: { layout: Layout; water: WaterField; people: readonly number[] },
): Parts {
  const clumpsOf = (soft: readonly RoadClass[]): Clumps => clump(layout, { people, soft: new Set(soft) })
  const districts = districtsOf(clumpsOf([...SMALL, 'tertiary']), water)
  const below = (parts: readonly Part[], clumps: Clumps, countOf: (part: Part, index: number) => number): Part[] =>
    parts.flatMap((part, p) =>
      parted(part, clumps, { count: countOf(part, p), dice: new Dice(seed, part.code.length, p) }),
    )
  const weigh = (part: Part): number => part.faces.reduce((sum, face) => sum + people[face]!, 0)
  const streets = below(districts, clumpsOf(SMALL), (_, index) => DISTRICT_PLANS[index]!.streets)
  const communities = below(streets, clumpsOf(['service', 'footway']), (part) =>
    Math.max(2, Math.round(weigh(part) / PEOPLE_PER_COMMUNITY)),
  )
  const cells = below(communities, clumpsOf([]), (part) => Math.max(1, Math.round(weigh(part) / PEOPLE_PER_CELL)))
  return { districts, streets, communities, cells }
}

function districtsOf({ land, faces }: Clumps, water: WaterField): Part[] {
  const pieces = faces.map((_, i) => i)
  const isNorth = land.at.map(([x, y]) => water.isNorth(x, y))
  const shares = shareOut(land, pieces, {
    seeds: DISTRICT_PLANS.map(({ at }) => at),
    cost: (piece, s) =>
      ((DISTRICT_PLANS[s]!.bank === 'north') === isNorth[piece] ? 0 : 30_000) - DISTRICT_PLANS[s]!.push,
  })
  return DISTRICT_PLANS.map(({ code }, d) => ({
    code,
    parent: CITY_CODE,
    faces: pieces.filter((piece) => shares.get(piece) === d).flatMap((piece) => faces[piece]!),
  }))
}

/** A division parted into `count` below it (fewer where it has fewer pieces). */
function parted(part: Part, { land, faces, pieceOf }: Clumps, { count, dice }: { count: number; dice: Dice }): Part[] {
  const pieces = [...new Set(part.faces.map((face) => pieceOf[face]!))].sort((a, b) => a - b)
  const own = new Set(part.faces)
  const seeds = middles(land, pieces, { count: Math.min(count, pieces.length), dice })
  const found = shareOut(land, pieces, { seeds, cost: () => 0 })
  const groups = seeds.map((_, s) =>
    pieces.filter((piece) => found.get(piece) === s).flatMap((piece) => faces[piece]!.filter((face) => own.has(face))),
  )
  return groups
    .filter((group) => group.length > 0)
    .map((group, s) => ({ code: `${part.code}${String(s + 1).padStart(3, '0')}`, parent: part.code, faces: group }))
}
