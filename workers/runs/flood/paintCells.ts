import type { GridPlace } from '@/workers/models/flood/city/cityGround'

/** A grid to paint on; row 0 in the south. */
export interface Canvas {
  readonly columns: number
  readonly rows: number
  readonly place: GridPlace
}

type Ring = readonly (readonly [number, number])[]

/** Degrees to fractional columns and rows. */
const inCells = ({ place }: Canvas, [longitude, latitude]: readonly [number, number]): readonly [number, number] => [
  (longitude - place.west) / place.stepLongitude,
  (latitude - place.south) / place.stepLatitude,
]

/** Calls `paint` for each cell whose centre is inside the rings, by the odd-even rule. Degrees. */
export function paintArea(canvas: Canvas, rings: readonly Ring[], paint: (cell: number) => void): void {
  const edges = rings.map((ring) => ring.map((point) => inCells(canvas, point)))
  const ys = edges.flat().map(([, y]) => y)
  const first = Math.max(0, Math.ceil(Math.min(...ys)))
  const last = Math.min(canvas.rows - 1, Math.floor(Math.max(...ys)))
  for (let row = first; row <= last; row++) {
    const crossings = crossingsOf(edges, row)
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.ceil(crossings[k]!))
      const until = Math.min(canvas.columns - 1, Math.floor(crossings[k + 1]!))
      for (let column = from; column <= until; column++) paint(row * canvas.columns + column)
    }
  }
}

function crossingsOf(rings: readonly Ring[], y: number): number[] {
  const crossings: number[] = []
  for (const ring of rings) {
    for (let k = 0; k < ring.length; k++) {
      const [ax, ay] = ring[k]!
      const [bx, by] = ring[(k + 1) % ring.length]!
      if (ay > y !== by > y) crossings.push(ax + ((bx - ax) * (y - ay)) / (by - ay))
    }
  }
  return crossings.sort((a, b) => a - b)
}

/** Calls `paint` for each cell that a line passes, in its order, each run of one cell once. Degrees. */
export function paintLine(canvas: Canvas, line: Ring, paint: (cell: number) => void): void {
  let last = -1
  for (let k = 0; k + 1 < line.length; k++) {
    const [ax, ay] = inCells(canvas, line[k]!)
    const [bx, by] = inCells(canvas, line[k + 1]!)
    const steps = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) * 2))
    for (let step = 0; step <= steps; step++) {
      const column = Math.round(ax + ((bx - ax) * step) / steps)
      const row = Math.round(ay + ((by - ay) * step) / steps)
      if (column < 0 || row < 0 || column >= canvas.columns || row >= canvas.rows) continue
      const cell = row * canvas.columns + column
      if (cell !== last) paint(cell)
      last = cell
    }
  }
}
