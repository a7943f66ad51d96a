import type { Building, BuildingSurface, Degrees, HeightGrid, Polygon } from '@/domain/city/cityModel'
import type { Draft } from './cityDraft'
import { centroid } from './geometry/ring'
import type { BuildingPart } from './osm/buildings'
import type { PartedBuilding } from './shapeFromParts'

/** Turns mapped parts into walls, roofs and undersides that stand on the terrain. */
export function standParts(building: PartedBuilding, terrain: HeightGrid): Draft<Building> {
  const { parts, ...rest } = building
  if (parts === undefined) return rest
  const ground = groundAt(terrain, ...centroid(rest.footprint.outer))
  return { ...rest, surfaces: parts.flatMap((part) => surfacesOf(part, ground)) }
}

/** Height of the post nearest to a place, metres. */
export function groundAt(terrain: HeightGrid, longitude: number, latitude: number): number {
  const column = Math.round((longitude - terrain.west) / terrain.stepLongitude)
  const row = Math.round((terrain.north - latitude) / terrain.stepLatitude)
  const x = Math.max(0, Math.min(terrain.columns - 1, column))
  const y = Math.max(0, Math.min(terrain.rows - 1, row))
  return terrain.metres[y * terrain.columns + x] ?? 0
}

function surfacesOf({ shape, base, height }: BuildingPart, ground: number): BuildingSurface[] {
  const [low, high] = [ground + base, ground + height]
  return [
    { kind: 'roof', rings: ringsAt(shape, high) },
    { kind: 'ground', rings: ringsAt(shape, low).map(backwards) },
    ...[shape.outer, ...shape.holes].flatMap((ring) => walls(ring, low, high)),
  ]
}

const ringsAt = ({ outer, holes }: Polygon, metres: number): Float64Array[] =>
  [outer, ...holes].map((ring) => lifted(ring, metres))

function lifted(ring: Degrees, metres: number): Float64Array {
  const triples = new Float64Array((ring.length / 2) * 3)
  for (let i = 0; i < ring.length / 2; i++) triples.set([ring[i * 2]!, ring[i * 2 + 1]!, metres], i * 3)
  return triples
}

function backwards(triples: Float64Array): Float64Array {
  const turned = new Float64Array(triples.length)
  for (let i = 0; i < triples.length; i += 3)
    turned.set(triples.subarray(triples.length - 3 - i, triples.length - i), i)
  return turned
}

/** Outward walls: outer rings run counter-clockwise and holes clockwise, so the outside is to the right of each edge. */
function walls(ring: Degrees, low: number, high: number): BuildingSurface[] {
  const found: BuildingSurface[] = []
  for (let i = 0; i < ring.length; i += 2) {
    const next = (i + 2) % ring.length
    const [ax, ay, bx, by] = [ring[i]!, ring[i + 1]!, ring[next]!, ring[next + 1]!]
    found.push({ kind: 'wall', rings: [Float64Array.of(ax, ay, low, bx, by, low, bx, by, high, ax, ay, high)] })
  }
  return found
}
