import { polygonContains } from '@/domain/geometry/polygon'
import type { Point2, Ring } from '@/domain/geometry/polygon'
import type { Evaluation, PlaceRule, RuleEvent } from './rule'

/** Events in a polygon, or nearer to it than a distance; holes are outside, their boundary belongs to the polygon. */
export function evaluatePlaces(rule: PlaceRule, events: readonly RuleEvent[]): Evaluation {
  return { open: [], close: [], inside: events.filter((event) => isIn(rule, event)) }
}

function isIn({ polygon, holes = [], pointField, boundary, distance = 0 }: PlaceRule, event: RuleEvent): boolean {
  const place = pointOf(event[pointField])
  if (place === undefined) return false
  const away = Math.min(...[polygon, ...holes].map((ring) => distanceTo(ring, place)))
  if (away === 0) return boundary === 'inside'
  return polygonContains(polygon, holes, place) || away <= distance
}

function pointOf(value: unknown): Point2 | undefined {
  if (!Array.isArray(value)) return undefined
  const [x, y] = value as readonly unknown[]
  return typeof x === 'number' && typeof y === 'number' && Number.isFinite(x) && Number.isFinite(y) ? [x, y] : undefined
}

function distanceTo(ring: Ring, [x, y]: Point2): number {
  return Math.min(
    ...ring.map(([ax, ay], i) => {
      const [bx, by] = ring[(i + 1) % ring.length]!
      const length = (bx - ax) ** 2 + (by - ay) ** 2
      const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
      return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay))
    }),
  )
}
