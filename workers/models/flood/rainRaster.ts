import type { RainField, RainRaster } from './input'

/** Rain of a cell (row * columns + column), mm/h. */
export function rateByCell(rate: RainField['rate_mmh'], columns: number, rows: number): (cell: number) => number {
  if (typeof rate === 'number') return () => rate
  if (!('rate_mmh' in rate)) return (cell) => rate[cell]!
  const across = (rate.columns - 1) / Math.max(1, columns - 1)
  const up = (rate.rows - 1) / Math.max(1, rows - 1)
  return (cell) => between(rate, (cell % columns) * across, Math.floor(cell / columns) * up)
}

function between({ columns, rows, rate_mmh }: RainRaster, x: number, y: number): number {
  const left = Math.min(columns - 2, Math.floor(x))
  const low = Math.min(rows - 2, Math.floor(y))
  const [east, north] = [x - left, y - low]
  const at = low * columns + left
  const south = rate_mmh[at]! * (1 - east) + rate_mmh[at + 1]! * east
  const above = rate_mmh[at + columns]! * (1 - east) + rate_mmh[at + columns + 1]! * east
  return south * (1 - north) + above * north
}
