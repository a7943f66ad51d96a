import { join } from 'node:path'
import type { Scheme } from '@/workers/models/flood/engine'
import type { FloodInput } from '@/workers/models/flood/input'
import type { FloodRun } from '@/workers/models/flood/floodRun'
import { cellAt, coarsen, readAsciiGrid } from './asciiGrid'

const FOLDER = 'flood-ea-benchmark-test5-valley'
/** Points 1 to 7 of the case. */
const GAUGES = [
  [235200, 832400],
  [236700, 833800],
  [237800, 835200],
  [239400, 838000],
  [243300, 840300],
  [235700, 832500],
  [237700, 835500],
] as const
/** Peak depths, m, of LISFLOOD-FP 8.1 on this case at 50 m: its SGM and its acceleration solver (docs/models/flood.md). */
export const EA5_PEERS = {
  sgm: [3.22, 3.19, 5.04, 5.64, 4.16, 1.32, 2.69],
  acceleration: [3.41, 3.4, 5.18, 5.71, 4.13, 1.46, 2.88],
} as const
const SECONDS = 108_000
const SAMPLE_S = 60

export interface Ea5Result {
  readonly peak_m: readonly number[]
  readonly arrival_min: readonly (number | undefined)[]
  readonly final_m: readonly number[]
  readonly massError: bigint
  /** Depth at the gauges each minute, for the picture. */
  readonly series: readonly (readonly number[])[]
}

/** UK Environment Agency test 5: a dam failure in a valley, 30 h, 3000 m3/s at the peak, 50 m cells. */
export function eaTest5(data: string, scheme: Partial<Scheme> = {}): { input: FloodInput; gauges: readonly number[] } {
  const grid = coarsen(readAsciiGrid(join(data, FOLDER, 'ea5-10m.dem.raw.gz')), 5)
  const points = Array.from({ length: 20 }, (_, k) => cellAt(grid, 232_620 + 10 * k, 830_505 - 10 * k))
  const flow = [
    [0, 0],
    [300, 0],
    [600, 3000],
    [1200, 3000],
    [6000, 0],
  ] as const
  const input: FloodInput = {
    columns: grid.columns,
    rows: grid.rows,
    cellSize_m: grid.cellSize,
    bed_m: grid.values,
    manning: 0.04,
    interval_s: SAMPLE_S,
    scheme,
    structures: [{ kind: 'inflow', id: 'breach', cells: points, flow_m3s: flow }],
  }
  return { input, gauges: GAUGES.map(([x, y]) => cellAt(grid, x, y)) }
}

/** Runs the 30 hours and reads the gauges each minute. */
export function runEaTest5(run: FloodRun, gauges: readonly number[]): Ea5Result {
  const peak = gauges.map(() => 0)
  const arrival: (number | undefined)[] = gauges.map(() => undefined)
  const series: number[][] = []
  for (let t = SAMPLE_S; t <= SECONDS; t += SAMPLE_S) {
    run.advance(t)
    const depths = gauges.map((cell) => run.depthAt(cell))
    for (const [k, depth] of depths.entries()) {
      peak[k] = Math.max(peak[k]!, depth)
      if (depth > 0.1) arrival[k] ??= t / 60
    }
    series.push(depths)
  }
  const final_m = gauges.map((cell) => run.depthAt(cell))
  return { peak_m: peak, arrival_min: arrival, final_m, massError: run.massError(), series }
}
