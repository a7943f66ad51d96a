import type { Point } from '../curve'

/** A ring of points against the clock, not closed. */
export type Ring = readonly Point[]

export function areaOf(ring: Ring): number {
  let twice = 0
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++)
    twice += ring[j]![0] * ring[i]![1] - ring[i]![0] * ring[j]![1]
  return twice / 2
}

export function isIn(ring: Ring, x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[j]!
    const [bx, by] = ring[i]!
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}

/** Metres from a place to the piece from a to b. */
export function metresTo(a: Point, b: Point, x: number, y: number): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const t = Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy || 1)))
  return Math.hypot(x - a[0] - dx * t, y - a[1] - dy * t)
}

/** Where a line through `at` along `direction` crosses the ring: piece, share of it, metres from `at`; in order. */
export function crossings(ring: Ring, at: Point, direction: Point): { piece: number; share: number; metres: number }[] {
  const out: { piece: number; share: number; metres: number }[] = []
  for (let i = 0; i < ring.length; i++) {
    const [a, b] = [ring[i]!, ring[(i + 1) % ring.length]!]
    const sa = (a[0] - at[0]) * direction[1] - (a[1] - at[1]) * direction[0]
    const sb = (b[0] - at[0]) * direction[1] - (b[1] - at[1]) * direction[0]
    if (sa > 0 === sb > 0) continue
    const share = sa / (sa - sb)
    const [x, y] = [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
    out.push({ piece: i, share, metres: (x - at[0]) * direction[0] + (y - at[1]) * direction[1] })
  }
  return out.sort((p, q) => p.metres - q.metres)
}

/** A place well inside a ring: the middle of its widest chord at three heights. */
export function innerPoint(ring: Ring): Point {
  const ys = ring.map(([, y]) => y)
  const [low, high] = [Math.min(...ys), Math.max(...ys)]
  let [best, width]: [Point, number] = [ring[0]!, 0]
  for (const share of [0.5, 0.32, 0.68, 0.42, 0.58]) {
    const y = low + (high - low) * share + 0.0137
    const found = crossings(ring, [0, y], [1, 0])
    for (let i = 0; i + 1 < found.length; i += 2) {
      const span = found[i + 1]!.metres - found[i]!.metres
      if (span > width) [best, width] = [[(found[i]!.metres + found[i + 1]!.metres) / 2, y], span]
    }
  }
  return best
}

/** The direction (radians) that most of the ring's length follows, up to quarter turns. */
export function grainOf(ring: Ring): { angle: number; strength: number } {
  let [s, c, sum] = [0, 0, 0]
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [dx, dy] = [ring[i]![0] - ring[j]![0], ring[i]![1] - ring[j]![1]]
    const metres = Math.hypot(dx, dy)
    const angle = 4 * Math.atan2(dy, dx)
    s += metres * Math.sin(angle)
    c += metres * Math.cos(angle)
    sum += metres
  }
  return { angle: Math.atan2(s, c) / 4, strength: Math.hypot(s, c) / (sum || 1) }
}

/** Least and greatest of the ring along a direction, metres. */
export function extent(ring: Ring, [ux, uy]: Point): { low: number; high: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const [x, y] of ring) {
    const d = x * ux + y * uy
    if (d < low) low = d
    if (d > high) high = d
  }
  return { low, high }
}

/** The part of a ring on the left of the line through `at` along `direction`; exact for convex rings. */
export function leftPart(ring: Ring, at: Point, direction: Point): Point[] {
  const side = ([x, y]: Point): number => direction[0] * (y - at[1]) - direction[1] * (x - at[0])
  const out: Point[] = []
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [a, b] = [ring[j]!, ring[i]!]
    const [sa, sb] = [side(a), side(b)]
    if (sa >= 0 !== sb >= 0) {
      const t = sa / (sa - sb)
      out.push([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t])
    }
    if (sb >= 0) out.push(b)
  }
  return out
}
