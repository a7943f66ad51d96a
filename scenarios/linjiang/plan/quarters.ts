import type { Point } from '../curve'

export type QuarterKind =
  | 'oldTown'
  | 'core'
  | 'mixed'
  | 'slabs'
  | 'towers'
  | 'suburb'
  | 'villas'
  | 'campus'
  | 'industrial'
  | 'chemical'
  | 'harbour'
  | 'airport'
  | 'yard'
  | 'park'
  | 'village'

/** A part of the city that was built in one time and one manner. */
export interface Quarter {
  readonly key: string
  readonly kind: QuarterKind
  readonly at: Point
  /** Reach, metres; the nearest quarter by distance over reach wins a block. */
  readonly reach: number
  /** Degrees: which way its streets would like to run. */
  readonly grain: number
}

type Row = readonly [key: string, kind: QuarterKind, at: Point, reach: number, grain: number]

const ROWS: readonly Row[] = [
  ['old-town', 'oldTown', [-150, 1_080], 760, 6],
  ['old-quay', 'oldTown', [900, 620], 480, 14],
  ['core', 'core', [-1_550, 700], 950, 8],
  ['cathedral', 'mixed', [1_750, 1_550], 950, -14],
  ['station', 'core', [-2_500, 2_050], 620, 4],
  ['finance', 'core', [300, -1_900], 1_150, -3],
  ['finance-w', 'towers', [-1_600, -2_600], 950, -30],
  ['north-gate', 'mixed', [-200, 3_200], 1_000, 10],
  ['willow', 'slabs', [-4_700, -900], 1_150, 24],
  ['willow-w', 'slabs', [-7_000, -600], 1_150, 12],
  ['willow-new', 'towers', [-5_700, 300], 900, 5],
  ['mill', 'industrial', [-5_900, 3_050], 950, -4],
  ['mill-homes', 'slabs', [-5_100, 1_900], 900, -6],
  ['mill-north', 'slabs', [-4_500, 4_050], 950, 20],
  ['brookside', 'slabs', [-2_700, 3_900], 1_000, 35],
  ['north-slope', 'towers', [-900, 4_950], 1_050, 14],
  ['university', 'campus', [2_200, 5_300], 1_050, 20],
  ['academy', 'campus', [900, 4_200], 560, 8],
  ['hill-foot', 'villas', [-2_600, 5_900], 800, 30],
  ['lake-north', 'villas', [5_400, 3_750], 620, 28],
  ['lake-park', 'park', [4_350, 3_100], 520, 0],
  ['tech', 'towers', [5_100, 4_900], 1_050, 33],
  ['tech-works', 'industrial', [7_000, 5_600], 1_050, 28],
  ['lake-south', 'towers', [5_600, 900], 900, 3],
  ['east-quay', 'slabs', [4_300, 200], 950, -20],
  ['east-new', 'towers', [7_300, 1_700], 900, 8],
  ['east-edge', 'suburb', [8_900, 3_200], 800, 18],
  ['south-centre', 'towers', [1_900, -3_500], 800, 10],
  ['south-old', 'oldTown', [1_880, -4_150], 430, 22],
  ['south-west', 'slabs', [-900, -3_600], 900, 5],
  ['south-garden', 'towers', [-2_300, -4_800], 1_000, 0],
  ['worker-south', 'slabs', [-3_900, -4_050], 900, 18],
  ['harbour', 'harbour', [7_000, -2_700], 1_050, 22],
  ['harbour-homes', 'slabs', [5_000, -3_700], 850, -28],
  ['bend-homes', 'slabs', [3_700, -2_800], 800, -18],
  ['south-slabs', 'slabs', [300, -5_000], 950, 4],
  ['south-edge', 'suburb', [2_500, -6_300], 1_000, 16],
  ['south-town', 'suburb', [-1_300, -7_000], 900, 6],
  ['chemical', 'chemical', [7_400, -6_300], 1_150, 40],
  ['south-works', 'industrial', [4_700, -5_900], 950, 25],
  ['airport', 'airport', [-7_000, -9_300], 1_300, 4],
  ['air-town', 'suburb', [-6_300, -5_300], 850, 32],
  ['logistics', 'harbour', [-3_700, -7_300], 850, 12],
  ['yard', 'yard', [-8_000, 2_450], 700, 0],
  ['west-works', 'industrial', [-7_600, 1_200], 850, 6],
  ['west-town', 'suburb', [-7_700, 4_100], 800, 20],
  ['north-town', 'suburb', [-5_600, 6_300], 800, 40],
  ['ring-north', 'suburb', [-1_300, 6_500], 750, 12],
  ['hill-gate', 'suburb', [4_600, 6_600], 800, 30],
  ['east-town', 'suburb', [8_700, 1_700], 700, 12],
  ['upper-ferry', 'suburb', [-6_200, -4_300], 700, 38],
  ['people-park', 'park', [-2_850, 1_150], 300, 0],
  ['bell-hill', 'park', [2_550, 1_950], 330, 0],
  ['south-lake-park', 'park', [-450, -4_450], 330, 0],
]
export const QUARTERS: readonly Quarter[] = ROWS.map(([key, kind, at, reach, grain]) => ({
  key,
  kind,
  at,
  reach,
  grain,
}))

/** The quarter that rules a place, and how far out it is (1 and more: country). */
export function quarterAt(x: number, y: number): { quarter: Quarter; depth: number } {
  let best = QUARTERS[0]!
  let depth = Number.POSITIVE_INFINITY
  for (const quarter of QUARTERS) {
    const d = Math.hypot(x - quarter.at[0], y - quarter.at[1]) / quarter.reach
    if (d < depth) [best, depth] = [quarter, d]
  }
  const reached = depth / 1.45
  // Inside the Second Ring the gaps between quarters have long been filled.
  const inner = Math.hypot((x - 500) / 6_900, (y + 350) / 5_900) < 1
  return { quarter: best, depth: inner ? Math.min(0.97, reached) : reached }
}
