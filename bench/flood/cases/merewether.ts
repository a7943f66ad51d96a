import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Scheme } from '@/workers/models/flood/engine'
import type { FloodInput } from '@/workers/models/flood/input'
import type { FloodRun } from '@/workers/models/flood/floodRun'
import { cellAt, readAsciiGrid } from './asciiGrid'
import type { AsciiGrid } from './asciiGrid'

const FOLDER = 'flood-merewether-2007'
/** Not in the reference set-up: one house, and two that are one block with a shared wall. */
const LEFT_OUT = new Set(['house030.csv', 'house032.csv', 'house033.csv'])
const HOUSE_M = 3
const INFLOW = { x: 382_265, y: 6_354_280, radius: 10, m3s: 19.7 }
const SECONDS = 1000

type Polygon = readonly (readonly [number, number])[]

export interface MerewetherPoint {
  readonly id: string
  readonly cell: number
  /** Field level of the final report, and TUFLOW's, m. */
  readonly observed: number
  readonly tuflow: number
}

/** Newcastle, New South Wales, June 2007: 1 m terrain with houses, constant inflow to a steady state, free outflow east and north. */
export function merewether(
  data: string,
  scheme: Partial<Scheme> = {},
): { input: FloodInput; points: readonly MerewetherPoint[] } {
  const folder = join(data, FOLDER)
  const grid = readAsciiGrid(join(folder, 'topography1.asc.gz'))
  const roughness = new Float32Array(grid.values.length).fill(0.04)
  const bed = grid.values.slice()
  for (const cell of inside(grid, readPolygon(join(folder, 'Road', 'RoadPolygon.csv')))) roughness[cell] = 0.02
  const houses = readdirSync(join(folder, 'houses')).filter((name) => !LEFT_OUT.has(name))
  const built = new Set(houses.flatMap((name) => inside(grid, readPolygon(join(folder, 'houses', name)))))
  for (const cell of built) bed[cell]! += HOUSE_M
  const { columns, rows, cellSize } = grid
  const wide = withOutflow(grid, bed, roughness)
  const moved = (cell: number): number => Math.floor(cell / columns) * (columns + 1) + (cell % columns)
  const input: FloodInput = {
    columns: columns + 1,
    rows: rows + 1,
    cellSize_m: cellSize,
    bed_m: wide.bed,
    manning: wide.roughness,
    interval_s: 5,
    scheme: { dtMax: 1, ...scheme },
    structures: [
      { kind: 'inflow', id: 'upstream', cells: around(grid).map(moved), flow_m3s: [[0, INFLOW.m3s]] },
      { kind: 'freeOutflow', id: 'east and north', cells: wide.outflow },
    ],
  }
  const points = readPoints(join(folder, 'Observations', 'ObservationPoints.csv')).map(
    ([x, y, id, , final, tuflow]) => ({
      id: String(id),
      cell: moved(cellAt(grid, x!, y!)),
      observed: final!,
      tuflow: tuflow!,
    }),
  )
  return { input, points }
}

/** Runs to the steady state; levels in m and the error against field and TUFLOW. */
export function runMerewether(
  run: FloodRun,
  points: readonly MerewetherPoint[],
): { levels: number[]; rmseObserved: number; rmseTuflow: number; massError: bigint } {
  run.advance(SECONDS)
  const levels = points.map(({ cell }) => run.levelAt(cell) ?? Number.NaN)
  const rmse = (of: (point: MerewetherPoint) => number): number =>
    Math.sqrt(points.reduce((sum, point, k) => sum + (levels[k]! - of(point)) ** 2, 0) / points.length)
  return {
    levels,
    rmseObserved: rmse(({ observed }) => observed),
    rmseTuflow: rmse(({ tuflow }) => tuflow),
    massError: run.massError(),
  }
}

/** One more column in the east and row in the north, 2 cm lower: what reaches them has left. */
function withOutflow(
  grid: AsciiGrid,
  bed: Float32Array,
  roughness: Float32Array,
): { bed: Float32Array; roughness: Float32Array; outflow: number[] } {
  const [columns, rows] = [grid.columns + 1, grid.rows + 1]
  const wide = new Float32Array(columns * rows)
  const rough = new Float32Array(columns * rows)
  const outflow: number[] = []
  for (let cell = 0; cell < wide.length; cell++) {
    const [i, j] = [cell % columns, Math.floor(cell / columns)]
    const isRim = i === grid.columns || j === grid.rows
    const from = Math.min(j, grid.rows - 1) * grid.columns + Math.min(i, grid.columns - 1)
    const isCorner = i === grid.columns && j === grid.rows
    wide[cell] = isCorner ? Number.NaN : bed[from]! - (isRim ? 0.02 : 0)
    rough[cell] = roughness[from]!
    if (isRim && !Number.isNaN(wide[cell])) outflow.push(cell)
  }
  return { bed: wide, roughness: rough, outflow }
}

function around(grid: AsciiGrid): number[] {
  const { x, y, radius } = INFLOW
  return [...grid.values.keys()].filter((cell) => {
    const [cx, cy] = centre(grid, cell)
    return Math.hypot(cx - x, cy - y) <= radius && !Number.isNaN(grid.values[cell])
  })
}

const centre = ({ columns, cellSize, x0, y0 }: AsciiGrid, cell: number): [number, number] => [
  x0 + ((cell % columns) + 0.5) * cellSize,
  y0 + (Math.floor(cell / columns) + 0.5) * cellSize,
]

/** Cells whose centre is inside, by the crossing rule. */
function inside(grid: AsciiGrid, polygon: Polygon): number[] {
  const [xs, ys] = [polygon.map(([x]) => x), polygon.map(([, y]) => y)]
  const cells: number[] = []
  const index = (value: number, origin: number): number => Math.floor((value - origin) / grid.cellSize)
  for (let j = index(Math.min(...ys), grid.y0); j <= index(Math.max(...ys), grid.y0); j++) {
    for (let i = index(Math.min(...xs), grid.x0); i <= index(Math.max(...xs), grid.x0); i++) {
      if (i < 0 || j < 0 || i >= grid.columns || j >= grid.rows) continue
      const cell = j * grid.columns + i
      if (isInside(centre(grid, cell), polygon)) cells.push(cell)
    }
  }
  return cells
}

function isInside([x, y]: readonly [number, number], polygon: Polygon): boolean {
  let odd = false
  for (const [k, [ax, ay]] of polygon.entries()) {
    const [bx, by] = polygon[(k + 1) % polygon.length]!
    if (ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay)) odd = !odd
  }
  return odd
}

const readPoints = (file: string): number[][] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.split(',').map(Number))
    .filter((point) => point.length >= 2 && point.every((value) => Number.isFinite(value)))

const readPolygon = (file: string): Polygon => readPoints(file).map(([x, y]) => [x!, y!] as const)
