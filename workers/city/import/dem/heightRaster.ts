import type { LonLat } from '@/domain/geodesy/coordinateSystem'

/** One height raster as it was read: posts in its own system, row 0 first in the file's `top` direction (north). */
export interface HeightRaster {
  readonly file: string
  /** Position of the first post in the raster's own system: the centre of its first cell. */
  readonly west: number
  readonly north: number
  /** Distance of posts in the raster's own unit, both positive. */
  readonly stepEast: number
  readonly stepNorth: number
  readonly columns: number
  readonly rows: number
  /** Metres; NaN is a void. */
  readonly metres: Float32Array
  /** Own system to degrees and back; undefined where the raster is in degrees. */
  readonly plane?: RasterPlane
}

export interface RasterPlane {
  toDegrees(x: number, y: number): LonLat
  fromDegrees(place: LonLat): readonly [number, number]
}

/** Height between posts, bilinear over those that are known; NaN outside and where all four are void. */
export function heightAt(raster: HeightRaster, longitude: number, latitude: number): number {
  const [x, y] = raster.plane === undefined ? [longitude, latitude] : raster.plane.fromDegrees({ longitude, latitude })
  const column = snap((x - raster.west) / raster.stepEast)
  const row = snap((raster.north - y) / raster.stepNorth)
  // Half a cell beyond the outer posts still belongs to the raster's outer cells.
  if (!(isWithin(column, raster.columns) && isWithin(row, raster.rows))) return Number.NaN
  return blend(raster, clamp(column, raster.columns - 1), clamp(row, raster.rows - 1))
}

const isWithin = (post: number, size: number): boolean => post >= -0.5 && post <= size - 0.5
const clamp = (post: number, last: number): number => Math.max(0, Math.min(last, post))

/** Called for every post of the grid: a loop over the four corners, no closure. */
function blend({ metres, columns, rows }: HeightRaster, column: number, row: number): number {
  const left = Math.floor(column)
  const top = Math.floor(row)
  let sum = 0
  let weights = 0
  for (let corner = 0; corner < 4; corner++) {
    const x = left + (corner % 2)
    const y = top + (corner >> 1)
    const weight = (1 - Math.abs(column - x)) * (1 - Math.abs(row - y))
    if (weight <= 0 || x >= columns || y >= rows) continue
    const value = metres[y * columns + x]!
    if (Number.isNaN(value)) continue
    sum += value * weight
    weights += weight
  }
  return weights === 0 ? Number.NaN : sum / weights
}

/** A position within a millionth of a post is the post: degrees of thirds do not add up exactly. */
function snap(value: number): number {
  const whole = Math.round(value)
  return Math.abs(value - whole) < 1e-6 ? whole : value
}
