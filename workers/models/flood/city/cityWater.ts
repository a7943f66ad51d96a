import { COVER } from './cityGround'
import type { CityGround } from './cityGround'

/** Deeper water would set the time step of the whole city and change nothing in its streets, m. */
const DEEPEST_M = 1

/** Bed and water at rest: rivers are walls behind their banks, lakes stand on a raised bed. */
export function filledWater(ground: CityGround): { bed_m: Float32Array; depth_m: Float32Array } {
  const { height_m, level_m, cover } = ground
  const bed = height_m.slice()
  const depth = new Float32Array(bed.length)
  const banks = new Set([...cellsOfRivers(ground).values()].flat())
  for (let cell = 0; cell < bed.length; cell++) {
    const level = level_m[cell]!
    if (Number.isNaN(level)) continue
    if (cover[cell] === COVER.river && !banks.has(cell)) {
      bed[cell] = Number.NaN
      continue
    }
    bed[cell] = Math.max(bed[cell]!, level - DEEPEST_M)
    depth[cell] = Math.max(0, level - bed[cell]!)
  }
  return { bed_m: bed, depth_m: depth }
}

/** Cells of rivers beside land, by the level that is held there, m. */
export function cellsOfRivers({ columns, rows, cover, level_m }: CityGround): Map<number, number[]> {
  const byLevel = new Map<number, number[]>()
  const isLand = (i: number, j: number): boolean =>
    i >= 0 && j >= 0 && i < columns && j < rows && cover[j * columns + i] !== COVER.river
  for (let j = 0, cell = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++, cell++) {
      if (cover[cell] !== COVER.river || Number.isNaN(level_m[cell]!)) continue
      if (!(isLand(i - 1, j) || isLand(i + 1, j) || isLand(i, j - 1) || isLand(i, j + 1))) continue
      const level = level_m[cell]!
      const cells = byLevel.get(level)
      if (cells === undefined) byLevel.set(level, [cell])
      else cells.push(cell)
    }
  }
  return byLevel
}
