import earcut from 'earcut'
import type { Ring } from './outline'

/** Vertices of one tile: metres east, up and south of its origin, as glTF turns them; one feature number each. */
export interface Mesh {
  /** East, up, south. */
  readonly positions: number[]
  readonly normals: number[]
  readonly features: number[]
  /** Metres along the wall and above the building's ground. */
  readonly runs: number[]
  readonly indices: number[]
}

export function emptyMesh(): Mesh {
  return { positions: [], normals: [], features: [], runs: [], indices: [] }
}

interface Vertex {
  readonly east: number
  readonly north: number
  readonly up: number
  readonly run: number
}

/** What all vertices of a face share. `ground` is the height of the building's ground over the tile's origin. */
interface Face {
  readonly feature: number
  readonly ground: number
  /** Unit normal east, north, up. */
  readonly normal: readonly [number, number, number]
}

export function addVertex(mesh: Mesh, { feature, ground, normal }: Face, { east, north, up, run }: Vertex): number {
  mesh.positions.push(east, up, -north)
  mesh.normals.push(normal[0], normal[2], -normal[1])
  mesh.features.push(feature)
  mesh.runs.push(run, up - ground)
  return mesh.features.length - 1
}

export interface Prism {
  readonly feature: number
  readonly outer: Ring
  readonly holes: readonly Ring[]
  /** Metres over the tile's origin. */
  readonly bottom: number
  readonly top: number
  readonly ground: number
  /** Does it hang in the air, so that its underside is seen? */
  readonly hangs: boolean
}

/** Walls along all rings and a flat roof. */
export function addPrism(mesh: Mesh, prism: Prism): void {
  for (const ring of [prism.outer, ...prism.holes]) addWalls(mesh, prism, ring)
  const flat = [prism.outer, ...prism.holes].flat()
  const holeStarts = prism.holes.map((_, i) => (prism.outer.length + prism.holes.slice(0, i).flat().length) / 2)
  const triangles = earcut(flat, holeStarts)
  addCap(mesh, prism, { flat, triangles, up: prism.top, normal: [0, 0, 1] })
  if (prism.hangs) addCap(mesh, prism, { flat, triangles, up: prism.bottom, normal: [0, 0, -1] })
}

function addWalls(mesh: Mesh, { feature, ground, bottom, top }: Prism, ring: Ring): void {
  let run = 0
  for (let i = 0; i < ring.length; i += 2) {
    const next = (i + 2) % ring.length
    const [east, north, toEast, toNorth] = [ring[i]!, ring[i + 1]!, ring[next]!, ring[next + 1]!]
    const length = Math.hypot(toEast - east, toNorth - north)
    const face = { feature, ground, normal: [(toNorth - north) / length, (east - toEast) / length, 0] } as const
    const first = addVertex(mesh, face, { east, north, up: bottom, run })
    addVertex(mesh, face, { east: toEast, north: toNorth, up: bottom, run: run + length })
    addVertex(mesh, face, { east: toEast, north: toNorth, up: top, run: run + length })
    addVertex(mesh, face, { east, north, up: top, run })
    mesh.indices.push(first, first + 1, first + 2, first, first + 2, first + 3)
    run += length
  }
}

interface Cap {
  readonly flat: readonly number[]
  readonly triangles: ArrayLike<number>
  readonly up: number
  readonly normal: readonly [number, number, 1 | -1]
}

function addCap(mesh: Mesh, { feature, ground }: Prism, { flat, triangles, up, normal }: Cap): void {
  const face = { feature, ground, normal }
  const first = mesh.features.length
  for (let i = 0; i < flat.length; i += 2) addVertex(mesh, face, { east: flat[i]!, north: flat[i + 1]!, up, run: 0 })
  for (let i = 0; i < triangles.length; i += 3) {
    const [a, b, c] = [triangles[i]!, triangles[i + 1]!, triangles[i + 2]!]
    const against = turn(flat, a, b, c) > 0
    mesh.indices.push(first + a, ...(against === normal[2] > 0 ? [first + b, first + c] : [first + c, first + b]))
  }
}

function turn(flat: readonly number[], a: number, b: number, c: number): number {
  const [x, y] = [flat[a * 2]!, flat[a * 2 + 1]!]
  return (flat[b * 2]! - x) * (flat[c * 2 + 1]! - y) - (flat[c * 2]! - x) * (flat[b * 2 + 1]! - y)
}
