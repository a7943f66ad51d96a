import { latitudeAt, longitudeAt, metresPerPixel } from '@/domain/geodesy/webMercator'
import type { TileAddress } from '@/domain/geodesy/webMercator'
import { cubicWeights } from './heightField'
import type { HeightField } from './heightField'
import { encodePng } from './png'

const SIZE = 256
export const TERRAIN_MIN_ZOOM = 10
const TERRAIN_MAX_ZOOM = 14
/** Metres per degree of latitude, near enough to choose a zoom. */
const DEGREE = 111_000

/** The zoom with two pixels to a post or more: a screen that draws straight between pixels keeps the curve of the cubic. */
export function terrainMaxZoom(field: HeightField): number {
  for (let z = TERRAIN_MIN_ZOOM; z < TERRAIN_MAX_ZOOM; z++) if (postsPerPixel(field, z) <= 0.53) return z
  return TERRAIN_MAX_ZOOM
}

function postsPerPixel({ grid }: HeightField, z: number): number {
  const latitude = grid.north - (grid.rows / 2) * grid.stepLatitude
  return metresPerPixel(z, latitude) / (grid.stepLatitude * DEGREE)
}

/** A tile of heights as terrarium PNG, cut from the copy of the grid whose posts are nearest to its pixels. */
export function heightTile(field: HeightField, address: TileAddress): Buffer {
  const level = Math.max(0, Math.round(Math.log2(postsPerPixel(field, address.z))))
  const heights = sampleTile(field, address, level)
  const rgb = new Uint8Array(SIZE * SIZE * 3)
  for (let i = 0; i < heights.length; i++) {
    const value = Math.min(0xff_ff_ff, Math.max(0, Math.round((heights[i]! + 32_768) * 256)))
    rgb[i * 3] = value >> 16
    rgb[i * 3 + 1] = (value >> 8) & 0xff
    rgb[i * 3 + 2] = value & 0xff
  }
  return encodePng(SIZE, SIZE, rgb)
}

interface Taps {
  readonly posts: Int32Array
  readonly weights: Float64Array
}

/** Heights at the pixels' centres: rows first, then columns, since a tile's rows and columns lie along the grid's. */
function sampleTile(field: HeightField, { z, x, y }: TileAddress, level: number): Float64Array {
  const { columns, rows, metres } = field.levels[Math.min(level, field.levels.length - 1)]!
  const share = (i: number, at: number): number => (at + (i + 0.5) / SIZE) * 2 ** -z
  const across = taps((i) => field.columnAt(longitudeAt(share(i, x)), level), columns)
  const down = taps((i) => field.rowAt(latitudeAt(share(i, y)), level), rows)
  const heights = new Float64Array(SIZE * SIZE)
  const held = new Map<number, Float64Array>()
  const rowOf = (row: number): Float64Array => {
    const made = held.get(row) ?? sampleRow(metres.subarray(row * columns, (row + 1) * columns), across)
    held.set(row, made)
    return made
  }
  for (let j = 0; j < SIZE; j++)
    for (let tap = 0; tap < 4; tap++) {
      const line = rowOf(down.posts[j * 4 + tap]!)
      const weight = down.weights[j * 4 + tap]!
      for (let i = 0; i < SIZE; i++) heights[j * SIZE + i]! += weight * line[i]!
    }
  return heights
}

function taps(positionOf: (pixel: number) => number, count: number): Taps {
  const posts = new Int32Array(SIZE * 4)
  const weights = new Float64Array(SIZE * 4)
  for (let i = 0; i < SIZE; i++) {
    const position = positionOf(i)
    const first = Math.floor(position)
    weights.set(cubicWeights(position - first), i * 4)
    for (let tap = 0; tap < 4; tap++) posts[i * 4 + tap] = Math.min(count - 1, Math.max(0, first - 1 + tap))
  }
  return { posts, weights }
}

function sampleRow(row: Float32Array, { posts, weights }: Taps): Float64Array {
  const out = new Float64Array(SIZE)
  for (let i = 0; i < SIZE; i++)
    for (let tap = i * 4; tap < i * 4 + 4; tap++) out[i]! += weights[tap]! * row[posts[tap]!]!
  return out
}
