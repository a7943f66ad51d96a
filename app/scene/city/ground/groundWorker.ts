import { VectorTile } from '@mapbox/vector-tile'
import Pbf from 'pbf'
import type { TileAddress } from '@/domain/geodesy/webMercator'
import { metresPerPixel, tileBounds } from '@/domain/geodesy/webMercator'
import type { TileWindow } from '../mercatorTile'
import { ancestorOf, tileName, windowIn } from '../mercatorTile'
import { bridgeLines } from '../bridges/bridgeLines'
import { buildBridges } from '../bridges/buildBridges'
import type { BridgeTile } from '../bridges/buildBridges'
import { distanceField } from './distanceField'
import type {
  BridgesAnswer,
  BridgesQuestion,
  GroundAnswer,
  GroundName,
  GroundQuestion,
  GroundRefusal,
  GroundSource,
  ShoreAnswer,
  ShoreQuestion,
} from './groundAnswer'
import { PICTURE_SIZE, POSTS, SHORE_SIZE, SHORE_STEP } from './groundAnswer'
import type { Canvas, GroundPicture } from './paintGround'
import { paintGround, paintWater, standingBridges } from './paintGround'

type Question = GroundQuestion | ShoreQuestion | BridgesQuestion

/** Reads and paints tiles of ground beside the thread that draws. */
interface Thread {
  onmessage: ((event: MessageEvent<Question>) => void) | null
  postMessage(message: unknown, transfer: readonly Transferable[]): void
}
const thread = self as unknown as Thread

/** Px of the margin around the distance field: the widest engraved line reaches over a tile's border. */
const SHORE_MARGIN = 24
/** Files kept for the neighbours and children that ask for them next. */
const KEPT_FILES = 48

thread.onmessage = ({ data }) => {
  answer(data).then(
    ([message, transfer]) => thread.postMessage(message, transfer),
    (cause: unknown) => thread.postMessage({ id: data.id, refused: String(cause) } satisfies GroundRefusal, []),
  )
}

function answer(question: Question): Promise<[unknown, Transferable[]]> {
  if ('bridges' in question) return bridges(question)
  return 'shore' in question ? shore(question) : ground(question)
}

async function ground({ id, tile, source, theme }: GroundQuestion): Promise<[GroundAnswer, Transferable[]]> {
  const [heights, [vector, window]] = await Promise.all([
    heightsOf(tile, source.terrain),
    vectorOf(tile, source.vector),
  ])
  const picture: GroundPicture = { window, size: PICTURE_SIZE, margin: 0, metresPerPixel: scaleOf(tile, PICTURE_SIZE) }
  const colors = canvasOf(PICTURE_SIZE)
  const standing = standingBridges(source.bridgeZoom)
  paintGround(colors, vector, picture, { ...theme, standing })
  const mask = canvasOf(PICTURE_SIZE)
  paintWater(mask, vector, picture, standing)
  const water = redOf(mask)
  const bitmap = colors.canvas.transferToImageBitmap()
  const names = namesIn(vector, tile, ancestorOf(tile, source.vector.maxZoom))
  return [{ id, heights, picture: bitmap, water, names }, [heights.buffer, bitmap, water.buffer]]
}

/** Names of the vector tile that stand on this part of it. */
function namesIn(vector: VectorTile, tile: TileAddress, ancestor: TileAddress): GroundName[] {
  const layer = vector.layers['label']
  const [west, south, east, north] = tileBounds(tile)
  return Array.from({ length: layer?.length ?? 0 }, (_, i) => layer!.feature(i)).flatMap((feature) => {
    const { geometry, properties } = feature.toGeoJSON(ancestor.x, ancestor.y, ancestor.z)
    if (geometry.type !== 'Point' || properties === null) return []
    const [longitude = 0, latitude = 0] = geometry.coordinates
    if (longitude < west || longitude >= east || latitude < south || latitude >= north) return []
    const { kind, nameZh, nameEn, rank } = properties
    return [{ kind: String(kind), zh: String(nameZh), en: String(nameEn), longitude, latitude, rank: Number(rank) }]
  })
}

async function shore({ id, shore: tile, source }: ShoreQuestion): Promise<[ShoreAnswer, Transferable[]]> {
  const [vector, window] = await vectorOf(tile, source.vector)
  const metres = scaleOf(tile, SHORE_SIZE)
  const side = SHORE_SIZE + 2 * SHORE_MARGIN
  const mask = canvasOf(side)
  const picture: GroundPicture = { window, size: SHORE_SIZE, margin: SHORE_MARGIN, metresPerPixel: metres }
  paintWater(mask, vector, picture, standingBridges(source.bridgeZoom))
  const field = distanceField(redOf(mask), side, side)
  const distance = new Uint8Array(SHORE_SIZE * SHORE_SIZE)
  for (let y = 0; y < SHORE_SIZE; y++)
    for (let x = 0; x < SHORE_SIZE; x++) {
      const pixels = field[(y + SHORE_MARGIN) * side + x + SHORE_MARGIN]!
      distance[y * SHORE_SIZE + x] = Math.max(0, Math.min(255, 128 + (pixels * metres) / SHORE_STEP))
    }
  return [{ id, distance }, [distance.buffer]]
}

/** One tile after the other: a city's bridges come after the ground that is looked at. */
async function bridges({
  id,
  bridges: asked,
  base,
  source,
}: BridgesQuestion): Promise<[BridgesAnswer, Transferable[]]> {
  const tiles: BridgeTile[] = []
  for (const { tile, square } of asked) {
    const [vector] = await vectorOf(tile, source.vector)
    const lines = bridgeLines(vector)
    if (lines.length > 0) tiles.push({ square, lines, groundAt: await groundUnder(tile, source.terrain) })
  }
  const mesh = buildBridges(tiles, base)
  return [{ id, ...mesh }, [mesh.position.buffer, mesh.normal.buffer]]
}

/** Heights of a tile's ground from the finest terrain below it, by place in the tile. */
async function groundUnder(tile: TileAddress, terrain: GroundSource['terrain']): Promise<BridgeTile['groundAt']> {
  const finer = Math.max(0, Math.min(2, terrain.maxZoom - tile.z))
  const side = 2 ** finer
  const parts = await Promise.all(
    Array.from({ length: side * side }, (_, i) =>
      heightsOf({ z: tile.z + finer, x: tile.x * side + (i % side), y: tile.y * side + Math.floor(i / side) }, terrain),
    ),
  )
  const last = side * POSTS
  return (x, y) => {
    const [column, row] = [Math.min(last - 1, Math.floor(x * last)), Math.min(last - 1, Math.floor(y * last))]
    const part = parts[Math.floor(row / POSTS) * side + Math.floor(column / POSTS)]!
    const at = (dx: number, dy: number): number => part[((row % POSTS) + dy) * (POSTS + 1) + (column % POSTS) + dx]!
    const [u, v] = [x * last - column, y * last - row]
    return (at(0, 0) * (1 - u) + at(1, 0) * u) * (1 - v) + (at(0, 1) * (1 - u) + at(1, 1) * u) * v
  }
}

const scaleOf = (tile: TileAddress, size: number): number => {
  const [, south, , north] = tileBounds(tile)
  return metresPerPixel(tile.z, (south + north) / 2) * (256 / size)
}

function canvasOf(size: number): Canvas {
  const canvas = new OffscreenCanvas(size, size).getContext('2d', { alpha: false, willReadFrequently: true })
  if (canvas === null) throw new Error('This browser paints no offscreen canvas.')
  return canvas
}

function redOf(canvas: Canvas): Uint8Array<ArrayBuffer> {
  const { data, width, height } = canvas.getImageData(0, 0, canvas.canvas.width, canvas.canvas.height)
  const red = new Uint8Array(width * height)
  for (let i = 0; i < red.length; i++) red[i] = data[i * 4]!
  return red
}

const files = new Map<string, Promise<ArrayBuffer>>()

/** A file of the package; an absent tile is an empty one. */
function fileOf(path: string, tile: TileAddress): Promise<ArrayBuffer> {
  const url = path.replace('{z}', String(tile.z)).replace('{x}', String(tile.x)).replace('{y}', String(tile.y))
  const kept = files.get(url)
  if (kept !== undefined) return kept
  const fetched = load(url)
  files.set(url, fetched)
  fetched.catch(() => files.delete(url))
  const oldest = files.keys().next().value
  if (files.size > KEPT_FILES && oldest !== undefined) files.delete(oldest)
  return fetched
}

async function load(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url)
  if (response.status === 404) return new ArrayBuffer(0)
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return response.arrayBuffer()
}

async function vectorOf(
  tile: TileAddress,
  { path, maxZoom }: GroundQuestion['source']['vector'],
): Promise<[VectorTile, TileWindow]> {
  const ancestor = ancestorOf(tile, maxZoom)
  const bytes = await fileOf(path, ancestor)
  return [new VectorTile(new Pbf(new Uint8Array(bytes))), windowIn(tile, ancestor)]
}

const rasters = new Map<string, Promise<ImageData | undefined>>()

async function heightsOf(
  tile: TileAddress,
  { path, maxZoom }: GroundQuestion['source']['terrain'],
): Promise<Float32Array<ArrayBuffer>> {
  const ancestor = ancestorOf(tile, maxZoom)
  const name = tileName(ancestor)
  const decoded = rasters.get(name) ?? fileOf(path, ancestor).then(pixelsOf)
  rasters.set(name, decoded)
  decoded.catch(() => rasters.delete(name))
  const oldest = rasters.keys().next().value
  if (rasters.size > KEPT_FILES && oldest !== undefined) rasters.delete(oldest)
  const raster = await decoded
  const heights = new Float32Array((POSTS + 1) * (POSTS + 1))
  if (raster === undefined) return heights
  const window = windowIn(tile, ancestor)
  for (let row = 0; row <= POSTS; row++)
    for (let column = 0; column <= POSTS; column++) {
      const x = (window.x + (column / POSTS) * window.size) * raster.width - 0.5
      const y = (window.y + (row / POSTS) * window.size) * raster.height - 0.5
      heights[row * (POSTS + 1) + column] = heightAt(raster, x, y)
    }
  return heights
}

async function pixelsOf(bytes: ArrayBuffer): Promise<ImageData | undefined> {
  if (bytes.byteLength === 0) return undefined
  const image = await createImageBitmap(new Blob([bytes]), { colorSpaceConversion: 'none', premultiplyAlpha: 'none' })
  const canvas = canvasOf(image.width)
  canvas.drawImage(image, 0, 0)
  image.close()
  return canvas.getImageData(0, 0, canvas.canvas.width, canvas.canvas.height)
}

/** Between the four posts around a place; terrarium: R·256 + G + B/256 − 32768. */
function heightAt({ data, width, height }: ImageData, x: number, y: number): number {
  const post = (column: number, row: number): number => {
    const at = 4 * (Math.min(height - 1, Math.max(0, row)) * width + Math.min(width - 1, Math.max(0, column)))
    return data[at]! * 256 + data[at + 1]! + data[at + 2]! / 256 - 32_768
  }
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const [u, v] = [x - left, y - top]
  const north = post(left, top) * (1 - u) + post(left + 1, top) * u
  const south = post(left, top + 1) * (1 - u) + post(left + 1, top + 1) * u
  return north * (1 - v) + south * v
}
