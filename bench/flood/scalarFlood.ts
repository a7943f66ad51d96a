const GRAVITY = 9.81
const WALL_M = 1000
const DRY_M = 0.001
const THETA = 0.9
const ALPHA = 0.7

const float = new Float32Array(1)
const bits = new Int32Array(float.buffer)

/** x^(-1/3) to 2.5e-4, as the kernel has it: Math.cbrt would cost as much as all the rest. */
function inverseCubeRoot(x: number): number {
  float[0] = x
  bits[0] = 0x548c2b4b - ((bits[0]! / 3) | 0)
  const y = float[0]
  const c = x * y * y * y
  return y * (1.5555556 + c * (c * 0.22222222 - 0.7777778))
}

interface Grid {
  readonly columns: number
  readonly rows: number
  readonly cellSize_m: number
  readonly bed_m: Float32Array
  readonly depth_m: Float32Array
}

interface State {
  readonly columns: number
  readonly rows: number
  readonly width: number
  readonly cellSize: number
  readonly friction: number
  readonly depth: Float32Array
  readonly bed: Float32Array
  readonly flowX: Float32Array
  readonly flowY: Float32Array
  readonly before: Float32Array
  readonly north: Float32Array
  readonly alongX: Float32Array
  readonly alongY: Float32Array
}

/**
 * The same equations in ordinary JavaScript numbers, one cell after the other in one fused sweep: the baseline of
 * `overScalar`. Not exact in mass, and one step for all; otherwise the scheme of the kernel.
 */
export class ScalarFlood {
  readonly #state: State
  #deepest = 0

  constructor(grid: Grid, n: number) {
    const { columns, rows, cellSize_m } = grid
    const width = columns + 2
    const field = (size: number): Float32Array => new Float32Array(size)
    const count = width * (rows + 2)
    this.#state = {
      columns,
      rows,
      width,
      cellSize: cellSize_m,
      friction: GRAVITY * n * n,
      depth: field(count),
      bed: field(count).fill(WALL_M),
      flowX: field(count),
      flowY: field(count),
      before: field(width),
      north: field(width),
      alongX: field(width),
      alongY: field(width),
    }
    for (let cell = 0; cell < columns * rows; cell++) {
      const p = (Math.floor(cell / columns) + 1) * width + (cell % columns) + 1
      this.#state.bed[p] = grid.bed_m[cell]!
      this.#state.depth[p] = grid.depth_m[cell]!
      this.#deepest = Math.max(this.#deepest, grid.depth_m[cell]!)
    }
  }

  /** One step; returns its seconds. */
  step(): number {
    const { cellSize, rows, before, north } = this.#state
    const dt = (ALPHA * cellSize) / Math.sqrt(GRAVITY * Math.max(this.#deepest, DRY_M))
    before.fill(0)
    north.fill(0)
    this.#deepest = 0
    for (let j = 1; j <= rows; j++) this.#sweepRow(j, dt)
    return dt
  }

  /** m */
  depthAt(cell: number): number {
    const { columns, width, depth } = this.#state
    return depth[(Math.floor(cell / columns) + 1) * width + (cell % columns) + 1]!
  }

  #sweepRow(j: number, dt: number): void {
    const { columns, width, depth, flowX, flowY, before, north, alongX, alongY } = this.#state
    const first = j * width + 1
    sweepFaces(this.#state, { first, stride: 1, flow: flowX, behind: flowX, behindFirst: first - 1, fresh: alongX }, dt)
    sweepFaces(this.#state, { first, stride: width, flow: flowY, behind: before, behindFirst: 0, fresh: alongY }, dt)
    const perCell = dt / this.#state.cellSize
    let west = 0
    let deepest = this.#deepest
    for (let i = 0, p = first; i < columns; i++, p++) {
      const east = alongX[i]! * perCell
      const up = alongY[i]! * perCell
      const h = depth[p]! + (west - east) + (north[i]! - up)
      before[i] = flowY[p]!
      flowX[p] = alongX[i]!
      flowY[p] = alongY[i]!
      depth[p] = h
      if (h > deepest) deepest = h
      west = east
      north[i] = up
    }
    this.#deepest = deepest
  }
}

interface Faces {
  readonly first: number
  readonly stride: number
  readonly flow: Float32Array
  readonly behind: Float32Array
  readonly behindFirst: number
  readonly fresh: Float32Array
}

function sweepFaces({ columns, depth, bed, friction, cellSize }: State, faces: Faces, dt: number): void {
  const { first, stride, flow, behind, behindFirst, fresh } = faces
  const side = 0.5 * (1 - THETA)
  const gradient = (GRAVITY * dt) / cellSize
  const brake = friction * dt
  const given = (0.5 * cellSize) / dt
  for (let i = 0, p = first, b = behindFirst; i < columns; i++, p++, b++) {
    const hL = depth[p]!
    const hR = depth[p + stride]!
    const zL = bed[p]!
    const zR = bed[p + stride]!
    const eL = hL + zL
    const eR = hR + zR
    const hf = (eL > eR ? eL : eR) - (zL > zR ? zL : zR)
    fresh[i] = 0
    if (hf <= DRY_M) continue
    const q = flow[p]!
    const qm = behind[b]!
    const qp = flow[p + stride]!
    const smoothed = q + (qm + qp - q - q) * side
    const qb = qm * qp !== 0 && smoothed * (eL - eR) >= 0 ? smoothed : q
    const xy = hf * inverseCubeRoot(hf)
    const h73 = xy * xy * hf
    const free = ((qb + hf * gradient * (eL - eR)) * h73) / (h73 + brake * Math.abs(q))
    const critical = hf * Math.sqrt(GRAVITY * hf)
    const least = -Math.min(critical, hR > 0 ? hR * given : 0)
    fresh[i] = Math.max(least, Math.min(free, critical, hL > 0 ? hL * given : 0))
  }
}
