import type { Point } from '../curve'
import { HALF_SIZE } from '../ground/extent'

/** A line that is laid into the plan; `tag` comes back on every edge it becomes. */
export interface PlanLine<T> {
  readonly line: readonly Point[]
  readonly tag: T
}

export interface ArrangedEdge<T> {
  readonly from: number
  readonly to: number
  readonly tag: T
}

/** Lines that met each other: nodes where they cross or touch, and the pieces between. */
export interface Arrangement<T> {
  readonly x: number[]
  readonly y: number[]
  readonly edges: ArrangedEdge<T>[]
}

const SNAP = 7
const REACH = 45
const CELL = 160

interface Segment<T> {
  readonly a: Point
  readonly b: Point
  readonly tag: T
  readonly line: number
  readonly cuts: number[]
}

/**
 * Lays lines over each other. Nodes nearer than 7 m become one; an end within 45 m of another line is led onto it;
 * pieces outside the city fall away; of two equal pieces the first line's stays.
 */
export function arrange<T>(lines: readonly PlanLine<T>[]): Arrangement<T> {
  const segments: Segment<T>[] = lines.flatMap(({ line, tag }, number) =>
    line.slice(1).map((b, i) => ({ a: line[i]!, b, tag, line: number, cuts: [] as number[] })),
  )
  const grid = new SegmentGrid(segments)
  const leads = lines.flatMap(({ line, tag }, number) =>
    leadEnds(line, grid, number).map((lead) => ({ ...lead, tag, line: number, cuts: [] as number[] })),
  )
  const all = [...segments, ...leads]
  const whole = leads.length === 0 ? grid : new SegmentGrid(all)
  for (let i = 0; i < all.length; i++) whole.near(all[i]!, (j) => j > i && meet(all[i]!, all[j]!))
  return joined(all)
}

/** Short pieces from the ends of an open line to the nearest other line. */
function leadEnds<T>(line: readonly Point[], grid: SegmentGrid<T>, number: number): { a: Point; b: Point }[] {
  const [first, last] = [line[0]!, line[line.length - 1]!]
  if (Math.hypot(first[0] - last[0], first[1] - last[1]) < 1) return []
  return [first, last].flatMap((end) => {
    const foot = grid.foot(end, number)
    return foot === undefined || foot.metres < 0.5 ? [] : [{ a: end, b: foot.at }]
  })
}

function meet<T>(s: Segment<T>, t: Segment<T>): void {
  const [dx, dy] = [s.b[0] - s.a[0], s.b[1] - s.a[1]]
  const [ex, ey] = [t.b[0] - t.a[0], t.b[1] - t.a[1]]
  const cross = dx * ey - dy * ex
  if (Math.abs(cross) < 1e-9) return
  const [ox, oy] = [t.a[0] - s.a[0], t.a[1] - s.a[1]]
  const u = (ox * ey - oy * ex) / cross
  const v = (ox * dy - oy * dx) / cross
  const [slackS, slackT] = [2 / Math.hypot(dx, dy), 2 / Math.hypot(ex, ey)]
  if (u < -slackS || u > 1 + slackS || v < -slackT || v > 1 + slackT) return
  s.cuts.push(u)
  t.cuts.push(v)
}

function joined<T>(segments: readonly Segment<T>[]): Arrangement<T> {
  const nodes = new NodeSet()
  const seen = new Set<number>()
  const edges: ArrangedEdge<T>[] = []
  for (const { a, b, tag, cuts } of segments) {
    const stops = [0, 1, ...cuts.map((cut) => Math.max(0, Math.min(1, cut)))].sort((p, q) => p - q)
    let before = -1
    for (const stop of stops) {
      const node = nodes.at(a[0] + (b[0] - a[0]) * stop, a[1] + (b[1] - a[1]) * stop)
      if (node === before) continue
      const key = Math.min(node, before) * 16_777_216 + Math.max(node, before)
      if (before >= 0 && !seen.has(key) && inCity(nodes, node, before)) {
        seen.add(key)
        edges.push({ from: before, to: node, tag })
      }
      before = node
    }
  }
  return { x: nodes.x, y: nodes.y, edges }
}

const inCity = (nodes: NodeSet, a: number, b: number): boolean =>
  Math.max(Math.abs(nodes.x[a]! + nodes.x[b]!), Math.abs(nodes.y[a]! + nodes.y[b]!)) / 2 < HALF_SIZE + 1

class NodeSet {
  readonly x: number[] = []
  readonly y: number[] = []
  readonly #cells = new Map<number, number[]>()

  at(x: number, y: number): number {
    const [cx, cy] = [Math.floor(x / SNAP), Math.floor(y / SNAP)]
    let [best, metres] = [-1, SNAP]
    for (let cell = 0; cell < 9; cell++)
      for (const node of this.#cells.get((cx + (cell % 3) - 1) * 100_000 + cy + Math.floor(cell / 3) - 1) ?? []) {
        const d = Math.hypot(this.x[node]! - x, this.y[node]! - y)
        if (d < metres) [best, metres] = [node, d]
      }
    if (best >= 0) return best
    const key = cx * 100_000 + cy
    const cell = this.#cells.get(key)
    if (cell === undefined) this.#cells.set(key, [this.x.length])
    else cell.push(this.x.length)
    this.y.push(y)
    return this.x.push(x) - 1
  }
}

class SegmentGrid<T> {
  readonly #segments: readonly Segment<T>[]
  readonly #cells = new Map<number, number[]>()

  constructor(segments: readonly Segment<T>[]) {
    this.#segments = segments
    segments.forEach((segment, i) =>
      this.#each(segment, 4, (key) => {
        const cell = this.#cells.get(key)
        if (cell === undefined) this.#cells.set(key, [i])
        else cell.push(i)
        return false
      }),
    )
  }

  near(segment: Segment<T>, visit: (index: number) => unknown): void {
    const seen = new Set<number>()
    this.#each(segment, 4, (key) => {
      for (const index of this.#cells.get(key) ?? []) {
        if (seen.has(index)) continue
        seen.add(index)
        visit(index)
      }
    })
  }

  /** Nearest place on a line other than `number` within reach. */
  foot(end: Point, number: number): { at: Point; metres: number } | undefined {
    let best: { at: Point; metres: number } | undefined
    const probe = { a: end, b: end, tag: undefined as T, line: number, cuts: [] }
    this.#each(probe, REACH, (key) => {
      for (const index of this.#cells.get(key) ?? []) {
        const { a, b, line } = this.#segments[index]!
        if (line === number) continue
        const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
        const t = Math.max(0, Math.min(1, ((end[0] - a[0]) * dx + (end[1] - a[1]) * dy) / (dx * dx + dy * dy || 1)))
        const at: Point = [a[0] + dx * t, a[1] + dy * t]
        const metres = Math.hypot(end[0] - at[0], end[1] - at[1])
        if (metres < (best?.metres ?? REACH)) best = { at, metres }
      }
    })
    return best
  }

  #each({ a, b }: Segment<T>, margin: number, visit: (key: number) => unknown): void {
    const cell = (value: number): number => Math.floor(value / CELL)
    for (let cx = cell(Math.min(a[0], b[0]) - margin); cx <= cell(Math.max(a[0], b[0]) + margin); cx++)
      for (let cy = cell(Math.min(a[1], b[1]) - margin); cy <= cell(Math.max(a[1], b[1]) + margin); cy++)
        visit(cx * 100_000 + cy)
  }
}
