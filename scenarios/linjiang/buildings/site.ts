import type { BuildingUse } from '@/domain/city/cityModel'
import type { Point } from '../curve'
import { areaOf, isIn, leftPart, metresTo } from '../fabric/polygon'
import type { Dice } from '../random'

/** A building before it has residents, a code and degrees. Heights and floors in metres and levels. */
export interface RawBuilding {
  readonly ring: readonly Point[]
  readonly height: number
  readonly base: number
  readonly levels: number
  readonly use: BuildingUse
  /** Index of its block. */
  readonly block: number
  /** Square metres of homes in it. */
  readonly homes: number
  /** Square metres of work, trade and schooling in it. */
  readonly work: number
}

/** A rectangle by its middle, the direction of its length, half length and half width, metres. */
export interface Rect {
  readonly x: number
  readonly y: number
  readonly ux: number
  readonly uy: number
  readonly long: number
  readonly wide: number
}

export function cornersOf({ x, y, ux, uy, long, wide }: Rect): Point[] {
  const [lx, ly] = [ux * long, uy * long]
  const [wx, wy] = [-uy * wide, ux * wide]
  return [
    [x - lx - wx, y - ly - wy],
    [x + lx - wx, y + ly - wy],
    [x + lx + wx, y + ly + wy],
    [x - lx + wx, y - ly + wy],
  ]
}

/** A block to build on: how far from each of its sides nothing may stand, and what stands there already. */
export class Site {
  readonly ring: readonly Point[]
  readonly block: number
  readonly dice: Dice
  readonly buildings: RawBuilding[] = []
  readonly #setbacks: readonly number[]
  readonly #taken: Rect[] = []

  /** `setbacks`: metres inward from the side that begins at each corner. */
  constructor(ring: readonly Point[], setbacks: readonly number[], of: { block: number; dice: Dice }) {
    this.ring = ring
    this.#setbacks = setbacks
    this.block = of.block
    this.dice = of.dice
  }

  /** Whether a rectangle lies inside with `gap` to all others; takes the place when it does. */
  take(rect: Rect, gap: number): boolean {
    if (!this.#fits(rect)) return false
    if (this.#taken.some((other) => overlap(rect, other, gap))) return false
    this.#taken.push(rect)
    return true
  }

  #fits(rect: Rect): boolean {
    const corners = cornersOf(rect)
    if (!corners.every(([x, y]) => isIn(this.ring, x, y))) return false
    for (let i = 0; i < this.ring.length; i++) {
      const [a, b] = [this.ring[i]!, this.ring[(i + 1) % this.ring.length]!]
      if (closer(a, b, { rect, corners, setback: this.#setbacks[i]! })) return false
    }
    return true
  }

  /** Whether every corner of a ring lies inside, behind the setbacks. */
  holds(ring: readonly Point[]): boolean {
    return ring.every(
      ([x, y]) =>
        isIn(this.ring, x, y) &&
        this.ring.every((a, i) => metresTo(a, this.ring[(i + 1) % this.ring.length]!, x, y) > this.#setbacks[i]! - 0.3),
    )
  }

  /** The part of the block that may be built on, convex; empty when little of it is left. `extra`: metres further in. */
  core(extra: number): Point[] {
    let part: Point[] = [...this.ring]
    for (let i = 0; i < this.ring.length && part.length > 2; i++) {
      const [a, b] = [this.ring[i]!, this.ring[(i + 1) % this.ring.length]!]
      const metres = Math.hypot(b[0] - a[0], b[1] - a[1])
      if (metres < 0.5) continue
      const direction: Point = [(b[0] - a[0]) / metres, (b[1] - a[1]) / metres]
      const by = this.#setbacks[i]! + extra
      part = leftPart(part, [a[0] - direction[1] * by, a[1] + direction[0] * by], direction)
    }
    return part.length > 2 && areaOf(part) > 60 ? part : []
  }
}

/** Whether the side from a to b comes nearer to the rectangle than its setback. */
function closer(
  a: Point,
  b: Point,
  { rect, corners, setback }: { rect: Rect; corners: readonly Point[]; setback: number },
): boolean {
  // In the rectangle's own frame the side must miss the rectangle grown by the setback.
  const along = ([x, y]: Point): number => (x - rect.x) * rect.ux + (y - rect.y) * rect.uy
  const across = ([x, y]: Point): number => (y - rect.y) * rect.ux - (x - rect.x) * rect.uy
  const [al, ac, bl, bc] = [along(a), across(a), along(b), across(b)]
  const [long, wide] = [rect.long + setback, rect.wide + setback]
  if (Math.min(al, bl) > long || Math.max(al, bl) < -long || Math.min(ac, bc) > wide || Math.max(ac, bc) < -wide)
    return false
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const metres = Math.hypot(dx, dy) || 1
  const sides = corners.map(([x, y]) => (dx * (y - a[1]) - dy * (x - a[0])) / metres)
  return Math.min(...sides) < setback && Math.max(...sides) > -setback
}

function overlap(a: Rect, b: Rect, gap: number): boolean {
  const reach = Math.hypot(a.long, a.wide) + Math.hypot(b.long, b.wide) + gap
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  if (dx * dx + dy * dy > reach * reach) return false
  const turn = Math.abs(a.ux * b.ux + a.uy * b.uy)
  const lean = Math.abs(a.ux * b.uy - a.uy * b.ux)
  const apart = (p: Rect, q: Rect): boolean =>
    Math.abs(dx * p.ux + dy * p.uy) > p.long + q.long * turn + q.wide * lean + gap ||
    Math.abs(dy * p.ux - dx * p.uy) > p.wide + q.long * lean + q.wide * turn + gap
  return !apart(a, b) && !apart(b, a)
}
