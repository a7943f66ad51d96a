import type { FloodInput } from '@/workers/models/flood/input'

/**
 * Environment Agency tests 1, 2 and 4 on terrain generated from their descriptions (SC120002), since the report's own
 * files are not here: reported, never a gate.
 */
export interface EaCase {
  readonly input: FloodInput
  readonly seconds: number
  /** Cells to read at the end. */
  readonly points: readonly number[]
}

/** Test 1: a tide over a sill fills a hollow that does not drain again; both ponds end at 9.7 m. */
export function eaTest1(): EaCase {
  const [columns, rows] = [70, 10]
  const profile = [
    [0, 9.0],
    [200, 9.0],
    [300, 10.0],
    [400, 9.4],
    [500, 9.4],
    [700, 10.5],
  ] as const
  const bedAt = (x: number): number => {
    const k = Math.max(0, profile.findIndex(([at]) => at > x) - 1)
    const [[x0, z0], [x1, z1]] = [profile[k]!, profile[k + 1]!]
    return z0 + ((z1 - z0) * (x - x0)) / (x1 - x0)
  }
  const bed_m = Float32Array.from({ length: columns * rows }, (_, cell) => bedAt((cell % columns) * 10 + 5))
  const cells = Array.from({ length: rows }, (_, j) => j * columns)
  const level_m = [
    [0, 9.7],
    [3600, 10.35],
    [39_600, 10.35],
    [43_200, 9.7],
  ] as const
  const input: FloodInput = {
    columns,
    rows,
    cellSize_m: 10,
    bed_m,
    manning: 0.03,
    depth_m: bed_m.map((z) => Math.max(0, z < 10 && z > 8 ? 9.7 - z : 0)),
    interval_s: 20,
    structures: [{ kind: 'level', id: 'sea', cells, level_m }],
  }
  const row = 5 * columns
  return { input, seconds: 72_000, points: [row + 10, row + 45] }
}

/** Test 2: a burst from the north-western corner fills some of sixteen hollows. Points are the hollows, row by row from the south. */
export function eaTest2(): EaCase {
  const side = 100
  const bed_m = Float32Array.from({ length: side * side }, (_, cell) => {
    const [x, y] = [((cell % side) + 0.5) * 20, (Math.floor(cell / side) + 0.5) * 20]
    const waves =
      0.5 * Math.sin((2 * Math.PI * x) / 500 - Math.PI / 2) * Math.sin((2 * Math.PI * y) / 500 - Math.PI / 2)
    return 10 + y / 1500 - x / 3000 - Math.abs(waves)
  })
  const cells = [95, 96, 97, 98, 99].map((j) => j * side)
  const flow_m3s = [
    [0, 0],
    [600, 20],
    [4500, 20],
    [5100, 0],
  ] as const
  const input: FloodInput = {
    columns: side,
    rows: side,
    cellSize_m: 20,
    bed_m,
    manning: 0.03,
    interval_s: 60,
    structures: [{ kind: 'inflow', id: 'corner', cells, flow_m3s }],
  }
  const points = [0, 1, 2, 3].flatMap((j) => [0, 1, 2, 3].map((i) => (j * 25 + 12) * side + i * 25 + 12))
  return { input, seconds: 172_800, points }
}

/** Test 4: a breach spreads over a flat plain; points are 50, 150 and 300 m from it. */
export function eaTest4(): EaCase {
  const [columns, rows] = [200, 400]
  const cells = [198, 199, 200, 201].map((j) => j * columns)
  const flow_m3s = [
    [0, 0],
    [3600, 20],
    [14_400, 20],
    [18_000, 0],
  ] as const
  const input: FloodInput = {
    columns,
    rows,
    cellSize_m: 5,
    bed_m: new Float32Array(columns * rows),
    manning: 0.05,
    interval_s: 20,
    structures: [{ kind: 'inflow', id: 'breach', cells, flow_m3s }],
  }
  return { input, seconds: 18_000, points: [10, 30, 60].map((i) => 200 * columns + i) }
}
