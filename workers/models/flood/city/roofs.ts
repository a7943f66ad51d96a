import { COVER } from './cityGround'
import type { CityGround } from './cityGround'

/** Roof cells with at least two roof neighbours: a single cell is a house that water passes beside. */
export function raisedRoofs({ columns, rows, cover }: CityGround): number[] {
  const raised: number[] = []
  const isRoof = (i: number, j: number): boolean =>
    i >= 0 && j >= 0 && i < columns && j < rows && cover[j * columns + i] === COVER.roof
  for (let j = 0, cell = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++, cell++) {
      if (cover[cell] !== COVER.roof) continue
      const beside = [isRoof(i - 1, j), isRoof(i + 1, j), isRoof(i, j - 1), isRoof(i, j + 1)]
      if (beside.filter(Boolean).length >= 2) raised.push(cell)
    }
  }
  return raised
}

/** Rain on a raised roof runs off on the nearest cell that is none, by rings outward; ties by the order of cells. */
export function roofRunOff(
  { columns, rows }: CityGround,
  raised: readonly number[],
): { from: Int32Array; to: Int32Array } {
  const to = new Int32Array(columns * rows).fill(-1)
  const isRaised = new Uint8Array(columns * rows)
  for (const cell of raised) isRaised[cell] = 1
  let front = raised.filter((cell) => {
    const open = besides(cell, columns, rows).find((other) => isRaised[other] === 0)
    if (open !== undefined) to[cell] = open
    return open !== undefined
  })
  while (front.length > 0) {
    const next: number[] = []
    const lead = (cell: number, other: number): void => {
      if (isRaised[other] === 0 || to[other] !== -1) return
      to[other] = to[cell]!
      next.push(other)
    }
    for (const cell of front) for (const other of besides(cell, columns, rows)) lead(cell, other)
    front = next
  }
  const led = raised.filter((cell) => to[cell] !== -1)
  return { from: Int32Array.from(led), to: Int32Array.from(led, (cell) => to[cell]!) }
}

function besides(cell: number, columns: number, rows: number): number[] {
  const [i, j] = [cell % columns, Math.floor(cell / columns)]
  const cells: number[] = []
  if (i > 0) cells.push(cell - 1)
  if (i + 1 < columns) cells.push(cell + 1)
  if (j > 0) cells.push(cell - columns)
  if (j + 1 < rows) cells.push(cell + columns)
  return cells
}
