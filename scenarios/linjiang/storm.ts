import type { Point } from './curve'
import { between, noise } from './random'

const HOUR = 3_600_000
/** Step of the truth: everything that must be summed over time is summed in these. */
export const STEP_MS = 300_000
export const STEPS_PER_DAY = 288

/** The story starts over at 06:00 of the city's clock (UTC+8). */
const STORY_START = 6 * HOUR - 8 * HOUR

/** Which day of the story a moment belongs to, and how far into it in milliseconds. */
export function storyTime(worldMs: number): { day: number; at: number } {
  const day = Math.floor((worldMs - STORY_START) / (24 * HOUR))
  return { day, at: worldMs - STORY_START - day * 24 * HOUR }
}

/** Hours of the city's clock (0 to 24) at a moment of the story. */
export const clockHour = (at: number): number => (at / HOUR + 6) % 24

interface Cell {
  /** Story hour at which the cell is strongest. */
  readonly peak: number
  readonly hours: number
  /** mm/h in the middle of the cell at its strongest. */
  readonly strength: number
  readonly radius: number
  /** Where its middle is at the peak, and how it moves, m and m/h. */
  readonly at: Point
  readonly drift: Point
}

/** Morning rain, a first burst over the hills, the storm itself from the south-west at 16:50, and what it leaves. */
const CELLS: readonly Cell[] = [
  { peak: 2.2, hours: 1.6, strength: 9, radius: 9_000, at: [-3_000, 1_000], drift: [3_000, 900] },
  { peak: 7.6, hours: 0.8, strength: 46, radius: 3_600, at: [-2_900, 7_600], drift: [1_800, 1_200] },
  { peak: 10.85, hours: 0.62, strength: 118, radius: 4_300, at: [-1_800, 1_700], drift: [5_200, 2_600] },
  { peak: 11.6, hours: 0.7, strength: 62, radius: 3_300, at: [900, -2_400], drift: [3_600, 1_500] },
  { peak: 13.4, hours: 1.5, strength: 17, radius: 8_000, at: [1_000, 500], drift: [2_500, 800] },
  { peak: 18.5, hours: 2.2, strength: 5, radius: 10_000, at: [0, 2_000], drift: [2_000, 0] },
]

/** The storm of one day: its cells with that day's hours and strengths. */
export type Storm = readonly (Cell & { readonly seed: number; readonly day: number })[]

/** Days differ a little in strength and hour. */
export const stormOf = (seed: number, day: number): Storm =>
  CELLS.map((cell, i) => ({
    ...cell,
    seed,
    day,
    peak: cell.peak + between(-0.15, 0.15, seed, day, i, 1),
    strength: cell.strength * between(0.85, 1.15, seed, day, i, 2),
  }))

/** Rain in mm/h at a place, `at` milliseconds into the story. */
export function rainRate(storm: Storm, at: number, place: Point): number {
  const hour = at / HOUR
  let sum = 0
  for (const cell of storm) {
    const away = hour - cell.peak
    const off = away / cell.hours
    if (Math.abs(off) > 3) continue
    const dx = place[0] - (cell.at[0] + cell.drift[0] * away)
    const dy = place[1] - (cell.at[1] + cell.drift[1] * away)
    sum += cell.strength * Math.exp(-(dx * dx + dy * dy) / (2 * cell.radius * cell.radius)) * Math.exp(-0.5 * off * off)
  }
  if (sum < 0.05) return 0
  // Gusts of rain live for about a step and a kilometre.
  const step = Math.floor(at / STEP_MS)
  const { seed, day } = storm[0]!
  const gust = noise(seed, day, step, Math.floor(place[0] / 1_000) + 1_000, Math.floor(place[1] / 1_000) + 1_000)
  return Math.max(0, sum * (1 + 0.22 * gust))
}
