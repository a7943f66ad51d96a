import { beside, smooth, smoothRing } from './curve'
import type { Point } from './curve'

/** 青澜江, from the west to the east. */
export const RIVER: readonly Point[] = smooth(
  [
    [-11_200, -5_100],
    [-9_300, -3_600],
    [-7_300, -3_100],
    [-5_300, -3_500],
    [-3_400, -3_000],
    [-1_900, -1_500],
    [-500, -350],
    [1_300, -250],
    [2_900, -1_200],
    [4_600, -1_900],
    [6_500, -1_300],
    [8_100, 350],
    [9_600, 1_150],
    [11_600, 1_250],
  ],
  200,
)

/** Half of the river's width at a vertex, metres: wide on the bends, narrow at the ferry. */
export const halfWidth = (i: number): number => 255 + 70 * Math.sin(i * 0.23 + 1.1) + 32 * Math.sin(i * 0.71)

/** Left of the flow is the north bank. */
export const NORTH_BANK: readonly Point[] = beside(RIVER, halfWidth)
export const SOUTH_BANK: readonly Point[] = beside(RIVER, (i) => -halfWidth(i))

/** 石塘沟, from the dam in the northern hills to the river below the old town. */
export const BROOK: readonly Point[] = smooth(
  [
    [-3_420, 8_230],
    [-3_330, 7_800],
    [-3_650, 7_100],
    [-2_850, 6_050],
    [-2_250, 5_000],
    [-1_200, 4_250],
    [-750, 3_200],
    [150, 2_450],
    [900, 1_650],
    [1_050, 700],
    [1_420, -40],
  ],
  150,
)

/** 东湖, a cut-off bend of the river. */
export const LAKE: readonly Point[] = smoothRing(
  [
    [4_350, 2_050],
    [5_100, 1_650],
    [6_150, 1_850],
    [6_850, 2_600],
    [6_500, 3_350],
    [5_700, 3_150],
    [5_250, 2_700],
    [4_700, 2_900],
    [4_150, 2_550],
  ],
  160,
)

/** Half of the brook's width, metres, at a place `share` of the way down. */
export const brookHalfWidth = (share: number): number => 9 + share * 15

/** Where the brook's valley goes on above the dam, and the reservoir 石门 that fills it. */
export const UPPER_VALLEY: readonly Point[] = smooth(
  [
    [-3_420, 8_230],
    [-3_650, 8_800],
    [-3_950, 9_350],
    [-4_200, 10_400],
  ],
  150,
)
export const RESERVOIR: readonly Point[] = smoothRing(
  [
    [-3_300, 8_330],
    [-3_330, 8_700],
    [-3_480, 9_150],
    [-3_620, 9_560],
    [-3_980, 9_720],
    [-4_240, 9_480],
    [-4_130, 9_080],
    [-4_380, 8_760],
    [-3_900, 8_650],
    [-3_640, 8_330],
  ],
  90,
)
/** Water levels at rest, orthometric metres. */
export const LEVELS = { river: 22.6, brookMouth: 23.2, lake: 24.1, reservoir: 78.1 }
