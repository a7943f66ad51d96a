/** A place in a plane (metres) or on a small part of the earth (degrees): x, y. */
export type Point2 = readonly [number, number]
/** Corners in order; the last is joined to the first and need not repeat it. */
export type Ring = readonly Point2[]

/** Least x, least y, greatest x, greatest y. */
export type Box = readonly [number, number, number, number]

/** Signed area of a ring, positive when it runs against the clock; in the square of its unit. */
export function signedArea(ring: Ring): number {
  let twice = 0
  for (const [i, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    twice += x * nextY - nextX * y
  }
  return twice / 2
}

/** The part of a ring inside a box (Sutherland and Hodgman 1974); its area is exact also when the ring is concave. */
export function clipToBox(ring: Ring, [west, south, east, north]: Box): Ring {
  const sides: readonly (readonly [0 | 1, number, 1 | -1])[] = [
    [0, west, 1],
    [0, east, -1],
    [1, south, 1],
    [1, north, -1],
  ]
  return sides.reduce<Ring>((kept, [axis, limit, sign]) => clipToSide(kept, axis, { limit, sign }), ring)
}

function clipToSide(ring: Ring, axis: 0 | 1, { limit, sign }: { limit: number; sign: 1 | -1 }): Ring {
  const out: Point2[] = []
  let before = ring.at(-1) ?? ([0, 0] as const)
  for (const here of ring) {
    const inside = sign * (here[axis] - limit) >= 0
    const wasInside = sign * (before[axis] - limit) >= 0
    if (inside !== wasInside) out.push(crossing(before, here, (limit - before[axis]) / (here[axis] - before[axis])))
    if (inside) out.push(here)
    before = here
  }
  return out
}

const crossing = (from: Point2, to: Point2, share: number): Point2 => [
  from[0] + share * (to[0] - from[0]),
  from[1] + share * (to[1] - from[1]),
]

/** Even-odd rule; a place on the boundary is inside. Corners are read by index: this runs over rings of 100 000. */
export function contains(ring: Ring, place: Point2): boolean {
  const x = place[0]
  const y = place[1]
  let inside = false
  let before = ring.at(-1) ?? place
  for (const here of ring) {
    if (onSegment(before, here, place)) return true
    const ay = before[1]
    if (ay > y !== here[1] > y && x < before[0] + ((y - ay) / (here[1] - ay)) * (here[0] - before[0])) inside = !inside
    before = here
  }
  return inside
}

/** Inside the shell and in no hole; the boundary of a hole still belongs to the polygon. */
export function polygonContains(shell: Ring, holes: readonly Ring[], place: Point2): boolean {
  return contains(shell, place) && !holes.some((hole) => contains(hole, place) && !onBoundary(hole, place))
}

const onBoundary = (ring: Ring, place: Point2): boolean =>
  ring.some((corner, i) => onSegment(corner, ring[(i + 1) % ring.length]!, place))

function onSegment(from: Point2, to: Point2, place: Point2): boolean {
  const x = place[0]
  const y = place[1]
  if ((x < from[0] && x < to[0]) || (x > from[0] && x > to[0])) return false
  if ((y < from[1] && y < to[1]) || (y > from[1] && y > to[1])) return false
  return (to[0] - from[0]) * (y - from[1]) === (to[1] - from[1]) * (x - from[0])
}
