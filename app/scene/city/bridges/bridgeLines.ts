import type { VectorTile, VectorTileFeature } from '@mapbox/vector-tile'

/** A line of a bridge within one tile: places as shares of the tile from its north-west corner. */
export interface BridgeLine {
  readonly points: readonly (readonly [number, number])[]
  readonly width: number
  readonly layer: number
}

const LAYERS = ['road', 'rail'] as const
/** A line without a width of its own is drawn so wide. Metres. */
const LEAST_WIDTH = 5
/** Paths of people on foot are too thin for a deck of their own. */
const THIN = new Set(['steps', 'path', 'footway', 'cycleway', 'track', 'metro'])

/** Lines of a tile that lie on bridges, cut at the tile's own border: a buffer would draw them twice. */
export const bridgeLines = (tile: VectorTile): BridgeLine[] =>
  LAYERS.flatMap((name) => {
    const layer = tile.layers[name]
    return Array.from({ length: layer?.length ?? 0 }, (_, i) => layer!.feature(i)).flatMap(linesOf)
  })

function linesOf(feature: VectorTileFeature): BridgeLine[] {
  const { bridge, width, layer, class: kind } = feature.properties
  if (bridge !== true || THIN.has(String(kind))) return []
  const look = { width: Math.max(LEAST_WIDTH, Number(width ?? 0)), layer: Math.max(1, Number(layer ?? 1)) }
  const { extent } = feature
  return feature
    .loadGeometry()
    .flatMap((line) => clipped(line.map(({ x, y }) => [x / extent, y / extent] as const)))
    .map((points) => ({ points, ...look }))
}

type At = readonly [number, number]

/** The stretches of a line inside the unit square. */
export function clipped(line: readonly At[]): At[][] {
  const parts: At[][] = []
  let part: At[] = []
  const end = (): void => {
    if (part.length > 1) parts.push(part)
    part = []
  }
  for (let i = 1; i < line.length; i++) {
    const inside = within(line[i - 1]!, line[i]!)
    if (inside === undefined) {
      end()
      continue
    }
    const [from, to] = inside
    if (part.length === 0) part.push(from)
    part.push(to)
    if (to !== line[i]) end()
  }
  end()
  return parts
}

/** The stretch of one segment inside the unit square, after Liang and Barsky. */
function within(a: At, b: At): readonly [At, At] | undefined {
  let [t0, t1] = [0, 1]
  for (const axis of [0, 1] as const) {
    const d = b[axis] - a[axis]
    if (d === 0) {
      if (a[axis] < 0 || a[axis] > 1) return undefined
      continue
    }
    const [u, v] = [-a[axis] / d, (1 - a[axis]) / d]
    t0 = Math.max(t0, Math.min(u, v))
    t1 = Math.min(t1, Math.max(u, v))
  }
  if (t0 >= t1) return undefined
  const at = (t: number): At => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
  return [t0 === 0 ? a : at(t0), t1 === 1 ? b : at(t1)]
}
