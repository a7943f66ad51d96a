import { BROOK, brookHalfWidth, halfWidth, LAKE, RESERVOIR, RIVER, UPPER_VALLEY } from '../water'
import { LineField } from './lineField'

/** Where the water is: distances to every bank, metres, negative in the water. */
export class WaterField {
  readonly #river = new LineField(RIVER)
  readonly #brook = new LineField(BROOK)
  readonly #valley = new LineField(UPPER_VALLEY)
  readonly #lake = new LineField(LAKE)
  readonly #reservoir = new LineField(RESERVOIR)

  river(x: number, y: number): number {
    return this.#river.away(x, y) - halfWidth(this.#river.along(x, y))
  }

  /** On the river's northern side; the river itself counts by its middle. */
  isNorth(x: number, y: number): boolean {
    const at = Math.max(0, Math.min(RIVER.length - 2, Math.floor(this.#river.along(x, y))))
    const [a, b] = [RIVER[at]!, RIVER[at + 1]!]
    return (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]) > 0
  }

  brook(x: number, y: number): number {
    return this.#brook.away(x, y) - brookHalfWidth(this.brookShare(x, y))
  }

  /** How far down the brook a place lies, 0 at the dam to 1 at the mouth. */
  brookShare(x: number, y: number): number {
    return this.#brook.along(x, y) / (BROOK.length - 1)
  }

  /** Distance to the bottom of the valley above the dam, and how far up, 0 to 1. */
  upperValley(x: number, y: number): { away: number; up: number } {
    return { away: this.#valley.away(x, y), up: this.#valley.along(x, y) / (UPPER_VALLEY.length - 1) }
  }

  lake(x: number, y: number): number {
    return this.#lake.away(x, y) * (inRing(LAKE, x, y) ? -1 : 1)
  }

  reservoir(x: number, y: number): number {
    return this.#reservoir.away(x, y) * (inRing(RESERVOIR, x, y) ? -1 : 1)
  }

  /** Metres to the nearest water, negative inside. */
  any(x: number, y: number): number {
    return Math.min(this.river(x, y), this.brook(x, y), this.lake(x, y), this.reservoir(x, y))
  }
}

/** Even-odd rule. */
function inRing(ring: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[j]!
    const [bx, by] = ring[i]!
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}
