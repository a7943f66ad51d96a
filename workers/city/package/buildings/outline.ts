import type { Polygon } from '@/domain/city/cityModel'
import { mercatorX, mercatorY } from '@/domain/geodesy/webMercator'
import type { TileFrame } from '@/domain/geodesy/webMercator'

/** Flat metres east and north of a tile's centre; the first point is not repeated. */
export type Ring = readonly number[]

/** Outer ring against the clock, holes with it. */
export interface Outline {
  readonly outer: Ring
  readonly holes: readonly Ring[]
}

/** Points closer than this, in metres, are one. */
const SAME_POINT = 0.05

/** A footprint in a tile's frame, or nothing when it encloses nothing. */
export function outlineOf({ outer, holes }: Polygon, frame: TileFrame): Outline | undefined {
  const shell = ringOf(outer, frame, 1)
  if (shell === undefined) return undefined
  return {
    outer: shell,
    holes: holes.flatMap((hole) => [ringOf(hole, frame, -1) ?? []].filter((ring) => ring.length > 0)),
  }
}

function ringOf(degrees: Float64Array, frame: TileFrame, turn: 1 | -1): Ring | undefined {
  const ring: number[] = []
  for (let i = 0; i + 1 < degrees.length; i += 2) {
    const east = (mercatorX(degrees[i]!) - frame.x) * frame.east
    const north = (frame.y - mercatorY(degrees[i + 1]!)) * frame.north
    if (ring.length > 0 && near(ring, ring.length - 2, east, north)) continue
    ring.push(east, north)
  }
  while (ring.length > 2 && near(ring, 0, ring.at(-2)!, ring.at(-1)!)) ring.length -= 2
  const area = ring.length < 6 ? 0 : signedArea(ring)
  if (Math.abs(area) < SAME_POINT) return undefined
  return area > 0 === turn > 0 ? ring : reversed(ring)
}

const near = (ring: Ring, at: number, east: number, north: number): boolean =>
  Math.abs(ring[at]! - east) < SAME_POINT && Math.abs(ring[at + 1]! - north) < SAME_POINT

/** Square metres, positive against the clock. */
export function signedArea(ring: Ring): number {
  let twice = 0
  for (let i = 0; i < ring.length; i += 2) {
    const next = (i + 2) % ring.length
    twice += ring[i]! * ring[next + 1]! - ring[next]! * ring[i + 1]!
  }
  return twice / 2
}

function reversed(ring: Ring): Ring {
  const out: number[] = []
  for (let i = ring.length - 2; i >= 0; i -= 2) out.push(ring[i]!, ring[i + 1]!)
  return out
}

/** Below this share of its box an outline is no box. */
const BOXLIKE = 0.75

/**
 * An outline that differs by about `tolerance` metres at most: the tightest box where the outline nearly fills it, else
 * fewer vertices; courtyards narrower than the tolerance are roofed over.
 */
export function simplified({ outer, holes }: Outline, tolerance: number): Outline {
  const box = tightestBox(outer)
  const courts = holes.filter((hole) => Math.sqrt(-signedArea(hole)) > 2 * tolerance)
  if (courts.length === 0 && signedArea(outer) > BOXLIKE * signedArea(box)) return { outer: box, holes: [] }
  const shell = thinned(outer, tolerance)
  if (signedArea(shell) < signedArea(outer) / 2) return { outer: box, holes: [] }
  return { outer: shell, holes: courts.map((court) => thinned(court, tolerance)) }
}

/** The smallest rectangle along one of the outline's own walls. */
function tightestBox(ring: Ring): Ring {
  let best: Ring = ring
  let least = Infinity
  for (let i = 0; i < ring.length; i += 2) {
    const next = (i + 2) % ring.length
    const [dx, dy] = [ring[next]! - ring[i]!, ring[next + 1]! - ring[i + 1]!]
    const length = Math.hypot(dx, dy)
    const box = boxAlong(ring, dx / length, dy / length)
    const area = signedArea(box)
    if (area >= least) continue
    least = area
    best = box
  }
  return best
}

function boxAlong(ring: Ring, x: number, y: number): Ring {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < ring.length; i += 2) {
    const along = ring[i]! * x + ring[i + 1]! * y
    const across = ring[i + 1]! * x - ring[i]! * y
    left = Math.min(left, along)
    right = Math.max(right, along)
    low = Math.min(low, across)
    high = Math.max(high, across)
  }
  const corner = (along: number, across: number): number[] => [along * x - across * y, along * y + across * x]
  return [...corner(left, low), ...corner(right, low), ...corner(right, high), ...corner(left, high)]
}

/** Leaves out the vertex that matters least until each that is left spans a triangle of tolerance squared. */
function thinned(ring: Ring, tolerance: number): Ring {
  const left = [...ring]
  while (left.length > 8) {
    let at = -1
    let least = tolerance ** 2
    for (let i = 0; i < left.length; i += 2) {
      const area = cornerArea(left, i)
      if (area >= least) continue
      least = area
      at = i
    }
    if (at < 0) return left
    left.splice(at, 2)
  }
  return left
}

function cornerArea(ring: Ring, at: number): number {
  const count = ring.length
  const [before, after] = [(at + count - 2) % count, (at + 2) % count]
  const [ax, ay] = [ring[at]! - ring[before]!, ring[at + 1]! - ring[before + 1]!]
  const [bx, by] = [ring[after]! - ring[before]!, ring[after + 1]! - ring[before + 1]!]
  return Math.abs(ax * by - ay * bx) / 2
}
