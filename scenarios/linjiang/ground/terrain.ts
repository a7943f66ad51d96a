import { LEVELS } from '../water'
import { HeightRaster } from './heightRaster'
import { HALF_SIZE, POSTING, POSTS } from './extent'
import { Noise, ramp } from './noise'
import type { WaterField } from './waterField'

/** Hills apart from the northern range: place, height over the plain and reach, metres. */
const KNOLLS: readonly (readonly [x: number, y: number, height: number, reach: number])[] = [
  [2_560, 1_960, 46, 190],
  [-2_840, 1_150, 14, 170],
  [5_900, -8_700, 150, 1_050],
  [7_400, -9_300, 120, 900],
  [-9_300, 6_100, 110, 1_200],
  [9_400, 7_700, 140, 1_500],
  [-450, -4_450, 9, 150],
]

/** Filled ponds and old river arms: low ground that floods first. Depth and reach, metres. */
const HOLLOWS: readonly (readonly [x: number, y: number, depth: number, reach: number])[] = [
  [1_950, -4_150, 1.5, 420],
  [-5_500, 3_150, 1.3, 480],
  [-1_150, 2_050, 1.2, 330],
  [-7_100, -1_100, 1.2, 520],
  [2_350, 2_650, 1.1, 300],
  [4_150, -3_950, 1.4, 420],
  [3_000, 850, 0.9, 350],
  [-2_700, -4_000, 1.1, 430],
  [6_050, 900, 1.2, 450],
  [-650, -2_950, 0.9, 340],
]

/** Crest of the dikes along the river, orthometric metres. */
export const DIKE_CREST = 28.6
/** Metres from the bank to the middle of the dike. */
export const DIKE_OFFSET = 26
const DAM = { x: -3_400, y: 8_275, crest: 86, half: 260 }

/** The natural ground and what the waterworks made of it. Heights are orthometric metres. */
export class Terrain {
  readonly #noise: Noise
  readonly #water: WaterField

  constructor(seed: number, water: WaterField) {
    this.#noise = new Noise(seed)
    this.#water = water
  }

  /** Rows from the south to the north, columns from the west, 10 m apart. */
  raster(): HeightRaster {
    const coarse = this.#coarse()
    const out = new HeightRaster()
    const half = (POSTS - 1) / 2 + 1
    for (let row = 0; row < POSTS; row++) {
      const y = row * POSTING - HALF_SIZE
      const low = (row >> 1) * half
      const high = low + (row & 1) * half
      for (let column = 0; column < POSTS; column++) {
        const c = column >> 1
        const d = c + (column & 1)
        const ground = (coarse[low + c]! + coarse[low + d]! + coarse[high + c]! + coarse[high + d]!) / 4
        out.metres[row * POSTS + column] = this.#shores(column * POSTING - HALF_SIZE, y, ground)
      }
    }
    return out
  }

  /** Ground without shores, every 20 m: nothing in it is smaller. */
  #coarse(): Float32Array {
    const side = (POSTS - 1) / 2 + 1
    const out = new Float32Array(side * side)
    for (let row = 0; row < side; row++) {
      const y = row * 2 * POSTING - HALF_SIZE
      for (let column = 0; column < side; column++) {
        const x = column * 2 * POSTING - HALF_SIZE
        out[row * side + column] = this.#valleys(x, y, this.#plain(x, y) + this.#hills(x, y))
      }
    }
    return out
  }

  /** Banks, dikes, the brook's bed and the lake, cut into the ground. */
  #shores(x: number, y: number, ground: number): number {
    let out = ground
    const river = this.#water.river(x, y)
    if (river < 60 && out < 40) out = riverside(river, out)
    out = this.#brook(x, y, out)
    const lake = Math.abs(x - 5_500) < 1_800 && Math.abs(y - 2_500) < 1_400 ? this.#water.lake(x, y) : 99
    if (lake < 0) return LEVELS.lake - 0.4 - 2.6 * ramp(0, 120, -lake)
    return lake < 60 ? lerp(LEVELS.lake + 0.5, out, lake / 60) : out
  }

  #plain(x: number, y: number): number {
    const river = this.#water.river(x, y)
    const north = this.#water.isNorth(x, y)
    const back = north
      ? 1.9 * ramp(100, 2_300, river) + 7 * ramp(2_300, 6_200, river)
      : 1.3 * ramp(100, 2_600, river) + 5 * ramp(3_000, 7_500, river)
    const relief = 0.9 * this.#noise.layered(x / 1_150, y / 1_150, 2) + 0.28 * this.#noise.at(x / 240, y / 240)
    let ground = 26.5 + back + relief * ramp(40, 300, river)
    for (const [hx, hy, depth, reach] of HOLLOWS) ground -= depth * bell(x - hx, y - hy, reach)
    return ground
  }

  #hills(x: number, y: number): number {
    let sum = 0
    for (const [hx, hy, height, reach] of KNOLLS) {
      const near = bell(x - hx, y - hy, reach)
      if (near > 0.002)
        sum += height * near * (1 + (reach > 500 ? 0.3 : 0.08) * this.#noise.at(x / (reach * 0.45), y / (reach * 0.45)))
    }
    const foot =
      5_350 +
      420 * this.#noise.at(x / 2_600, 3.7) +
      (x < -5_000 ? 0.1 * (x + 5_000) : 0) +
      0.16 * Math.max(0, x - 2_000)
    const rise = ramp(foot, 9_300, y)
    if (rise <= 0) return sum
    const bent = 320 * this.#noise.at(x / 1_900 + 40, y / 1_900)
    const ridge = Math.max(0, 1 - 1.15 * Math.abs(this.#noise.layered((x + bent) / 2_700, (y - bent) / 2_700, 2)))
    const spurs = Math.max(0, 1 - 1.3 * Math.abs(this.#noise.at((x - bent) / 900 + 9, (y + bent) / 900)))
    const rough = this.#noise.layered(x / 330, y / 330, 2)
    return sum + rise * (14 + 235 * ridge * ridge + 62 * spurs * (0.35 + ridge) + 7 * rough * (0.3 + ridge))
  }

  /** Cuts the brook's valley and the reservoir's basin into the hills, and lays the dam across. */
  #valleys(x: number, y: number, ground: number): number {
    if (y < 3_200) return ground
    const share = this.#water.brookShare(x, y)
    const brook = this.#water.brook(x, y)
    let out = ground
    const floor = brookBed(share) + 3.2
    if (out > floor && y < 8_500) out = floor + (out - floor) * ramp(30, 620, brook) ** 0.8
    const { away, up } = this.#water.upperValley(x, y)
    const reservoir = this.#water.reservoir(x, y)
    if (reservoir < 500 && y > 8_150) {
      const basin = LEVELS.reservoir + 3 + 0.16 * Math.max(0, reservoir) + up * 6
      out =
        reservoir < 0
          ? LEVELS.reservoir - 1 - 16 * ramp(0, 220, -reservoir)
          : Math.min(Math.max(out, LEVELS.reservoir + 4), basin + (out - basin) * ramp(40, 500, reservoir))
    } else if (away < 500 && y > 9_500) out = Math.min(out, lerp(84, out, ramp(40, 500, away)))
    const [dx, dy] = [Math.abs(x - DAM.x), Math.abs(y - DAM.y)]
    if (dx < DAM.half && dy < 60) out = Math.max(out, DAM.crest - Math.max(0, dy - 6) / 2.4)
    return out
  }

  #brook(x: number, y: number, ground: number): number {
    if (Math.abs(x + 1_100) > 2_900 || y < -400 || y > 8_240) return ground
    const brook = this.#water.brook(x, y)
    if (brook > 25) return ground
    const bed = brookBed(this.#water.brookShare(x, y))
    return brook < 0 ? Math.min(ground, bed) : Math.min(ground, lerp(bed, Math.max(ground, bed), ramp(0, 14, brook)))
  }
}

function riverside(river: number, ground: number): number {
  if (river < 0) return LEVELS.river - 0.6 - 8.5 * ramp(0, 130, -river)
  const bank = lerp(LEVELS.river - 0.4, ground, ramp(0, 16, river))
  return Math.max(bank, DIKE_CREST - Math.max(0, Math.abs(river - DIKE_OFFSET) - 5) / 2.6)
}

/** The brook's bed: steep under the dam, flat through the town. */
export const brookBed = (share: number): number => 21.6 + 2.6 * (1 - share) + 46 * Math.max(0, 1 - share / 0.62) ** 1.8

const lerp = (a: number, b: number, t: number): number => a + (b - a) * Math.max(0, Math.min(1, t))
const bell = (dx: number, dy: number, reach: number): number => {
  const square = (dx * dx + dy * dy) / (reach * reach)
  return square > 9 ? 0 : Math.exp(-square)
}
