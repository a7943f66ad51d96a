import { SolidPolygonLayer } from '@deck.gl/layers'
import { classOfCode, depthScale } from '@/domain/flood/depthScale'
import { TILE_CELLS } from '@/domain/flood/depthTiles'
import type { FloodResult } from '@/domain/flood/forecast'
import type { FrameTiles } from '@/domain/flood/framePack'
import type { LayerTheme, Rgba } from './layerTheme'
import type { Lift } from './lift'

type Grid = NonNullable<FloodResult['grid']>

/** Water of one moment: its codes, where they lie, and whether the product is out of date. */
export interface FloodPicture {
  readonly tiles: FrameTiles
  readonly grid: Grid
  readonly outdated: boolean
}

/** A run of cells of one class beside each other in a row; columns from, until. */
export interface WaterRun {
  readonly row: number
  readonly from: number
  readonly until: number
  readonly depthClass: number
}

// The water ramp of the design system: deeper is farther from the ground.
const RAMP: Readonly<Record<LayerTheme, readonly Rgba[]>> = {
  dark: [
    [43, 88, 97, 184],
    [59, 129, 142, 201],
    [102, 173, 184, 218],
    [191, 227, 230, 235],
  ],
  light: [
    [169, 211, 217, 184],
    [79, 163, 177, 201],
    [33, 118, 132, 218],
    [12, 85, 99, 235],
  ],
}

/** Over the ground, m: water lies in the street and not in its texture. */
const ABOVE_GROUND = 0.4
/** What is out of date is hatched: of so many cells along a diagonal the first half is drawn. */
const HATCH_CELLS = 4

const scale = depthScale()
const CLASS_OF_CODE = Uint8Array.from({ length: 256 }, (_, code) => classOfCode(scale, code))

/** Cells of a frame as runs, edges as exact as the cells; hatched along diagonals when out of date. */
export function waterRuns({ tiles, grid, outdated }: FloodPicture): WaterRun[] {
  const across = Math.ceil(grid.columns / TILE_CELLS)
  const runs: WaterRun[] = []
  for (const [number, codes] of tiles) {
    const [firstRow, firstColumn] = [Math.floor(number / across) * TILE_CELLS, (number % across) * TILE_CELLS]
    for (let y = 0; y < TILE_CELLS; y++) {
      const line = codes.subarray(y * TILE_CELLS, (y + 1) * TILE_CELLS)
      addRuns(runs, line, { row: firstRow + y, firstColumn, outdated })
    }
  }
  return runs
}

interface Line {
  readonly row: number
  readonly firstColumn: number
  readonly outdated: boolean
}

function addRuns(runs: WaterRun[], codes: Uint8Array, { row, firstColumn, outdated }: Line): void {
  const classAt = (x: number): number => {
    const isGap = outdated && (firstColumn + x + row) % HATCH_CELLS >= HATCH_CELLS / 2
    return x >= codes.length || isGap ? 0 : CLASS_OF_CODE[codes[x]!]!
  }
  for (let x = 0; x < codes.length; ) {
    const depthClass = classAt(x)
    let until = x + 1
    while (until < codes.length && classAt(until) === depthClass) until++
    if (depthClass > 0) runs.push({ row, from: firstColumn + x, until: firstColumn + until, depthClass })
    x = until
  }
}

/** Four flat classes with crisp edges, lying on the ground behind what stands before them. */
export function floodLayer(
  picture: FloodPicture | undefined,
  runs: readonly WaterRun[],
  { theme, lift }: { readonly theme: LayerTheme; readonly lift: Lift },
): SolidPolygonLayer<WaterRun> {
  return new SolidPolygonLayer<WaterRun>({
    id: 'flood',
    data: picture === undefined ? [] : runs,
    _normalize: false,
    positionFormat: 'XYZ',
    getPolygon: (run) => (picture === undefined ? [] : cornersOf(run, picture.grid, lift)),
    getFillColor: ({ depthClass }) => RAMP[theme][depthClass - 1] ?? RAMP[theme][0]!,
    parameters: { depthCompare: 'less-equal', depthWriteEnabled: false },
    updateTriggers: { getPolygon: [lift, picture], getFillColor: theme },
  })
}

/** The ring of a run, flat and closed, clockwise. */
function cornersOf({ row, from, until }: WaterRun, grid: Grid, lift: Lift): number[] {
  const west = grid.west + (from - 0.5) * grid.stepLongitude
  const east = grid.west + (until - 0.5) * grid.stepLongitude
  const south = grid.south + (row - 0.5) * grid.stepLatitude
  const north = south + grid.stepLatitude
  const middle = south + grid.stepLatitude / 2
  const [left, right] = [lift(west, middle) + ABOVE_GROUND, lift(east, middle) + ABOVE_GROUND]
  return [west, south, left, west, north, left, east, north, right, east, south, right, west, south, left]
}
