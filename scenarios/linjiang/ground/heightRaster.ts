import type { Point } from '../curve'
import { HALF_SIZE, POSTING, POSTS } from './extent'

/** Ground heights every 10 m, orthometric metres; rows from the south, columns from the west. */
export class HeightRaster {
  readonly metres = new Float32Array(POSTS * POSTS)

  /** Between the posts by their four neighbours; outside as at the edge. */
  at(x: number, y: number): number {
    const gx = Math.max(0, Math.min(POSTS - 1.001, (x + HALF_SIZE) / POSTING))
    const gy = Math.max(0, Math.min(POSTS - 1.001, (y + HALF_SIZE) / POSTING))
    const ix = Math.floor(gx)
    const iy = Math.floor(gy)
    const i = iy * POSTS + ix
    const low = this.metres[i]! + (this.metres[i + 1]! - this.metres[i]!) * (gx - ix)
    const high = this.metres[i + POSTS]! + (this.metres[i + POSTS + 1]! - this.metres[i + POSTS]!) * (gx - ix)
    return low + (high - low) * (gy - iy)
  }

  /** Gives every post within `reach` metres of a line a new height from its old one, its distance and how far along it is. */
  shape(line: readonly Point[], reach: number, height: (old: number, away: number, along: number) => number): void {
    const done = new Map<number, { away: number; along: number }>()
    let before = 0
    for (let i = 0; i + 1 < line.length; i++) {
      const [a, b] = [line[i]!, line[i + 1]!]
      this.#near(a, b, reach, (index, away, share) => {
        const known = done.get(index)
        if (known === undefined || away < known.away) done.set(index, { away, along: before + share })
      })
      before += Math.hypot(b[0] - a[0], b[1] - a[1])
    }
    for (const [index, { away, along }] of done) this.metres[index] = height(this.metres[index]!, away, along)
  }

  #near(a: Point, b: Point, reach: number, visit: (index: number, away: number, metres: number) => void): void {
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
    const length = Math.hypot(dx, dy) || 1
    const post = (value: number): number => Math.max(0, Math.min(POSTS - 1, Math.round((value + HALF_SIZE) / POSTING)))
    for (let row = post(Math.min(a[1], b[1]) - reach); row <= post(Math.max(a[1], b[1]) + reach); row++) {
      for (let column = post(Math.min(a[0], b[0]) - reach); column <= post(Math.max(a[0], b[0]) + reach); column++) {
        const px = column * POSTING - HALF_SIZE - a[0]
        const py = row * POSTING - HALF_SIZE - a[1]
        const along = Math.max(0, Math.min(length, (px * dx + py * dy) / length))
        const away = Math.hypot(px - (dx / length) * along, py - (dy / length) * along)
        if (away <= reach) visit(row * POSTS + column, away, along)
      }
    }
  }
}
