import { z } from 'zod'

/** When a screen drew what the server stamped `at`: both machine times of the server, ms. */
export const Shown = z.tuple([z.number(), z.number()])
export type Shown = z.infer<typeof Shown>

/** What a screen of a wall says of itself each second. */
export const Beat = z.object({
  /** Version of the steering state it shows. */
  state: z.number().int().min(0),
  world: z.string().max(120),
  width: z.number().int().min(0).max(20_000),
  height: z.number().int().min(0).max(20_000),
  /** The newest presentations, oldest first. */
  shown: z.array(Shown).max(12),
  /** How well the screen knows the server's clock: half a round trip, ms. */
  clockError: z.number().min(0).max(1e6),
  faults: z.number().int().min(0).max(1000),
  /** Machine time of the server at which the 3D picture was last found alive. */
  drawnAt: z.number().optional(),
})
export type Beat = z.infer<typeof Beat>

/** How far apart screens were at the newest moment that all of them drew. */
export interface Skew {
  /** Server stamp of that moment. */
  readonly at: number
  /** Between the first and the last screen, ms. */
  readonly spread: number
  readonly screens: number
  /** The largest error of their clocks, ms: a spread below it says nothing. */
  readonly clockError: number
}

/** One frame at 20 a second: more is seen at the seam. Milliseconds. */
export const SKEW_LIMIT = 50

/** Of at least two screens, by what most of them drew last. Undefined as long as there is no moment that all of them drew. */
export function skewOf(beats: readonly Pick<Beat, 'shown' | 'clockError'>[]): Skew | undefined {
  if (beats.length < 2) return undefined
  const drawn = beats.map(({ shown }) => new Map(shown))
  const [first, ...others] = drawn
  const common = [...(first?.keys() ?? [])].filter((at) => others.every((one) => one.has(at)))
  if (common.length === 0) return undefined
  const at = Math.max(...common)
  const moments = drawn.map((one) => one.get(at)!)
  return {
    at,
    spread: Math.max(...moments) - Math.min(...moments),
    screens: beats.length,
    clockError: Math.max(...beats.map(({ clockError }) => clockError)),
  }
}
