import earcut from 'earcut'
import type { BuildingSurface } from '@/domain/city/cityModel'
import { mercatorX, mercatorY } from '@/domain/geodesy/webMercator'
import type { TileFrame } from '@/domain/geodesy/webMercator'
import { addVertex } from './mesh'
import type { Mesh } from './mesh'

export interface Placed {
  readonly frame: TileFrame
  /** Orthometric height of the tile's origin, metres. */
  readonly origin: number
  readonly feature: number
  /** Height of the building's ground over the tile's origin, metres. */
  readonly ground: number
}

type Point = readonly [number, number, number]

/** Measured walls and roofs as they are; what lies on the ground is left out. */
export function addSurfaces(mesh: Mesh, surfaces: readonly BuildingSurface[], placed: Placed): void {
  for (const { kind, rings } of surfaces) if (kind !== 'ground') addSurface(mesh, rings, placed)
}

function addSurface(mesh: Mesh, rings: readonly Float64Array[], { frame, origin, feature, ground }: Placed): void {
  const points = rings.map((ring) => pointsOf(ring, frame, origin))
  const normal = newell(points[0] ?? [])
  if (normal === undefined) return
  const flat = points.flat()
  const [a, b] = planeAxes(normal)
  const holes = points.slice(1).map((_, i) => points.slice(0, i + 1).flat().length)
  const triangles = earcut(
    flat.flatMap((point) => [dot(point, a), dot(point, b)]),
    holes,
  )
  const face = { feature, ground, normal }
  const first = mesh.features.length
  for (const point of flat) addVertex(mesh, face, { east: point[0], north: point[1], up: point[2], run: dot(point, a) })
  // earcut turns its triangles one way, whichever way the ring ran: the plane's axes make it the normal's.
  for (let i = 0; i < triangles.length; i += 3) {
    const [p, q, r] = [triangles[i]!, triangles[i + 1]!, triangles[i + 2]!]
    const outward = dot(cross(minus(flat[q]!, flat[p]!), minus(flat[r]!, flat[p]!)), normal) >= 0
    mesh.indices.push(first + p, first + (outward ? q : r), first + (outward ? r : q))
  }
}

function pointsOf(ring: Float64Array, frame: TileFrame, origin: number): Point[] {
  const points: Point[] = []
  for (let i = 0; i + 2 < ring.length; i += 3)
    points.push([
      (mercatorX(ring[i]!) - frame.x) * frame.east,
      (frame.y - mercatorY(ring[i + 1]!)) * frame.north,
      ring[i + 2]! - origin,
    ])
  return points
}

/** Newell's normal of a ring that need not be plane; nothing for one without area. */
function newell(ring: readonly Point[]): Point | undefined {
  let [x, y, z] = [0, 0, 0]
  for (const [i, here] of ring.entries()) {
    const next = ring[(i + 1) % ring.length]!
    x += (here[1] - next[1]) * (here[2] + next[2])
    y += (here[2] - next[2]) * (here[0] + next[0])
    z += (here[0] - next[0]) * (here[1] + next[1])
  }
  const length = Math.hypot(x, y, z)
  return length < 1e-3 ? undefined : [x / length, y / length, z / length]
}

/** Two axes of the plane; the first is level, so that a wall's run goes along the street. */
function planeAxes(normal: Point): readonly [Point, Point] {
  const level = Math.hypot(normal[0], normal[1])
  const a: Point = level < 1e-6 ? [1, 0, 0] : [-normal[1] / level, normal[0] / level, 0]
  return [a, cross(normal, a)]
}

const dot = (a: Point, b: Point): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const minus = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
const cross = (a: Point, b: Point): Point => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]
