import type { Metres2 } from './groundLines'

/** Metres from the bank of the engraved lines: still water, not ripples. */
export const WATERLINES = [16, 40, 76, 124] as const

/**
 * Lines inside a ring, parallel to it at `distance` metres. Where two banks come nearer than that, the line breaks off:
 * a point stays only when no part of the ring is closer. The ring is closed and may run either way round.
 */
export function waterline(ring: readonly Metres2[], distance: number): Metres2[][] {
  const dense = densified(ring, distance)
  const inward = signedArea(ring) > 0 ? 1 : -1
  const lines: Metres2[][] = []
  let line: Metres2[] = []
  for (let i = 0; i < dense.length; i++) {
    const point = offset(
      dense[(i + dense.length - 1) % dense.length]!,
      dense[i]!,
      dense[(i + 1) % dense.length]!,
      distance * inward,
    )
    if (distanceTo(dense, point) >= distance * 0.96) line.push(point)
    else if (line.length > 0) line = startAnother(lines, line)
  }
  startAnother(lines, line)
  return lines
}

function startAnother(lines: Metres2[][], line: Metres2[]): Metres2[] {
  if (line.length > 1) lines.push(line)
  return []
}

/** The ring with no gap longer than the distance, so that the parallel keeps its shape. */
function densified(ring: readonly Metres2[], longest: number): Metres2[] {
  const points: Metres2[] = []
  for (let i = 1; i < ring.length; i++) {
    const [from, to] = [ring[i - 1]!, ring[i]!]
    const parts = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / Math.max(longest, 30)))
    for (let k = 0; k < parts; k++)
      points.push([from[0] + ((to[0] - from[0]) * k) / parts, from[1] + ((to[1] - from[1]) * k) / parts])
  }
  return points
}

const signedArea = (ring: readonly Metres2[]): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    return sum + x * nextY - nextX * y
  }, 0) / 2

/** `at` moved to the left of the way from `before` to `after`. */
function offset(before: Metres2, at: Metres2, after: Metres2, distance: number): Metres2 {
  const [dx, dy] = [after[0] - before[0], after[1] - before[1]]
  const length = Math.hypot(dx, dy)
  return length === 0 ? at : [at[0] - (dy / length) * distance, at[1] + (dx / length) * distance]
}

function distanceTo(ring: readonly Metres2[], point: Metres2): number {
  let nearest = Number.POSITIVE_INFINITY
  for (let i = 0; i < ring.length; i++)
    nearest = Math.min(nearest, toSegment(point, ring[i]!, ring[(i + 1) % ring.length]!))
  return nearest
}

function toSegment([x, y]: Metres2, from: Metres2, to: Metres2): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const square = dx * dx + dy * dy
  const along = square === 0 ? 0 : Math.max(0, Math.min(1, ((x - from[0]) * dx + (y - from[1]) * dy) / square))
  return Math.hypot(x - from[0] - along * dx, y - from[1] - along * dy)
}
