import { contains, signedArea } from '@/domain/geometry/polygon'
import type { Point2 } from '@/domain/geometry/polygon'
import { distance, SAME_PLACE, usable } from './gauges'
import type { Gauge, Place } from './gauges'

/** How far beyond the gauges a cell is followed, in widths of the gauges' extent. */
const REACH = 1e4

/**
 * Sibson's natural neighbour interpolation: each gauge weighs by the area that the Voronoi cell of the place takes from
 * its own. Null outside the hull of the gauges.
 * @throws RangeError when no gauge gives a number.
 */
export function naturalNeighbour(gauges: readonly Gauge[], places: readonly Place[]): (number | null)[] {
  const near = usable(gauges)
  const outline = hull(near)
  return places.map((at) => valueAt(near, outline, at))
}

function valueAt(near: readonly Gauge[], outline: readonly Point2[], at: Place): number | null {
  const hit = near.find((gauge) => distance(gauge, at) < SAME_PLACE)
  if (hit !== undefined) return hit[2]
  if (!contains(outline, at)) return null
  const { cell, neighbours } = cellOf(near, at)
  let [sum, total] = [0, 0]
  for (const gauge of neighbours) {
    const taken = neighbours.reduce((part, other) => (other === gauge ? part : nearerTo(part, gauge, other)), cell)
    const area = Math.abs(signedArea(taken))
    sum += area * gauge[2]
    total += area
  }
  return total > 0 ? sum / total : null
}

/** The Voronoi cell that a new place would have, and the gauges that border it. */
function cellOf(gauges: readonly Gauge[], [x, y]: Place): { cell: readonly Point2[]; neighbours: Gauge[] } {
  const byDistance = gauges.map((gauge) => ({ gauge, far: distance(gauge, [x, y]) })).sort((a, b) => a.far - b.far)
  const wide = REACH * byDistance.at(-1)!.far
  let cell: readonly Point2[] = [
    [x - wide, y - wide],
    [x + wide, y - wide],
    [x + wide, y + wide],
    [x - wide, y + wide],
  ]
  const bordering: Gauge[] = []
  for (const { gauge, far } of byDistance) {
    const radius = Math.max(...cell.map(([cx, cy]) => Math.hypot(cx - x, cy - y)))
    if (far > 2 * radius) break
    const cut = nearerTo(cell, [x, y, 0], gauge)
    if (cut.length !== cell.length || cut.some((corner, i) => corner !== cell[i])) bordering.push(gauge)
    cell = cut
  }
  return { cell, neighbours: bordering }
}

/** The part of a polygon that is nearer to one gauge than to the other. */
function nearerTo(polygon: readonly Point2[], [ax, ay]: Gauge, [bx, by]: Gauge): readonly Point2[] {
  const side = ([x, y]: Point2): number => (bx - ax) * (x - (ax + bx) / 2) + (by - ay) * (y - (ay + by) / 2)
  const out: Point2[] = []
  for (const [i, here] of polygon.entries()) {
    const before = polygon[(i + polygon.length - 1) % polygon.length]!
    const [was, is] = [side(before), side(here)]
    if (was <= 0 !== is <= 0) {
      const share = was / (was - is)
      out.push([before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1])])
    }
    if (is <= 0) out.push(here)
  }
  return out
}

/** Convex hull, against the clock (Andrew 1979). */
function hull(gauges: readonly Gauge[]): Point2[] {
  const sorted = gauges.map(([x, y]): Point2 => [x, y]).sort(([ax, ay], [bx, by]) => ax - bx || ay - by)
  const half = (points: readonly Point2[]): Point2[] => {
    const out: Point2[] = []
    for (const point of points) {
      while (out.length > 1 && turn(out.at(-2)!, out.at(-1)!, point) <= 0) out.pop()
      out.push(point)
    }
    return out.slice(0, -1)
  }
  return [...half(sorted), ...half([...sorted].reverse())]
}

const turn = (a: Point2, b: Point2, c: Point2): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
