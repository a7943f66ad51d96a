import type { Building } from '@/domain/city/cityModel'
import { mercatorX, mercatorY } from '@/domain/geodesy/webMercator'
import type { TileAddress } from '@/domain/geodesy/webMercator'

/** The roots of the trees: a wider tile would lie metres below the curve of the earth at its corners. */
const ROOT_ZOOM = 13
const FIRST_LEAF_ZOOM = 14
const LAST_ZOOM = 17
/** Vertices of a tile with everything in it; 20 bytes each. */
const LEAF_VERTICES = 50_000

/** A building on its way into tiles. */
export interface Placed {
  readonly building: Building
  /** Of the middle of its outline, in the unit square. */
  readonly x: number
  readonly y: number
  /** About as many as its full mesh has. */
  readonly vertices: number
  /** Orthometric metres of the lowest ground under it. */
  readonly ground: number
}

/** A tile of the quadtree; one without children shows its buildings whole. */
export interface PlannedTile {
  readonly address: TileAddress
  readonly placed: readonly Placed[]
  readonly children: readonly PlannedTile[]
}

/** Quadtrees over all buildings, each building in one tile of each zoom on its way down, by the middle of its outline. */
export function planTiles(placed: readonly Placed[]): PlannedTile[] {
  return divide(placed, ROOT_ZOOM).map(([address, own]) => planTile(address, own))
}

function planTile(address: TileAddress, placed: readonly Placed[]): PlannedTile {
  const { z } = address
  const vertices = placed.reduce((sum, one) => sum + one.vertices, 0)
  const leaf = z === LAST_ZOOM || (z >= FIRST_LEAF_ZOOM && vertices <= LEAF_VERTICES)
  const children = leaf ? [] : divide(placed, z + 1).map(([child, own]) => planTile(child, own))
  return { address, placed, children }
}

/** By tile, row by row. */
function divide(placed: readonly Placed[], z: number): [TileAddress, Placed[]][] {
  const tiles = new Map<number, Placed[]>()
  const count = 2 ** z
  for (const one of placed) {
    const key = Math.floor(one.y * count) * count + Math.floor(one.x * count)
    const own = tiles.get(key)
    if (own === undefined) tiles.set(key, [one])
    else own.push(one)
  }
  return [...tiles]
    .sort(([a], [b]) => a - b)
    .map(([key, own]) => [{ z, x: key % count, y: Math.floor(key / count) }, own])
}

export function placeBuilding(building: Building, heightAt: (longitude: number, latitude: number) => number): Placed {
  const { outer, holes } = building.footprint
  let [west, south, east, north, ground] = [Infinity, Infinity, -Infinity, -Infinity, Infinity]
  for (let i = 0; i + 1 < outer.length; i += 2) {
    west = Math.min(west, outer[i]!)
    east = Math.max(east, outer[i]!)
    south = Math.min(south, outer[i + 1]!)
    north = Math.max(north, outer[i + 1]!)
    ground = Math.min(ground, heightAt(outer[i]!, outer[i + 1]!))
  }
  const corners = [outer, ...holes].reduce((sum, ring) => sum + ring.length / 2, 0)
  const measured = building.surfaces?.reduce((sum, { rings }) => sum + rings.flatMap((ring) => [...ring]).length / 3, 0)
  return {
    building,
    x: mercatorX((west + east) / 2),
    y: mercatorY((south + north) / 2),
    vertices: measured ?? corners * 5,
    ground,
  }
}
