import type { FloodInput, Series } from '@/workers/models/flood/input'

const GRAVITY = 9.81

/** A case with an exact answer: the input, the time to run to, and the depth that is right, m by cell. */
export interface AnalyticCase {
  readonly input: FloodInput
  readonly seconds: number
  readonly exact: Float64Array
  /** Cells that count. */
  readonly compared: readonly number[]
}

/** A wave that runs over a dry horizontal plane without breaking (Hunter et al. 2005): u = 1 m/s, n = 0.03, 3600 s. */
export function nonBreakingWave(cellSize: number): AnalyticCase {
  const [u, n, seconds, rows] = [1, 0.03, 3600, 4]
  const columns = Math.round(6000 / cellSize)
  const depthAt = (x: number, t: number): number => (u * t > x ? ((7 / 3) * n * n * u * u * (u * t - x)) ** (3 / 7) : 0)
  const series: Series = Array.from({ length: seconds / 5 + 2 }, (_, k) => [k * 5, depthAt(0, k * 5)] as const)
  const exact = new Float64Array(columns * rows)
  for (let cell = 0; cell < exact.length; cell++) exact[cell] = depthAt((cell % columns) * cellSize, seconds)
  const input: FloodInput = {
    columns,
    rows,
    cellSize_m: cellSize,
    bed_m: new Float32Array(columns * rows),
    manning: n,
    scheme: { dtMax: 5 },
    structures: [{ kind: 'level', id: 'west', cells: [0, 1, 2, 3].map((j) => j * columns), level_m: series }],
  }
  const compared = [...exact.keys()].filter((cell) => cell % columns > 0 && exact[cell]! > 0)
  return { input, seconds, exact, compared }
}

/** Depth and its slope along a channel, m. */
interface Channel {
  readonly length: number
  readonly q: number
  readonly n: number
  readonly seconds: number
  readonly depthAt: (x: number) => number
  readonly slopeAt: (x: number) => number
}
const CRITICAL = (4 / GRAVITY) ** (1 / 3)

/** MacDonald's steady subcritical flow over 1000 m (SWASHES, long channel): almost critical at both ends. */
const LONG: Channel = {
  length: 1000,
  q: 2,
  n: 0.033,
  seconds: 7200,
  depthAt: (x) => CRITICAL * (1 + 0.5 * Math.exp(-16 * (x / 1000 - 0.5) ** 2)),
  slopeAt: (x) => CRITICAL * 0.5 * Math.exp(-16 * (x / 1000 - 0.5) ** 2) * -32 * (x / 1000 - 0.5) * 0.001,
}
/** Subcritical flow over an undulating bed of 5000 m (SWASHES, very long channel): Froude 0.4 to 0.8. */
const UNDULATING: Channel = {
  length: 5000,
  q: 2,
  n: 0.03,
  seconds: 14_400,
  depthAt: (x) => 9 / 8 + Math.sin((10 * Math.PI * x) / 5000) / 4,
  slopeAt: (x) => (Math.PI / 2000) * Math.cos((10 * Math.PI * x) / 5000),
}
const ROWS = 4

export const macDonaldLong = (columns: number): AnalyticCase => steadyChannel(LONG, columns)
export const macDonaldUndulating = (columns: number): AnalyticCase => steadyChannel(UNDULATING, columns)

/**
 * A steady flow whose depth is chosen and whose bed follows from it by the full shallow water equations, so that the
 * terms which local inertia leaves out are seen.
 */
function steadyChannel({ length, q, n, seconds, depthAt, slopeAt }: Channel, columns: number): AnalyticCase {
  const cellSize = length / columns
  const bedSlope = (x: number): number => {
    const h = depthAt(x)
    return (q ** 2 / (GRAVITY * h ** 3) - 1) * slopeAt(x) - (n ** 2 * q ** 2) / h ** (10 / 3)
  }
  const bed = new Float32Array(columns * ROWS)
  const exact = new Float64Array(columns * ROWS)
  const parts = 100
  let z = 0
  for (let i = columns - 1; i >= 0; i--) {
    const x = (i + 0.5) * cellSize
    for (let k = 0; k < parts; k++) z -= (bedSlope(x + ((k + 0.5) / parts) * cellSize) * cellSize) / parts
    for (let j = 0; j < ROWS; j++) {
      bed[j * columns + i] = z
      exact[j * columns + i] = depthAt(x)
    }
  }
  const column = (i: number): number[] => Array.from({ length: ROWS }, (_, j) => j * columns + i)
  const last = bed[columns - 1]! + exact[columns - 1]!
  const input: FloodInput = {
    columns,
    rows: ROWS,
    cellSize_m: cellSize,
    bed_m: bed,
    manning: n,
    depth_m: Float32Array.from(exact),
    structures: [
      { kind: 'inflow', id: 'west', cells: column(0), flow_m3s: [[0, q * ROWS * cellSize]] },
      { kind: 'level', id: 'east', cells: column(columns - 1), level_m: [[0, last]] },
    ],
  }
  const compared = [...exact.keys()].filter((cell) => cell % columns > 0 && cell % columns < columns - 1)
  return { input, seconds, exact, compared }
}

/** Root mean square difference over the compared cells, m. */
export function rmseOf({ exact, compared }: AnalyticCase, depth: Float32Array): number {
  return Math.sqrt(compared.reduce((sum, cell) => sum + (depth[cell]! - exact[cell]!) ** 2, 0) / compared.length)
}

/** Mean absolute difference over the mean depth. */
export function relativeL1Of({ exact, compared }: AnalyticCase, depth: Float32Array): number {
  const off = compared.reduce((sum, cell) => sum + Math.abs(depth[cell]! - exact[cell]!), 0)
  return off / compared.reduce((sum, cell) => sum + exact[cell]!, 0)
}
