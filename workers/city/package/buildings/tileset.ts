import { eastNorthUp, tileFrame } from '@/domain/geodesy/webMercator'
import type { PlannedTile } from './plan'
import { tileContent } from './tileContent'
import type { Extent, TileContent } from './tileContent'

/** Screens further away than this many metres' worth of error would show nothing: no screen is. */
const ALWAYS_REFINED = 100_000
/** Metres and degrees that rounding to steps may move a vertex. */
const MARGIN = 0.2
const MARGIN_DEGREES = 2e-6

export interface TilesetParts {
  /** Writes a tile's mesh below the tileset's folder. */
  readonly write: (path: string, body: Buffer) => Promise<void>
  /** Ellipsoid height − orthometric height, metres. */
  readonly geoidOffset: number
}

interface Tile {
  readonly json: object
  readonly extent: Extent
}

export interface WrittenTileset {
  readonly tileset: Buffer
  readonly tiles: number
  /** Buildings in the deepest tiles: each that can be drawn, once. */
  readonly buildings: number
  readonly refused: number
}

/** Writes the meshes tile by tile, one at a time in memory, and gives the tileset that holds them. */
export async function writeTileset(plan: readonly PlannedTile[], parts: TilesetParts): Promise<WrittenTileset> {
  const counts = { tiles: 0, buildings: 0, refused: 0 }
  const count = ({ mesh, refused }: TileContent, leaf: boolean): void => {
    if (mesh !== undefined) counts.tiles++
    if (!leaf) return
    counts.buildings += mesh?.buildings ?? 0
    counts.refused += refused
  }
  const roots: Tile[] = []
  for (const planned of plan) roots.push(...(await writeTile(planned, undefined, { ...parts, count })))
  const tileset = {
    asset: { version: '1.1', tilesetVersion: 'belfry-city/1' },
    geometricError: ALWAYS_REFINED,
    root: {
      boundingVolume: { region: region(union(roots.map(({ extent }) => extent)), parts.geoidOffset) },
      geometricError: ALWAYS_REFINED,
      refine: 'REPLACE',
      ...(roots.length === 0 ? {} : { children: roots.map(({ json }) => json) }),
    },
  }
  return { tileset: Buffer.from(`${JSON.stringify(tileset)}\n`), ...counts }
}

type Parts = TilesetParts & { readonly count: (content: TileContent, leaf: boolean) => void }
type Matrix = readonly number[]

/** The tile, or its children where it has nothing to show itself, or nothing. */
async function writeTile(planned: PlannedTile, parent: Matrix | undefined, parts: Parts): Promise<Tile[]> {
  const content = tileContent(planned)
  parts.count(content, planned.children.length === 0)
  const { mesh } = content
  const { z, x, y } = planned.address
  const { longitude, latitude } = tileFrame(planned.address)
  const placed = mesh === undefined ? parent : eastNorthUp(longitude, latitude, mesh.origin + parts.geoidOffset)
  if (mesh !== undefined) await parts.write(`${z}/${x}/${y}.glb`, mesh.glb)
  const children: Tile[] = []
  for (const child of planned.children) children.push(...(await writeTile(child, placed, parts)))
  if (mesh === undefined || placed === undefined) return children
  const extent = union([mesh.extent, ...children.map((child) => child.extent)])
  const json = {
    boundingVolume: { region: region(extent, parts.geoidOffset) },
    geometricError: content.error,
    refine: 'REPLACE',
    transform: parent === undefined ? placed : relative(parent, placed),
    content: { uri: `${z}/${x}/${y}.glb` },
    extras: { tile: [z, x, y], origin: [longitude, latitude, mesh.origin], buildings: mesh.buildings },
    ...(children.length === 0 ? {} : { children: children.map((child) => child.json) }),
  }
  return [{ json, extent }]
}

const NOTHING: Extent = { west: 0, south: 0, east: 0, north: 0, low: 0, high: 0 }

function union(extents: readonly Extent[]): Extent {
  const [first, ...others] = extents
  return others.reduce(
    (all, one) => ({
      west: Math.min(all.west, one.west),
      south: Math.min(all.south, one.south),
      east: Math.max(all.east, one.east),
      north: Math.max(all.north, one.north),
      low: Math.min(all.low, one.low),
      high: Math.max(all.high, one.high),
    }),
    first ?? NOTHING,
  )
}

/** West, south, east, north in radians and ellipsoid heights. */
function region({ west, south, east, north, low, high }: Extent, geoidOffset: number): number[] {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180
  return [
    radians(west - MARGIN_DEGREES),
    radians(south - MARGIN_DEGREES),
    radians(east + MARGIN_DEGREES),
    radians(north + MARGIN_DEGREES),
    low + geoidOffset - MARGIN,
    high + geoidOffset + MARGIN,
  ]
}

/** inverse(parent) · child, both rigid: turned back by the transpose. */
function relative(parent: Matrix, child: Matrix): number[] {
  const out: number[] = []
  for (let column = 0; column < 4; column++) {
    const last = column === 3
    const [x, y, z] = [0, 1, 2].map((row) => child[column * 4 + row]! - (last ? parent[12 + row]! : 0))
    for (let row = 0; row < 3; row++)
      out.push(parent[row * 4]! * x! + parent[row * 4 + 1]! * y! + parent[row * 4 + 2]! * z!)
    out.push(last ? 1 : 0)
  }
  return out
}
