import type { HeightGrid } from '@/domain/city/cityModel'

interface Level {
  readonly columns: number
  readonly rows: number
  readonly metres: Float32Array
}

/**
 * A height grid without voids, with its halved copies. A void takes the mean of the nearest heights around it, found on
 * the first coarser copy that has one; beyond the edge the edge goes on.
 */
export class HeightField {
  readonly grid: HeightGrid
  readonly levels: readonly Level[]
  /** Posts of the source that had no height. */
  readonly voids: number

  constructor(grid: HeightGrid) {
    const { columns, rows, metres } = grid
    if (columns < 2 || rows < 2 || metres.length !== columns * rows)
      throw new RangeError(`A height grid of ${columns} × ${rows} posts holds ${metres.length} heights.`)
    this.grid = grid
    const levels: Level[] = [{ columns, rows, metres: finite(metres) }]
    for (let last = levels[0]!; last.columns > 1 || last.rows > 1; levels.push(last)) last = halved(last)
    this.voids = countVoids(levels[0]!.metres)
    fillDownwards(levels)
    this.levels = levels
  }

  /** Orthometric metres at degrees by Catmull-Rom over 4 × 4 posts of a copy; 0 is the grid itself. */
  heightAt(longitude: number, latitude: number, level = 0): number {
    const { columns, rows, metres } = this.#level(level)
    const x = this.columnAt(longitude, level)
    const y = this.rowAt(latitude, level)
    const [column, row] = [Math.floor(x), Math.floor(y)]
    const across = cubicWeights(x - column)
    const down = cubicWeights(y - row)
    let height = 0
    for (let j = 0; j < 4; j++) {
      const from = Math.min(rows - 1, Math.max(0, row - 1 + j)) * columns
      let sum = 0
      for (let i = 0; i < 4; i++) sum += across[i]! * metres[from + Math.min(columns - 1, Math.max(0, column - 1 + i))]!
      height += down[j]! * sum
    }
    return height
  }

  /** Fractional column of a longitude on a copy, held inside it. */
  columnAt(longitude: number, level: number): number {
    const at = (longitude - this.grid.west) / this.grid.stepLongitude
    return within((at - (2 ** level - 1) / 2) / 2 ** level, this.#level(level).columns - 1)
  }

  rowAt(latitude: number, level: number): number {
    const at = (this.grid.north - latitude) / this.grid.stepLatitude
    return within((at - (2 ** level - 1) / 2) / 2 ** level, this.#level(level).rows - 1)
  }

  range(): readonly [number, number] {
    let lowest = Infinity
    let highest = -Infinity
    for (const height of this.#level(0).metres) {
      if (height < lowest) lowest = height
      if (height > highest) highest = height
    }
    return [lowest, highest]
  }

  #level(level: number): Level {
    return this.levels[Math.min(level, this.levels.length - 1)]!
  }
}

/** Weights of four neighbours at a share between the middle two. */
export function cubicWeights(t: number): readonly [number, number, number, number] {
  return [
    ((2 - t) * t - 1) * t * 0.5,
    ((3 * t - 5) * t * t + 2) * 0.5,
    ((4 - 3 * t) * t + 1) * t * 0.5,
    (t - 1) * t * t * 0.5,
  ]
}

const within = (value: number, last: number): number => Math.min(last, Math.max(0, value))

function finite(metres: Float32Array): Float32Array {
  return metres.map((height) => (Number.isFinite(height) ? height : NaN))
}

function countVoids(metres: Float32Array): number {
  let voids = 0
  for (const height of metres) if (Number.isNaN(height)) voids++
  return voids
}

/** Half as many posts each way, each the mean of the heights known under it. */
function halved(level: Level): Level {
  const columns = Math.ceil(level.columns / 2)
  const rows = Math.ceil(level.rows / 2)
  const metres = new Float32Array(columns * rows)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      metres[row * columns + column] = meanOfFour(level, column * 2, row * 2)
  return { columns, rows, metres }
}

function meanOfFour({ columns, rows, metres }: Level, column: number, row: number): number {
  let sum = 0
  let known = 0
  for (let j = row; j < Math.min(rows, row + 2); j++)
    for (let i = column; i < Math.min(columns, column + 2); i++) {
      const height = metres[j * columns + i]!
      if (Number.isNaN(height)) continue
      sum += height
      known++
    }
  return known === 0 ? NaN : sum / known
}

function fillDownwards(levels: readonly Level[]): void {
  const top = levels.at(-1)!
  if (Number.isNaN(top.metres[0]!)) top.metres.fill(0)
  for (let at = levels.length - 2; at >= 0; at--) {
    const { columns, metres } = levels[at]!
    const above = levels[at + 1]!
    for (let i = 0; i < metres.length; i++)
      if (Number.isNaN(metres[i]!))
        metres[i] = between(above, (i % columns) / 2 - 0.25, Math.floor(i / columns) / 2 - 0.25)
  }
}

/** Bilinear, so that a filled void has no steps. */
function between({ columns, rows, metres }: Level, x: number, y: number): number {
  const [left, top] = [within(Math.floor(x), columns - 1), within(Math.floor(y), rows - 1)]
  const [right, bottom] = [Math.min(columns - 1, left + 1), Math.min(rows - 1, top + 1)]
  const [across, down] = [within(x - left, 1), within(y - top, 1)]
  const upper = metres[top * columns + left]! * (1 - across) + metres[top * columns + right]! * across
  const lower = metres[bottom * columns + left]! * (1 - across) + metres[bottom * columns + right]! * across
  return upper * (1 - down) + lower * down
}
