import type { Degrees, Polygon } from '@/domain/city/cityModel'
import { mercatorX, mercatorY } from '@/domain/geodesy/webMercator'

export const LAYERS = [
  'cover',
  'water',
  'watercourse',
  'road',
  'rail',
  'network',
  'building',
  'division',
  'facility',
  'label',
] as const
export type Layer = (typeof LAYERS)[number]

export type Shape = 'point' | 'line' | 'polygon'
export type Value = string | number | boolean

/**
 * Flat triples of the unit square: x, y, weight. A weight is the squared distance by which the line would move without
 * the vertex, so that a zoom keeps what it can show and neighbouring tiles keep the same vertices.
 */
export type Path = Float64Array

export interface Feature {
  readonly layer: Layer
  readonly shape: Shape
  readonly properties: readonly (readonly [string, Value])[]
  readonly minZoom: number
  /** Lines, or the outer ring and its holes (first point not repeated), or one point. */
  readonly paths: readonly Path[]
  /** Least x, least y, greatest x, greatest y. */
  readonly box: Box
}

export type Box = readonly [number, number, number, number]

/** Kept at every zoom. */
const ALWAYS = 1

export function pointPath(longitude: number, latitude: number): Path {
  return Float64Array.of(mercatorX(longitude), mercatorY(latitude), ALWAYS)
}

export function linePath(degrees: Degrees): Path {
  const path = projected(degrees)
  weigh(path, 0, path.length / 3 - 1)
  return path
}

export function polygonPaths({ outer, holes }: Polygon): Path[] {
  return [outer, ...holes].filter(({ length }) => length >= 6).map(ringPath)
}

/** A ring is weighed as two lines between its first vertex and the one farthest from it. */
function ringPath(degrees: Degrees): Path {
  const path = projected(degrees)
  const last = path.length / 3 - 1
  let far = 0
  let most = -1
  for (let i = 1; i <= last; i++) {
    const distance = (path[i * 3]! - path[0]!) ** 2 + (path[i * 3 + 1]! - path[1]!) ** 2
    if (distance <= most) continue
    most = distance
    far = i
  }
  weigh(path, 0, far)
  weigh(path, far, last)
  return path
}

function projected(degrees: Degrees): Path {
  const count = degrees.length >> 1
  const path = new Float64Array(count * 3)
  for (let i = 0; i < count; i++) {
    path[i * 3] = mercatorX(degrees[i * 2]!)
    path[i * 3 + 1] = mercatorY(degrees[i * 2 + 1]!)
  }
  return path
}

/** Douglas and Peucker 1973 over the whole line, keeping each vertex's distance; ends are kept always. */
function weigh(path: Path, from: number, to: number): void {
  path[from * 3 + 2] = ALWAYS
  path[to * 3 + 2] = ALWAYS
  const open: [number, number][] = [[from, to]]
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [first, last] = span
    const [at, weight] = farthest(path, first, last)
    if (at < 0 || weight === 0) continue
    path[at * 3 + 2] = weight
    open.push([first, at], [at, last])
  }
}

function farthest(path: Path, first: number, last: number): readonly [number, number] {
  let at = -1
  let most = 0
  const [ax, ay] = [path[first * 3]!, path[first * 3 + 1]!]
  const [bx, by] = [path[last * 3]! - ax, path[last * 3 + 1]! - ay]
  const length2 = bx * bx + by * by
  for (let i = first + 1; i < last; i++) {
    const [x, y] = [path[i * 3]! - ax, path[i * 3 + 1]! - ay]
    const share = length2 === 0 ? 0 : Math.min(1, Math.max(0, (x * bx + y * by) / length2))
    const distance = (x - share * bx) ** 2 + (y - share * by) ** 2
    if (distance <= most) continue
    most = distance
    at = i
  }
  return [at, most]
}

export function boxOf(paths: readonly Path[]): Box {
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const path of paths)
    for (let i = 0; i < path.length; i += 3) {
      west = Math.min(west, path[i]!)
      east = Math.max(east, path[i]!)
      north = Math.min(north, path[i + 1]!)
      south = Math.max(south, path[i + 1]!)
    }
  return [west, north, east, south]
}
