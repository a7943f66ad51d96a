import { latitudeAt, longitudeAt, tileFrame } from '@/domain/geodesy/webMercator'
import type { TileFrame } from '@/domain/geodesy/webMercator'
import { encodeGlb } from './glb'
import { addPrism, emptyMesh } from './mesh'
import type { Mesh } from './mesh'
import { outlineOf, signedArea, simplified } from './outline'
import type { Outline } from './outline'
import type { Placed, PlannedTile } from './plan'
import { addSurfaces } from './surfaces'

/** Walls go on below the lowest ground under a building, metres: a screen's ground is coarser than the heights. */
const SINK = 3
/** Vertices of a tile that stands for its children. */
const PARENT_VERTICES = 40_000

/** How far a zoom's simplified tile may differ from the city, metres. */
const DETAIL: Record<number, { readonly error: number; readonly tolerance: number; readonly leastArea: number }> = {
  13: { error: 24, tolerance: 6, leastArea: 60 },
  14: { error: 12, tolerance: 3, leastArea: 20 },
  15: { error: 6, tolerance: 1.5, leastArea: 0 },
  16: { error: 3, tolerance: 0.8, leastArea: 0 },
}

/** Least and greatest longitude, latitude (degrees) and orthometric height (metres) of a mesh. */
export interface Extent {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
  readonly low: number
  readonly high: number
}

export interface TileMesh {
  readonly glb: Buffer
  /** Orthometric height of the mesh's origin, metres. */
  readonly origin: number
  readonly extent: Extent
  readonly buildings: number
}

export interface TileContent {
  /** Nothing when no building of the tile is to be seen at its size. */
  readonly mesh: TileMesh | undefined
  /** Metres; 0 for a tile that shows its buildings whole. */
  readonly error: number
  /** Buildings whose outline encloses nothing: they have no mesh anywhere. */
  readonly refused: number
}

export function tileContent({ address, placed, children }: PlannedTile): TileContent {
  const detail = children.length === 0 ? undefined : DETAIL[address.z]
  const frame = tileFrame(address)
  const outlined = placed.flatMap((one) => {
    const outline = outlineOf(one.building.footprint, frame)
    return outline === undefined ? [] : [{ one, outline }]
  })
  const shown = detail === undefined ? outlined : weightiest(outlined, detail)
  return {
    mesh: shown.length === 0 ? undefined : meshOf(shown, frame, detail === undefined),
    error: detail?.error ?? 0,
    refused: placed.length - outlined.length,
  }
}

function meshOf(shown: readonly Outlined[], frame: TileFrame, whole: boolean): TileMesh {
  const origin = Math.floor(shown.reduce((least, { one }) => Math.min(least, one.ground), Infinity))
  const mesh = emptyMesh()
  for (const [feature, { one, outline }] of shown.entries())
    addBuilding(mesh, { one, outline, feature, frame, origin, whole })
  const glb = encodeGlb(
    mesh,
    shown.map(({ one }) => one),
  )
  return { glb, origin, buildings: shown.length, extent: extentOf(mesh, frame, origin) }
}

interface Outlined {
  readonly one: Placed
  readonly outline: Outline
}

/** What is seen from afar: the biggest and tallest as long as they fit, in the order they came, simplified. */
function weightiest(outlined: readonly Outlined[], detail: { tolerance: number; leastArea: number }): Outlined[] {
  const seen = outlined
    .map(({ one, outline }, order) => ({ one, outline, order, area: signedArea(outline.outer) }))
    .filter(({ area, one }) => area >= detail.leastArea || one.building.height > 15)
    .sort((a, b) => weight(b) - weight(a) || a.order - b.order)
  let room = PARENT_VERTICES
  const kept: (Outlined & { readonly order: number })[] = []
  for (const { one, outline, order } of seen) {
    const plain = simplified(outline, detail.tolerance)
    room -= [plain.outer, ...plain.holes].flat().length * 2.5
    if (room < 0) break
    kept.push({ one, outline: plain, order })
  }
  return kept.sort((a, b) => a.order - b.order)
}

const weight = ({ one, area }: { one: Placed; area: number }): number => one.building.height * Math.sqrt(area)

interface Drawn extends Outlined {
  readonly feature: number
  readonly frame: TileFrame
  readonly origin: number
  /** With its measured surfaces, where it has some. */
  readonly whole: boolean
}

function addBuilding(mesh: Mesh, { one, outline, feature, frame, origin, whole }: Drawn): void {
  const { building } = one
  const ground = one.ground - origin
  if (whole && building.surfaces !== undefined && building.surfaces.length > 0) {
    addSurfaces(mesh, building.surfaces, { frame, origin, feature, ground })
    return
  }
  const hangs = building.base > 0
  addPrism(mesh, {
    ...{ feature, ground, hangs, outer: outline.outer, holes: outline.holes },
    bottom: hangs ? ground + building.base : ground - SINK,
    top: ground + Math.max(building.height, building.base + 1),
  })
}

function extentOf({ positions }: Mesh, frame: TileFrame, origin: number): Extent {
  let [west, low, north] = [Infinity, Infinity, Infinity]
  let [east, high, south] = [-Infinity, -Infinity, -Infinity]
  for (let i = 0; i < positions.length; i += 3) {
    west = Math.min(west, positions[i]!)
    east = Math.max(east, positions[i]!)
    low = Math.min(low, positions[i + 1]!)
    high = Math.max(high, positions[i + 1]!)
    north = Math.min(north, positions[i + 2]!)
    south = Math.max(south, positions[i + 2]!)
  }
  return {
    west: longitudeAt(frame.x + west / frame.east),
    east: longitudeAt(frame.x + east / frame.east),
    north: latitudeAt(frame.y + north / frame.north),
    south: latitudeAt(frame.y + south / frame.north),
    low: origin + low,
    high: origin + high,
  }
}
