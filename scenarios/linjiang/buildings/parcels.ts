import type { Point } from '../curve'
import { areaOf, extent, leftPart } from '../fabric/polygon'
import type { Dice } from '../random'

/** Cuts a convex piece of land into parcels of about `area` m², each across its longer way. */
export function parcel(
  ring: readonly Point[],
  area: number,
  { dice, loose }: { dice: Dice; loose: number },
): Point[][] {
  const open: Point[][] = [[...ring]]
  const out: Point[][] = []
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (areaOf(next) < area * dice.between(0.8, 1.5 + loose)) {
      out.push(next)
      continue
    }
    const [u, v] = axesOf(next)
    const [eu, ev] = [extent(next, u), extent(next, v)]
    const long = eu.high - eu.low > ev.high - ev.low
    const [axis, e, line] = long ? [u, eu, v] : [v, ev, u]
    const at = e.low + (e.high - e.low) * dice.between(0.42 - 0.1 * loose, 0.58 + 0.1 * loose)
    const place: Point = [axis[0] * at, axis[1] * at]
    const halves = [leftPart(next, place, line), leftPart(next, place, [-line[0], -line[1]])]
    for (const half of halves) if (half.length > 2 && areaOf(half) > 25) open.push(half)
  }
  return out
}

/** Unit directions along and across the longest side. */
export function axesOf(ring: readonly Point[]): [Point, Point] {
  let [best, ux, uy] = [0, 1, 0]
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [dx, dy] = [ring[i]![0] - ring[j]![0], ring[i]![1] - ring[j]![1]]
    const metres = Math.hypot(dx, dy)
    if (metres > best) [best, ux, uy] = [metres, dx / metres, dy / metres]
  }
  return [
    [ux, uy],
    [-uy, ux],
  ]
}

/** A convex ring moved inward by `metres` on every side; empty when nothing is left. */
export function shrink(ring: readonly Point[], metres: number): Point[] {
  let part: Point[] = [...ring]
  for (let i = 0; i < ring.length && part.length > 2; i++) {
    const [a, b] = [ring[i]!, ring[(i + 1) % ring.length]!]
    const side = Math.hypot(b[0] - a[0], b[1] - a[1])
    if (side < 0.3) continue
    const direction: Point = [(b[0] - a[0]) / side, (b[1] - a[1]) / side]
    part = leftPart(part, [a[0] - direction[1] * metres, a[1] + direction[0] * metres], direction)
  }
  return part.length > 2 && areaOf(part) > 20 ? part : []
}
