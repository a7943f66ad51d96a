import type { RoadClass } from '@/domain/city/cityModel'
import { quarterAt } from '../plan/quarters'
import type { QuarterKind } from '../plan/quarters'
import type { Manner } from './split'
import { innerPoint } from './polygon'
import type { Ring } from './polygon'

type Habit = Omit<Manner, 'grain' | 'streets'>

/** How each kind of quarter is cut: block area m², length to width, own grain, looseness, bend. */
const HABITS: Readonly<Record<QuarterKind, Habit>> = {
  oldTown: { area: 6_000, shape: 1.6, own: 0.45, loose: 0.6, bend: 0.07 },
  core: { area: 15_000, shape: 1.35, own: 0.5, loose: 0.2, bend: 0 },
  mixed: { area: 13_500, shape: 1.5, own: 0.45, loose: 0.4, bend: 0.03 },
  slabs: { area: 34_000, shape: 1.5, own: 0.4, loose: 0.3, bend: 0.02 },
  towers: { area: 44_000, shape: 1.35, own: 0.5, loose: 0.2, bend: 0.03 },
  suburb: { area: 21_000, shape: 1.7, own: 0.3, loose: 0.6, bend: 0.08 },
  villas: { area: 34_000, shape: 1.6, own: 0.2, loose: 0.6, bend: 0.14 },
  campus: { area: 70_000, shape: 1.4, own: 0.4, loose: 0.4, bend: 0.06 },
  industrial: { area: 75_000, shape: 1.7, own: 0.5, loose: 0.3, bend: 0 },
  chemical: { area: 95_000, shape: 1.6, own: 0.6, loose: 0.2, bend: 0 },
  harbour: { area: 100_000, shape: 2, own: 0.5, loose: 0.3, bend: 0 },
  airport: { area: 9e9, shape: 1, own: 0, loose: 0, bend: 0 },
  yard: { area: 200_000, shape: 2, own: 0.3, loose: 0.2, bend: 0 },
  park: { area: 110_000, shape: 1.3, own: 0, loose: 0.5, bend: 0.16 },
  village: { area: 40_000, shape: 1.4, own: 0, loose: 0.8, bend: 0.1 },
}
const COUNTRY: Habit = { area: 420_000, shape: 1.5, own: 0, loose: 0.9, bend: 0.12 }
const HILLS: Habit = { area: 900_000, shape: 1.3, own: 0, loose: 0.9, bend: 0.15 }
/** Beyond this depth a quarter has ended and the country begins. */
export const CITY_EDGE = 1

/** The manner of a face by the quarter it lies in; blocks grow towards the edge of the city. */
export function mannerOf(ring: Ring, isHill: (x: number, y: number) => boolean): Manner {
  const [x, y] = innerPoint(ring)
  const { quarter, depth } = quarterAt(x, y)
  const isAirfield = quarter.kind === 'airport' && depth < 0.4
  if (!isAirfield && (depth >= CITY_EDGE || quarter.kind === 'airport'))
    return { ...(isHill(x, y) ? HILLS : COUNTRY), grain: 0, streets: isHill(x, y) ? () => undefined : countryRoad }
  const habit = HABITS[quarter.kind]
  const grown = habit.area * (1 + 0.9 * Math.max(0, depth - 0.55))
  return {
    ...habit,
    area: grown,
    grain: (quarter.grain * Math.PI) / 180,
    streets: (area) => streetOf(quarter.kind, area, grown),
  }
}

const countryRoad: Manner['streets'] = (area, dice) =>
  dice.next() < (area > 1_200_000 ? 0.7 : 0.35) ? 'track' : undefined

function streetOf(kind: QuarterKind, area: number, target: number): RoadClass {
  if (kind === 'park') return 'footway'
  if (area > 620_000) return 'secondary'
  if (area > 170_000) return 'tertiary'
  return kind === 'oldTown' && area < target * 12 ? 'service' : 'residential'
}
