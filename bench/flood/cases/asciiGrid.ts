import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** A terrain as an ESRI ASCII grid has it, turned so that row 0 is the southern one. */
export interface AsciiGrid {
  readonly columns: number
  readonly rows: number
  readonly cellSize: number
  /** South-western corner. */
  readonly x0: number
  readonly y0: number
  /** NaN where there is no data. */
  readonly values: Float32Array
}

export function readAsciiGrid(file: string): AsciiGrid {
  const bytes = readFileSync(file)
  const words = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().split(/\s+/)
  const header = new Map<string, number>()
  let at = 0
  while (/^[a-z]/i.test(words[at] ?? '')) {
    header.set(words[at]!.toLowerCase(), Number(words[at + 1]))
    at += 2
  }
  const said = (key: string): number => header.get(key) ?? 0
  const [columns, rows, none] = [said('ncols'), said('nrows'), header.get('nodata_value') ?? -9999]
  const values = new Float32Array(columns * rows)
  for (let j = rows - 1; j >= 0; j--) {
    for (let i = 0; i < columns; i++, at++) {
      const value = Number(words[at])
      values[j * columns + i] = value === none ? Number.NaN : value
    }
  }
  return { columns, rows, cellSize: said('cellsize'), x0: said('xllcorner'), y0: said('yllcorner'), values }
}

/** Cell of a place. */
export function cellAt(grid: AsciiGrid, x: number, y: number): number {
  return Math.floor((y - grid.y0) / grid.cellSize) * grid.columns + Math.floor((x - grid.x0) / grid.cellSize)
}

/** Means of factor x factor cells; a cell with less than half of its parts is no data. */
export function coarsen(grid: AsciiGrid, factor: number): AsciiGrid {
  const columns = Math.floor(grid.columns / factor)
  const rows = Math.floor(grid.rows / factor)
  const values = new Float32Array(columns * rows).fill(Number.NaN)
  for (let cell = 0; cell < values.length; cell++) {
    const first = Math.floor(cell / columns) * factor * grid.columns + (cell % columns) * factor
    let [sum, count] = [0, 0]
    for (let k = 0; k < factor * factor; k++) {
      const z = grid.values[first + Math.floor(k / factor) * grid.columns + (k % factor)]!
      if (Number.isNaN(z)) continue
      sum += z
      count += 1
    }
    if (count * 2 > factor * factor) values[cell] = sum / count
  }
  return { columns, rows, cellSize: grid.cellSize * factor, x0: grid.x0, y0: grid.y0, values }
}
