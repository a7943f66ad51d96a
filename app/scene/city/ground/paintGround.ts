import type { VectorTile, VectorTileFeature, VectorTileLayer } from '@mapbox/vector-tile'
import type { TileWindow } from '../mercatorTile'
import type { GroundTheme } from './groundTheme'

/** What of a canvas is used; an offscreen one in the thread that paints. */
export type Canvas = OffscreenCanvasRenderingContext2D

/** A picture of ground that is being painted. */
export interface GroundPicture {
  /** The part of the vector tile that the picture shows. */
  readonly window: TileWindow
  /** Side of the picture without its margin, px. */
  readonly size: number
  /** Px around it, so that what ends at its border goes on. */
  readonly margin: number
  /** Metres on the ground for one px. */
  readonly metresPerPixel: number
}

type Geometry = ReturnType<VectorTileFeature['loadGeometry']>

/** Roads from the smallest to the largest, so that large ones lie above; a px at least, that a street stays a line. */
const ROAD_ORDER = [
  ['steps', 'path', 0.5],
  ['footway', 'path', 0.5],
  ['cycleway', 'path', 0.5],
  ['track', 'path', 0.5],
  ['service', 'street', 0.5],
  ['residential', 'street', 0.8],
  ['tertiary', 'street', 1.1],
  ['secondary', 'arterial', 1.3],
  ['primary', 'arterial', 1.6],
  ['trunk', 'arterial', 1.8],
  ['motorway', 'arterial', 1.8],
] as const

type IsStanding = (feature: VectorTileFeature) => boolean

const THIN_BRIDGES = new Set(['steps', 'path', 'footway', 'cycleway', 'track', 'metro'])
/** Roads that vector tiles hold from zoom 12; all the others come with 14. */
const EARLY = new Set(['motorway', 'trunk', 'primary', 'secondary', 'tertiary', 'rail', 'tram'])

/** Which bridges stand as decks of their own, where the city's were read at this zoom: the ground leaves them out. */
export const standingBridges =
  (zoom: number): IsStanding =>
  ({ properties }) => {
    const kind = String(properties['class'])
    return properties['bridge'] === true && !THIN_BRIDGES.has(kind) && (zoom >= 14 || EARLY.has(kind))
  }

/** Ground, land cover, streets and rails in matte greys; tunnels dashed. Water is painted apart, by `paintWater`. */
export function paintGround(
  canvas: Canvas,
  tile: VectorTile,
  picture: GroundPicture,
  { standing, ...theme }: GroundTheme & { readonly standing: IsStanding },
): void {
  canvas.fillStyle = theme.ground
  canvas.fillRect(0, 0, canvas.canvas.width, canvas.canvas.height)
  canvas.lineCap = 'round'
  canvas.lineJoin = 'round'
  for (const feature of featuresOf(tile.layers['cover'])) {
    const fill = theme.cover[String(feature.properties['class'])]
    if (fill === undefined) continue
    canvas.fillStyle = fill
    trace(canvas, feature, picture)
    canvas.fill('evenodd')
  }
  const roads = featuresOf(tile.layers['road']).filter((road) => !standing(road))
  const open = roads.filter(({ properties }) => properties['tunnel'] !== true)
  paintTunnels(canvas, roads, picture, theme)
  for (const [kind, color, least] of ROAD_ORDER) {
    canvas.strokeStyle = theme[color]
    for (const feature of open) if (feature.properties['class'] === kind) stroke(canvas, feature, picture, least)
  }
  canvas.strokeStyle = theme.rail
  for (const feature of featuresOf(tile.layers['rail'])) {
    if (feature.properties['tunnel'] === true || feature.properties['class'] === 'metro' || standing(feature)) continue
    stroke(canvas, feature, picture, 1)
  }
}

/** A road under the ground: two dashed edges of its width. */
function paintTunnels(
  canvas: Canvas,
  roads: readonly VectorTileFeature[],
  picture: GroundPicture,
  theme: GroundTheme,
): void {
  const dash = Math.max(3, 14 / picture.metresPerPixel)
  canvas.lineCap = 'butt'
  canvas.setLineDash([dash, dash])
  for (const [ink, share] of [
    [theme.arterial, 1],
    [theme.ground, 0.72],
  ] as const) {
    canvas.strokeStyle = ink
    for (const feature of roads) {
      const { tunnel, underpass, class: kind } = feature.properties
      if (tunnel !== true || underpass === true || THIN_BRIDGES.has(String(kind))) continue
      canvas.lineWidth = Math.max(1, (Number(feature.properties['width'] ?? 0) / picture.metresPerPixel) * share)
      trace(canvas, feature, picture)
      canvas.stroke()
    }
  }
  canvas.setLineDash([])
  canvas.lineCap = 'round'
}

/** White water on black, in the same picture; bridges that have no deck of their own lie over it. */
export function paintWater(canvas: Canvas, tile: VectorTile, picture: GroundPicture, standing: IsStanding): void {
  canvas.fillStyle = '#000'
  canvas.fillRect(0, 0, canvas.canvas.width, canvas.canvas.height)
  canvas.fillStyle = canvas.strokeStyle = '#fff'
  canvas.lineCap = canvas.lineJoin = 'round'
  for (const feature of featuresOf(tile.layers['water'])) {
    trace(canvas, feature, picture)
    canvas.fill('evenodd')
  }
  for (const feature of featuresOf(tile.layers['watercourse'])) stroke(canvas, feature, picture, 0.6)
  canvas.strokeStyle = '#000'
  canvas.lineCap = 'butt'
  for (const layer of ['road', 'rail'])
    for (const feature of featuresOf(tile.layers[layer]))
      if (feature.properties['bridge'] === true && !standing(feature)) stroke(canvas, feature, picture, 1)
}

function featuresOf(layer: VectorTileLayer | undefined): VectorTileFeature[] {
  return layer === undefined ? [] : Array.from({ length: layer.length }, (_, i) => layer.feature(i))
}

function stroke(canvas: Canvas, feature: VectorTileFeature, picture: GroundPicture, least: number): void {
  const width = Number(feature.properties['width'] ?? 0) / picture.metresPerPixel
  canvas.lineWidth = Math.max(least, width)
  trace(canvas, feature, picture)
  canvas.stroke()
}

function trace(canvas: Canvas, feature: VectorTileFeature, { window, size, margin }: GroundPicture): void {
  const scale = size / (feature.extent * window.size)
  const [left, top] = [window.x * feature.extent * scale - margin, window.y * feature.extent * scale - margin]
  canvas.beginPath()
  for (const ring of feature.loadGeometry() satisfies Geometry) {
    ring.forEach(({ x, y }, i) =>
      i === 0 ? canvas.moveTo(x * scale - left, y * scale - top) : canvas.lineTo(x * scale - left, y * scale - top),
    )
    if (feature.type === 3) canvas.closePath()
  }
}
