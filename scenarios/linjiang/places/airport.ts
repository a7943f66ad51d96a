import type { RawBuilding } from '../buildings/site'
import { cornersOf } from '../buildings/site'
import type { Point } from '../curve'
import { RUNWAY } from '../fabric/planLines'

const place = (along: number, across: number): Point => [
  RUNWAY.at[0] + Math.cos(RUNWAY.angle) * along - Math.sin(RUNWAY.angle) * across,
  RUNWAY.at[1] + Math.sin(RUNWAY.angle) * along + Math.cos(RUNWAY.angle) * across,
]

function box(along: number, across: number, long: number, wide: number): Point[] {
  const [x, y] = place(along, across)
  return cornersOf({ x, y, ux: Math.cos(RUNWAY.angle), uy: Math.sin(RUNWAY.angle), long, wide })
}

/** Runway, taxiway and apron as rings of metres. */
export const AIRFIELD_PAVING: readonly (readonly Point[])[] = [
  box(0, -120, 1_400, 24),
  box(0, 40, 1_250, 12),
  box(420, 150, 420, 75),
]

/** Terminal with two piers, tower, hangars and the freight hall; `block`: the airfield's. */
export function airportBuildings(block: number): RawBuilding[] {
  const one = (ring: readonly Point[], height: number, levels: number): RawBuilding => ({
    ring,
    height,
    base: 0,
    levels,
    use: 'transport',
    block,
    homes: 0,
    work: height > 40 ? 300 : 4_000 * levels,
  })
  return [
    one(box(420, 300, 190, 34), 24, 3),
    one(box(300, 243, 12, 22), 14, 2),
    one(box(420, 243, 12, 22), 14, 2),
    one(box(540, 243, 12, 22), 14, 2),
    one(box(120, 300, 9, 9), 52, 12),
    ...[-420, -540, -660].map((along) => one(box(along, 200, 44, 38), 21, 1)),
    one(box(-860, 250, 90, 30), 13, 1),
    one(box(820, 310, 60, 22), 12, 2),
  ]
}
