import type { Names } from '@/domain/ids'
import { smooth } from './curve'
import type { Point } from './curve'
import { RIVER } from './water'

export interface District {
  readonly key: string
  readonly name: Names
  readonly ring: readonly Point[]
  /** Where its name stands. */
  readonly label: Point
}

const names = (zh: string, en: string): Names => ({ 'zh-CN': zh, en })

const part = (line: readonly Point[], from: number, to: number): Point[] => line.slice(from, to + 1)
const last = RIVER.length - 1
const split = Math.round(last * 0.37) // where the western districts meet the river
const bend = Math.round(last * 0.66) // and the eastern ones

const WEST_N = smooth([RIVER[split]!, [-3_900, -900], [-4_000, 1_600], [-4_100, 3_300]], 300)
const HILL_W = smooth(
  [
    [-4_100, 3_300],
    [-6_600, 3_900],
    [-9_800, 4_700],
  ],
  300,
)
const HILL_E = smooth(
  [
    [-4_100, 3_300],
    [-1_600, 3_900],
    [1_100, 4_000],
    [2_700, 3_650],
  ],
  300,
)
const EAST_N = smooth([RIVER[bend]!, [3_500, 400], [3_250, 2_300], [2_700, 3_650]], 300)
const HILL_EE = smooth(
  [
    [2_700, 3_650],
    [4_000, 5_500],
    [4_700, 8_900],
  ],
  300,
)
const SOUTH_C = smooth([RIVER[split]!, [-2_600, -4_300], [-400, -4_700], [1_900, -4_500]], 300)
const SOUTH_E = smooth([RIVER[bend]!, [3_200, -2_600], [1_900, -4_500]], 300)

const ring = (...edges: readonly (readonly Point[])[]): Point[] => {
  const out = edges.flat()
  return [...out, out[0]!]
}
const back = (line: readonly Point[]): Point[] => [...line].reverse()

/** The six districts share their borders: the river and the lines above. */
export const DISTRICTS: readonly District[] = [
  {
    key: 'jiangzuo',
    name: names('江左区', 'Jiangzuo'),
    label: [-700, 2_500],
    ring: ring(WEST_N, HILL_E, back(EAST_N), back(part(RIVER, split, bend))),
  },
  {
    key: 'liuying',
    name: names('柳营区', 'Liuying'),
    label: [-6_300, 300],
    ring: ring(part(RIVER, 0, split), WEST_N, HILL_W),
  },
  {
    key: 'beishan',
    name: names('北山区', 'Beishan'),
    label: [-600, 6_900],
    ring: ring(
      back(HILL_W),
      HILL_E,
      HILL_EE,
      smooth(
        [HILL_EE[HILL_EE.length - 1]!, [0, 9_800], [-5_500, 9_900], [-9_500, 8_300], HILL_W[HILL_W.length - 1]!],
        400,
      ),
    ),
  },
  {
    key: 'donghu',
    name: names('东湖区', 'Donghu'),
    label: [5_900, 4_800],
    ring: ring(
      EAST_N,
      HILL_EE,
      smooth([HILL_EE[HILL_EE.length - 1]!, [8_500, 8_000], [11_300, 4_500], RIVER[last]!], 400),
      back(part(RIVER, bend, last)),
    ),
  },
  {
    key: 'jiangyou',
    name: names('江右区', 'Jiangyou'),
    label: [300, -3_300],
    ring: ring(part(RIVER, split, bend), SOUTH_E, back(SOUTH_C)),
  },
  {
    key: 'nantang',
    name: names('南塘区', 'Nantang'),
    label: [2_600, -6_300],
    ring: ring(
      part(RIVER, 0, split),
      SOUTH_C,
      back(SOUTH_E),
      part(RIVER, bend, last),
      smooth(
        [
          RIVER[last]!,
          [11_400, -3_500],
          [8_500, -7_800],
          [1_900, -9_200],
          [-4_000, -9_300],
          [-9_000, -8_000],
          RIVER[0]!,
        ],
        400,
      ),
    ),
  },
]
