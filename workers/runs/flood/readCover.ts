import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { VectorTile } from '@mapbox/vector-tile'
import type { VectorTileFeature } from '@mapbox/vector-tile'
import Pbf from 'pbf'
import type { CityManifest } from '@/domain/city/manifest'
import { latitudeAt, longitudeAt, tilesWithin } from '@/domain/geodesy/webMercator'
import type { TileAddress } from '@/domain/geodesy/webMercator'
import { COVER } from '@/workers/models/flood/city/cityGround'
import type { Cover } from '@/workers/models/flood/city/cityGround'
import { paintArea, paintLine } from './paintCells'
import type { Canvas } from './paintCells'

/** Buildings are there from this zoom on; its grid is half a metre. */
const ZOOM = 14

const OF_COVER: Readonly<Record<string, Cover>> = {
  residential: COVER.paved,
  commercial: COVER.paved,
  industrial: COVER.paved,
  railway: COVER.open,
  plaza: COVER.paved,
  airport: COVER.paved,
  campus: COVER.green,
  park: COVER.green,
  grass: COVER.green,
  farmland: COVER.farm,
  forest: COVER.forest,
  bare: COVER.open,
}

interface Painted {
  readonly cover: Uint8Array
  /** Level at rest, m; NaN on land. */
  readonly level_m: Float32Array
}

/** What lies on each cell, painted from the package's vector tiles: land, then water, streets, roofs. */
export async function readCover(folder: string, { bounds, vector }: CityManifest, canvas: Canvas): Promise<Painted> {
  const count = canvas.columns * canvas.rows
  const painted: Painted = { cover: new Uint8Array(count), level_m: new Float32Array(count).fill(Number.NaN) }
  const tiles: { tile: VectorTile; at: TileAddress }[] = []
  for (const at of tilesWithin(bounds, ZOOM)) {
    const path = vector.path.replace('{z}', `${at.z}`).replace('{x}', `${at.x}`).replace('{y}', `${at.y}`)
    tiles.push({ tile: new VectorTile(new Pbf(await readFile(join(folder, path)))), at })
  }
  for (const paint of [paintCover, paintWater, paintStreets, paintRoofs])
    for (const { tile, at } of tiles) paint(tile, at, canvas, painted)
  spreadRivers(canvas, painted)
  return painted
}

type Painter = (tile: VectorTile, at: TileAddress, canvas: Canvas, painted: Painted) => void

const paintCover: Painter = (tile, at, canvas, { cover }) => {
  for (const { feature, rings } of areasOf(tile, 'cover', at)) {
    const kind = OF_COVER[String(feature.properties['class'])] ?? COVER.open
    paintArea(canvas, rings, (cell) => (cover[cell] = kind))
  }
}

const paintWater: Painter = (tile, at, canvas, { cover, level_m }) => {
  for (const { feature, rings } of areasOf(tile, 'water', at)) {
    const level = Number(feature.properties['level'])
    if (!Number.isFinite(level)) continue
    paintArea(canvas, rings, (cell) => {
      cover[cell] = COVER.still
      level_m[cell] = level
    })
  }
  for (const { feature, lines } of linesOf(tile, 'watercourse', at)) {
    if (feature.properties['class'] !== 'river') continue
    for (const line of lines)
      paintLine(canvas, line, (cell) => {
        if (cover[cell] === COVER.still) cover[cell] = COVER.river
      })
  }
}

/** All water of a river's level that hangs together with its line is the river. */
function spreadRivers({ columns, rows }: Canvas, { cover, level_m }: Painted): void {
  const front: number[] = []
  for (const [cell, kind] of cover.entries()) if (kind === COVER.river) front.push(cell)
  for (let cell = front.pop(); cell !== undefined; cell = front.pop()) {
    const [i, j] = [cell % columns, Math.floor(cell / columns)]
    for (const [x, y] of [
      [i - 1, j],
      [i + 1, j],
      [i, j - 1],
      [i, j + 1],
    ] as const) {
      const other = y * columns + x
      if (x < 0 || y < 0 || x >= columns || y >= rows) continue
      if (cover[other] !== COVER.still || level_m[other] !== level_m[cell]) continue
      cover[other] = COVER.river
      front.push(other)
    }
  }
}

const paintStreets: Painter = (tile, at, canvas, { cover }) => {
  for (const { feature, lines } of linesOf(tile, 'road', at)) {
    if (feature.properties['bridge'] === true || feature.properties['tunnel'] === true) continue
    for (const line of lines)
      paintLine(canvas, line, (cell) => {
        if (cover[cell] !== COVER.still && cover[cell] !== COVER.river) cover[cell] = COVER.street
      })
  }
}

const paintRoofs: Painter = (tile, at, canvas, { cover }) => {
  for (const { rings } of areasOf(tile, 'building', at))
    paintArea(canvas, rings, (cell) => {
      if (cover[cell] !== COVER.street) cover[cell] = COVER.roof
    })
}

type Line = (readonly [number, number])[]

function* areasOf(
  tile: VectorTile,
  layer: string,
  at: TileAddress,
): Generator<{ feature: VectorTileFeature; rings: Line[] }> {
  for (const { feature, lines } of linesOf(tile, layer, at)) {
    if (feature.type !== 3) continue
    yield { feature, rings: lines }
  }
}

function* linesOf(
  tile: VectorTile,
  name: string,
  { z, x, y }: TileAddress,
): Generator<{ feature: VectorTileFeature; lines: Line[] }> {
  const layer = tile.layers[name]
  if (layer === undefined) return
  const scale = 2 ** -z / layer.extent
  for (let k = 0; k < layer.length; k++) {
    const feature = layer.feature(k)
    const lines = feature
      .loadGeometry()
      .map((line) =>
        line.map((point): readonly [number, number] => [
          longitudeAt(x * 2 ** -z + point.x * scale),
          latitudeAt(y * 2 ** -z + point.y * scale),
        ]),
      )
    yield { feature, lines }
  }
}
