import { metresPerDegree } from '@/domain/geodesy/metresPerDegree'

/** Metres east and north of the city's origin. */
export type Point = readonly [x: number, y: number]

const ORIGIN = { longitude: 114.36, latitude: 30.58 }
const PER_DEGREE = metresPerDegree(ORIGIN.latitude)

/** Degrees in CGCS2000, to the nearest 1e-6 (0.1 m). */
export function toDegrees([x, y]: Point): [longitude: number, latitude: number] {
  return [round6(ORIGIN.longitude + x / PER_DEGREE.longitude), round6(ORIGIN.latitude + y / PER_DEGREE.latitude)]
}

/** The same, unrounded. */
export const exactDegrees = (x: number, y: number): [longitude: number, latitude: number] => [
  ORIGIN.longitude + x / PER_DEGREE.longitude,
  ORIGIN.latitude + y / PER_DEGREE.latitude,
]

/** Back from degrees to metres east and north of the origin. */
export const fromDegrees = (longitude: number, latitude: number): Point => [
  (longitude - ORIGIN.longitude) * PER_DEGREE.longitude,
  (latitude - ORIGIN.latitude) * PER_DEGREE.latitude,
]

const round6 = (value: number): number => Math.round(value * 1e6) / 1e6

export const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1])

/** A smooth line through the given points (centripetal-like Catmull-Rom), a vertex every `step` metres or so. */
export function smooth(points: readonly Point[], step = 120): Point[] {
  const out: Point[] = []
  for (let i = 0; i + 1 < points.length; i++) {
    const [p1, p2] = [points[i]!, points[i + 1]!]
    const p0 = points[i - 1] ?? p1
    const p3 = points[i + 2] ?? p2
    const pieces = Math.max(1, Math.round(distance(p1, p2) / step))
    for (let k = 0; k < pieces; k++) out.push(between4([p0, p1, p2, p3], k / pieces))
  }
  out.push(points[points.length - 1]!)
  return out
}

/** The same, closed: the last vertex repeats the first. */
export function smoothRing(points: readonly Point[], step = 120): Point[] {
  const around = [points[points.length - 1]!, ...points, points[0]!, points[1]!]
  const out: Point[] = []
  for (let i = 1; i + 2 < around.length; i++) {
    const pieces = Math.max(1, Math.round(distance(around[i]!, around[i + 1]!) / step))
    const four = [around[i - 1]!, around[i]!, around[i + 1]!, around[i + 2]!] as const
    for (let k = 0; k < pieces; k++) out.push(between4(four, k / pieces))
  }
  out.push(out[0]!)
  return out
}

function between4([p0, p1, p2, p3]: readonly [Point, Point, Point, Point], t: number): Point {
  const at = (axis: 0 | 1): number => {
    const [a, b, c, d] = [p0[axis], p1[axis], p2[axis], p3[axis]]
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)
  }
  return [at(0), at(1)]
}

export function lengthOf(line: readonly Point[]): number {
  let sum = 0
  for (let i = 1; i < line.length; i++) sum += distance(line[i - 1]!, line[i]!)
  return sum
}

/** The point `metres` along the line, and the direction there in radians from east. Ends are held. */
export function along(line: readonly Point[], metres: number): { point: Point; direction: number } {
  let left = Math.max(0, metres)
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!]
    const piece = distance(a, b)
    if (left <= piece || i === line.length - 1) {
      const share = piece === 0 ? 0 : Math.min(1, left / piece)
      return {
        point: [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share],
        direction: Math.atan2(b[1] - a[1], b[0] - a[0]),
      }
    }
    left -= piece
  }
  return { point: line[0]!, direction: 0 }
}

/** Metres from a point to a line. */
export function distanceTo(line: readonly Point[], point: Point): number {
  let nearest = Number.POSITIVE_INFINITY
  for (let i = 1; i < line.length; i++) nearest = Math.min(nearest, toSegment(line[i - 1]!, line[i]!, point))
  return nearest
}

function toSegment(a: Point, b: Point, p: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const square = dx * dx + dy * dy
  const t = square === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square))
  return distance([a[0] + dx * t, a[1] + dy * t], p)
}

/** The line moved sideways; `offset` metres to the left of its direction, a number or one per vertex. */
export function beside(line: readonly Point[], offset: number | ((index: number) => number)): Point[] {
  return line.map((point, i) => {
    const [a, b] = [line[Math.max(0, i - 1)]!, line[Math.min(line.length - 1, i + 1)]!]
    const span = distance(a, b) || 1
    const by = typeof offset === 'number' ? offset : offset(i)
    return [point[0] - ((b[1] - a[1]) / span) * by, point[1] + ((b[0] - a[0]) / span) * by]
  })
}

/** Points from text: `x,y x,y …` in metres. */
export const pathOf = (text: string): Point[] =>
  text.split(' ').map((pair) => {
    const [x, y] = pair.split(',').map(Number)
    return [x!, y!]
  })

/** Flat degrees of CGCS2000 to 1e-7 (1 cm), as the city model keeps them. */
export function degreesOf(points: readonly Point[]): Float64Array {
  const out = new Float64Array(points.length * 2)
  points.forEach(([x, y], i) => {
    const [longitude, latitude] = exactDegrees(x, y)
    out[2 * i] = Math.round(longitude * 1e7) / 1e7
    out[2 * i + 1] = Math.round(latitude * 1e7) / 1e7
  })
  return out
}
