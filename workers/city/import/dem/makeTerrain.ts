import type { HeightGrid } from '@/domain/city/cityModel'
import type { Bounds } from '../cityDraft'
import { SourceRefused } from '../refused'
import type { Tally } from '../tally'
import { fillVoids } from './fillVoids'
import { heightAt } from './heightRaster'
import type { HeightRaster } from './heightRaster'

/** Terrain reaches this far beyond the city, degrees, so that the edge of the wall is not the edge of the world. */
const MARGIN = 0.01
const MOST_POSTS = 25_000_000
const METRES_PER_DEGREE = 111_195
/** 10 arc seconds, about 300 m. */
const FLAT_STEP = 1 / 360
const FINEST_STEP = 1 / 36_000

/** Makes the package's height grid from rasters; the first one that knows a post gives it. `lift` metres are added. */
export function makeTerrain(
  rasters: readonly HeightRaster[],
  bounds: Bounds,
  { lift, tally }: { lift: number; tally: Tally },
): HeightGrid {
  const first = rasters[0]
  if (first === undefined) throw new RangeError('There is no height raster.')
  const grid = emptyGrid(bounds, first)
  const { metres, columns } = grid
  for (let row = 0; row < grid.rows; row++) {
    const latitude = grid.north - row * grid.stepLatitude
    for (let column = 0; column < columns; column++) {
      const longitude = grid.west + column * grid.stepLongitude
      metres[row * columns + column] = firstKnown(rasters, longitude, latitude) + lift
    }
  }
  const filled = fillVoids(metres, columns)
  if (filled < 0) throw new SourceRefused(first.file, 'knows no height within the city.')
  tally.taken('dem', 'height posts', metres.length - filled)
  tally.refused('dem', 'height posts', 'void or outside, filled from its neighbours', filled)
  return grid
}

/** A plane at a stated height, for a city whose terrain is not given. */
export function flatTerrain(bounds: Bounds, height: number): HeightGrid {
  const grid = gridOver(bounds, { west: bounds.west, north: bounds.north, east: FLAT_STEP, south: FLAT_STEP })
  grid.metres.fill(height)
  return grid
}

function firstKnown(rasters: readonly HeightRaster[], longitude: number, latitude: number): number {
  for (const raster of rasters) {
    const metres = heightAt(raster, longitude, latitude)
    if (!Number.isNaN(metres)) return metres
  }
  return Number.NaN
}

/** A grid with the posts of the first raster where that is in degrees, else of its size of cell. */
function emptyGrid(bounds: Bounds, raster: HeightRaster): HeightGrid {
  if (raster.plane === undefined)
    return gridOver(bounds, { west: raster.west, north: raster.north, east: raster.stepEast, south: raster.stepNorth })
  const middle = ((bounds.south + bounds.north) / 2) * (Math.PI / 180)
  const south = raster.stepNorth / METRES_PER_DEGREE
  const east = raster.stepEast / (METRES_PER_DEGREE * Math.cos(middle))
  return gridOver(bounds, { west: bounds.west, north: bounds.north, east, south })
}

interface Posts {
  readonly west: number
  readonly north: number
  readonly east: number
  readonly south: number
}

function gridOver(bounds: Bounds, posts: Posts): HeightGrid {
  let [east, south] = [Math.max(FINEST_STEP, posts.east), Math.max(FINEST_STEP, posts.south)]
  const width = bounds.east - bounds.west + 2 * MARGIN
  const height = bounds.north - bounds.south + 2 * MARGIN
  const tooMany = Math.ceil(Math.sqrt(((width / east) * (height / south)) / MOST_POSTS))
  if (tooMany > 1) [east, south] = [east * tooMany, south * tooMany]
  const west = posts.west + Math.floor((bounds.west - MARGIN - posts.west) / east) * east
  const north = posts.north - Math.floor((posts.north - bounds.north - MARGIN) / south) * south
  const columns = Math.ceil(width / east) + 2
  const rows = Math.ceil(height / south) + 2
  return {
    west,
    north,
    stepLongitude: east,
    stepLatitude: south,
    columns,
    rows,
    metres: new Float32Array(columns * rows),
  }
}
