import type { Point } from '../curve'
import { HALF_SIZE } from './extent'

const STEP = 40
const SIDE = (2 * HALF_SIZE) / STEP + 1

/** How far every place of the city is from a line, and where along it: kept at 40 m, smooth between. */
export class LineField {
  readonly #away = new Float32Array(SIDE * SIDE)
  /** Position along the line: index of its vertex and the share to the next. */
  readonly #along = new Float32Array(SIDE * SIDE)
  readonly #flat: Float64Array

  constructor(line: readonly Point[]) {
    this.#flat = Float64Array.from(line.flat())
    for (let row = 0; row < SIDE; row++) for (let column = 0; column < SIDE; column++) this.#fill(column, row)
  }

  /** Metres from the line at a place. */
  away(x: number, y: number): number {
    return sample(this.#away, x, y)
  }

  /** Position along the line nearest to a place, in vertices. */
  along(x: number, y: number): number {
    const column = Math.max(0, Math.min(SIDE - 1, Math.round((x + HALF_SIZE) / STEP)))
    const row = Math.max(0, Math.min(SIDE - 1, Math.round((y + HALF_SIZE) / STEP)))
    return this.#along[row * SIDE + column]!
  }

  #fill(column: number, row: number): void {
    const x = column * STEP - HALF_SIZE
    const y = row * STEP - HALF_SIZE
    const line = this.#flat
    let best = Number.POSITIVE_INFINITY
    let at = 0
    for (let i = 0; i < line.length / 2 - 1; i++) {
      const dx = line[2 * i + 2]! - line[2 * i]!
      const dy = line[2 * i + 3]! - line[2 * i + 1]!
      const px = x - line[2 * i]!
      const py = y - line[2 * i + 1]!
      const t = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy || 1)))
      const ox = px - dx * t
      const oy = py - dy * t
      const square = ox * ox + oy * oy
      if (square < best) {
        best = square
        at = i + t
      }
    }
    this.#away[row * SIDE + column] = Math.sqrt(best)
    this.#along[row * SIDE + column] = at
  }
}

function sample(field: Float32Array, x: number, y: number): number {
  const gx = Math.max(0, Math.min(SIDE - 1.001, (x + HALF_SIZE) / STEP))
  const gy = Math.max(0, Math.min(SIDE - 1.001, (y + HALF_SIZE) / STEP))
  const ix = Math.floor(gx)
  const iy = Math.floor(gy)
  const i = iy * SIDE + ix
  const low = field[i]! + (field[i + 1]! - field[i]!) * (gx - ix)
  const high = field[i + SIDE]! + (field[i + SIDE + 1]! - field[i + SIDE]!) * (gx - ix)
  return low + (high - low) * (gy - iy)
}
