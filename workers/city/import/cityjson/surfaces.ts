import type { BuildingSurface } from '@/domain/city/cityModel'
import type { CityGeometry, CityObject } from './cityJsonSchema'

/** Degrees and orthometric metres of every vertex of the file, flat triples. */
export type Vertices = Float64Array

/** A surface names a vertex that the file does not have, or nests as no geometry does. */
export class BrokenSurface extends Error {}

const NESTING: Readonly<Record<string, number>> = {
  MultiSurface: 0,
  CompositeSurface: 0,
  Solid: 1,
  MultiSolid: 2,
  CompositeSolid: 2,
}
const KINDS: Readonly<Record<string, BuildingSurface['kind']>> = {
  WallSurface: 'wall',
  RoofSurface: 'roof',
  GroundSurface: 'ground',
  OuterFloorSurface: 'roof',
  OuterCeilingSurface: 'ground',
}

/** Outer surfaces of an object in its finest level of detail. @throws BrokenSurface */
export function surfacesOf(object: CityObject, vertices: Vertices): BuildingSurface[] {
  const geometry = finest(object.geometry ?? [])
  if (geometry === undefined) return []
  const depth = NESTING[geometry.type]!
  const values = geometry.semantics?.values
  return flatten(geometry.boundaries, values, depth).flatMap(({ rings, value }) => {
    const positions = listOf(rings).map((ring) => ringOf(ring, vertices))
    if (positions.length === 0 || positions[0]!.length < 9) return []
    const named = typeof value === 'number' ? geometry.semantics?.surfaces[value]?.type : undefined
    return [{ kind: (named === undefined ? undefined : KINDS[named]) ?? kindByNormal(positions[0]!), rings: positions }]
  })
}

function finest(geometries: readonly CityGeometry[]): CityGeometry | undefined {
  return geometries
    .filter(({ type }) => Object.hasOwn(NESTING, type))
    .toSorted((one, other) => Number(other.lod ?? 0) - Number(one.lod ?? 0))[0]
}

interface Flat {
  readonly rings: unknown
  readonly value: unknown
}

/** Takes the outer shell of each solid: inner shells are cavities nobody sees. */
function flatten(boundaries: unknown, values: unknown, depth: number): Flat[] {
  const parts = listOf(boundaries)
  const known = Array.isArray(values) ? (values as readonly unknown[]) : []
  if (depth === 0) return parts.map((rings, i) => ({ rings, value: known[i] }))
  if (depth === 1) return parts.length === 0 ? [] : flatten(parts[0], known[0], 0)
  return parts.flatMap((part, i) => flatten(part, known[i], depth - 1))
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new BrokenSurface('A surface is no list.')
  return value as readonly unknown[]
}

function ringOf(ring: unknown, vertices: Vertices): Float64Array {
  const numbers = listOf(ring)
  const triples = new Float64Array(numbers.length * 3)
  numbers.forEach((number, i) => {
    if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number * 3 >= vertices.length)
      throw new BrokenSurface('A surface names a vertex that is not there.')
    triples.set(vertices.subarray(number * 3, number * 3 + 3), i * 3)
  })
  return triples
}

/** Newell's normal in metres: up is a roof, down the ground, the rest walls. */
function kindByNormal(ring: Float64Array): BuildingSurface['kind'] {
  const eastward = 111_195 * Math.cos((ring[1]! * Math.PI) / 180)
  let [x, y, z] = [0, 0, 0]
  for (let i = 0, j = ring.length - 3; i < ring.length; j = i, i += 3) {
    const [ax, ay, az] = [(ring[j]! - ring[0]!) * eastward, (ring[j + 1]! - ring[1]!) * 111_195, ring[j + 2]!]
    const [bx, by, bz] = [(ring[i]! - ring[0]!) * eastward, (ring[i + 1]! - ring[1]!) * 111_195, ring[i + 2]!]
    x += (ay - by) * (az + bz)
    y += (az - bz) * (ax + bx)
    z += (ax - bx) * (ay + by)
  }
  const steep = Math.abs(z) / Math.hypot(x, y, z)
  if (!(steep > 0.17)) return 'wall'
  return z > 0 ? 'roof' : 'ground'
}
