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
  if (!(column >= -0.5 && row >= -0.5 && column <= raster.columns - 0.5 && row <= raster.rows - 0.5)) return Number.NaN
  const left = Math.max(0, Math.min(raster.columns - 1, Math.floor(column)))
  const top = Math.max(0, Math.min(raster.rows - 1, Math.floor(row)))
  const right = Math.min(raster.columns - 1, left + 1)
  const bottom = Math.min(raster.rows - 1, top + 1)
  const east = Math.min(1, Math.max(0, column - left))
  const south = Math.min(1, Math.max(0, row - top))
  let sum = 0
  let weights = 0
  // Called for every post of the grid: a loop over the four corners, no closure.
  for (let corner = 0; corner < 4; corner++) {
    const isRight = corner % 2 === 1
    const isBottom = corner > 1
    const weight = (isRight ? east : 1 - east) * (isBottom ? south : 1 - south)
    const metres = raster.metres[(isBottom ? bottom : top) * raster.columns + (isRight ? right : left)]!
    if (weight === 0 || Number.isNaN(metres)) continue
    sum += metres * weight
    weights += weight
  }
  return weights === 0 ? Number.NaN : sum / weights
}

/** A position within a millionth of a post is the post: degrees of thirds do not add up exactly. */
function snap(value: number): number {
  const whole = Math.round(value)
  return Math.abs(value - whole) < 1e-6 ? whole : value
}
