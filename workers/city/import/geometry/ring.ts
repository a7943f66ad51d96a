import type { Degrees, Polygon } from '@/domain/city/cityModel'

/** Metres per degree of latitude on the sphere of equal volume; good to 0.5 % for sizes and distances of a city. */
const METRES_PER_DEGREE = 111_195

/** Twice the signed area in square degrees; positive when counter-clockwise. The ring does not repeat its first point. */
export function signedArea(ring: Degrees): number {
  let sum = 0
  const originX = ring[0] ?? 0
  const originY = ring[1] ?? 0
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2)
    sum += (ring[j]! - originX) * (ring[i + 1]! - originY) - (ring[i]! - originX) * (ring[j + 1]! - originY)
  return sum
}

/** Area of a ring in square metres. */
export function ringSquareMetres(ring: Degrees): number {
  const scale = METRES_PER_DEGREE ** 2 * Math.cos(((ring[1] ?? 0) * Math.PI) / 180)
  return (Math.abs(signedArea(ring)) / 2) * scale
}

/** Ground area of a polygon without its holes, square metres. */
export function squareMetres({ outer, holes }: Polygon): number {
  return holes.reduce((rest, hole) => rest - ringSquareMetres(hole), ringSquareMetres(outer))
}

/** Length of a line in metres. */
export function lineMetres(line: Degrees): number {
  let sum = 0
  for (let i = 2; i + 1 < line.length; i += 2)
    sum += metresBetween(line[i - 2]!, line[i - 1]!, [line[i]!, line[i + 1]!])
  return sum
}

/** Metres between two places that lie within a city of each other. */
export function metresBetween(longitude: number, latitude: number, [east, north]: readonly [number, number]): number {
  const x = (east - longitude) * Math.cos((((latitude + north) / 2) * Math.PI) / 180)
  return Math.hypot(x, north - latitude) * METRES_PER_DEGREE
}

/** Does the ring hold the point? A point on the edge may count either way. */
export function ringHolds(ring: Degrees, x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [ay, by] = [ring[i + 1]!, ring[j + 1]!]
    if (ay > y !== by > y && x < ((ring[j]! - ring[i]!) * (y - ay)) / (by - ay) + ring[i]!) inside = !inside
  }
  return inside
}

export function polygonHolds({ outer, holes }: Polygon, x: number, y: number): boolean {
  return ringHolds(outer, x, y) && !holes.some((hole) => ringHolds(hole, x, y))
}

/** West, south, east, north of a flat list of positions. */
export function boxOf(line: Degrees): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i + 1 < line.length; i += 2) {
    if (line[i]! < box[0]) box[0] = line[i]!
    if (line[i + 1]! < box[1]) box[1] = line[i + 1]!
    if (line[i]! > box[2]) box[2] = line[i]!
    if (line[i + 1]! > box[3]) box[3] = line[i + 1]!
  }
  return box
}

/** A point that lies inside: the centroid, or the middle of the longest chord at the height of the middle. */
export function innerPoint(shape: Polygon): [number, number] {
  const centre = centroid(shape.outer)
  if (polygonHolds(shape, centre[0], centre[1])) return centre
  const [, south, , north] = boxOf(shape.outer)
  const y = south + (north - south) * 0.500_01
  const crossings = [shape.outer, ...shape.holes].flatMap((ring) => crossingsAt(ring, y)).sort((a, b) => a - b)
  let [best, width] = [centre[0], -1]
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const gap = crossings[i + 1]! - crossings[i]!
    if (gap > width) [best, width] = [crossings[i]! + gap / 2, gap]
  }
  return [best, y]
}

function crossingsAt(ring: Degrees, y: number): number[] {
  const found: number[] = []
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [ay, by] = [ring[i + 1]!, ring[j + 1]!]
    if (ay > y !== by > y) found.push(((ring[j]! - ring[i]!) * (y - ay)) / (by - ay) + ring[i]!)
  }
  return found
}

export function centroid(ring: Degrees): [number, number] {
  const [originX, originY] = [ring[0]!, ring[1]!]
  let [x, y, area] = [0, 0, 0]
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [ax, ay, bx, by] = [ring[j]! - originX, ring[j + 1]! - originY, ring[i]! - originX, ring[i + 1]! - originY]
    const cross = ax * by - bx * ay
    x += (ax + bx) * cross
    y += (ay + by) * cross
    area += cross
  }
  return area === 0 ? [originX, originY] : [originX + x / (3 * area), originY + y / (3 * area)]
}

/** The same ring, counter-clockwise if `counter`, else clockwise. */
export function turned(ring: Degrees, counter: boolean): Degrees {
  if (signedArea(ring) > 0 === counter) return ring
  const other = new Float64Array(ring.length)
  for (let i = 0; i < ring.length; i += 2) {
    other[i] = ring[ring.length - 2 - i]!
    other[i + 1] = ring[ring.length - 1 - i]!
  }
  return other
}

/** Why a ring is no outline; undefined if it is one. Points that repeat are no fault, `cleanRing` drops them. */
export function ringFault(ring: Degrees): string | undefined {
  if (ring.length < 6) return 'outline has fewer than three corners'
  for (const value of ring) if (!Number.isFinite(value)) return 'position is no number'
  if (crossesItself(ring)) return 'outline crosses itself'
  return signedArea(ring) === 0 ? 'outline encloses nothing' : undefined
}

/** Drops a closing point and points that repeat the one before. */
export function cleanRing(ring: Degrees): Degrees {
  const kept: number[] = []
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const size = kept.length
    if (size > 0 && kept[size - 2] === ring[i] && kept[size - 1] === ring[i + 1]) continue
    kept.push(ring[i]!, ring[i + 1]!)
  }
  while (kept.length > 2 && kept[0] === kept[kept.length - 2] && kept[1] === kept[kept.length - 1]) kept.length -= 2
  return Float64Array.from(kept)
}

/**
 * Sweeps the edges from west to east; only edges that overlap in both directions are compared. Called for every outline of
 * a city: plain loops, no closures, nothing allocated per edge.
 */
function crossesItself(ring: Degrees): boolean {
  const size = ring.length / 2
  const order = new Uint32Array(size)
  const west = new Float64Array(size)
  const east = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    const x = ring[i * 2]!
    const next = ring[((i + 1) * 2) % ring.length]!
    order[i] = i
    west[i] = x < next ? x : next
    east[i] = x < next ? next : x
  }
  order.sort((one, other) => west[one]! - west[other]!)
  for (let i = 0; i < size; i++) {
    const one = order[i]!
    for (let j = i + 1; j < size; j++) {
      const other = order[j]!
      if (west[other]! > east[one]!) break
      const gap = one > other ? one - other : other - one
      if (gap > 1 && gap < size - 1 && edgesCross(ring, one, other)) return true
    }
  }
  return false
}

function edgesCross(ring: Degrees, one: number, other: number): boolean {
  const [ax, ay, bx, by] = [ring[one * 2]!, ring[one * 2 + 1]!, cornerX(ring, one + 1), cornerY(ring, one + 1)]
  const [cx, cy, dx, dy] = [ring[other * 2]!, ring[other * 2 + 1]!, cornerX(ring, other + 1), cornerY(ring, other + 1)]
  if (Math.max(ay, by) < Math.min(cy, dy) || Math.max(cy, dy) < Math.min(ay, by)) return false
  const c = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
  const d = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
  const a = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)
  const b = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
  return c * d < 0 && a * b < 0
}

const cornerX = (ring: Degrees, i: number): number => ring[(i * 2) % ring.length]!
const cornerY = (ring: Degrees, i: number): number => ring[(i * 2 + 1) % ring.length]!
