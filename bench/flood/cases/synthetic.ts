import type { FloodInput } from '@/workers/models/flood/input'

/** Smooth noise of one wavelength added to a field, from a fixed seed. */
function addNoise(
  field: Float64Array,
  columns: number,
  wave: { cells: number; seed: number; amplitude: number },
): void {
  const rows = field.length / columns
  const across = Math.ceil(columns / wave.cells) + 2
  const knots = new Float64Array(across * (Math.ceil(rows / wave.cells) + 2))
  let state = wave.seed
  for (let k = 0; k < knots.length; k++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    knots[k] = state / 2 ** 32 - 0.5
  }
  const ease = (t: number): number => t * t * (3 - 2 * t)
  for (let cell = 0; cell < field.length; cell++) {
    const [x, y] = [(cell % columns) / wave.cells, Math.floor(cell / columns) / wave.cells]
    const [i, j] = [Math.floor(x), Math.floor(y)]
    const [tx, ty] = [ease(x - i), ease(y - j)]
    const k = j * across + i
    const south = knots[k]! * (1 - tx) + knots[k + 1]! * tx
    const north = knots[k + across]! * (1 - tx) + knots[k + across + 1]! * tx
    field[cell]! += wave.amplitude * (south * (1 - ty) + north * ty)
  }
}

/** Rolling ground with hollows of every size, m; `relief` scales it. */
export function roughTerrain(columns: number, rows: number, relief = 1): Float32Array {
  const field = new Float64Array(columns * rows)
  addNoise(field, columns, { cells: 200, seed: 1, amplitude: 12 * relief })
  addNoise(field, columns, { cells: 60, seed: 2, amplitude: 5 * relief })
  addNoise(field, columns, { cells: 17, seed: 3, amplitude: 1.5 * relief })
  addNoise(field, columns, { cells: 5, seed: 4, amplitude: 0.5 * relief })
  return Float32Array.from(
    field,
    (z, cell) => Math.round((z + 20 + 0.004 * (columns - (cell % columns))) * 1024) / 1024,
  )
}

const TEN_METRES = { cellSize_m: 10, manning: 0.035 } as const

/** Everything wet: a metre of water with a column of five in the middle. */
export function damBreak(side: number): FloodInput {
  const bed_m = roughTerrain(side, side, 0.15)
  const depth_m = bed_m.map((_, cell) => {
    const [i, j] = [(cell % side) - side / 2, Math.floor(cell / side) - side / 2]
    return i * i + j * j < (side / 8) ** 2 ? 5 : 1
  })
  return { ...TEN_METRES, columns: side, rows: side, bed_m, depth_m, scheme: { dtMax: 10 } }
}

/** Rain on dry rough ground, mm/h. */
export function rainOnGrid(side: number, rate_mmh = 50): FloodInput {
  const rain = [{ from: 0, rate_mmh }]
  return { ...TEN_METRES, columns: side, rows: side, bed_m: roughTerrain(side, side), rain, scheme: { dtMax: 10 } }
}

/** Dry city with a winding river 3 m deep over `share` of it. */
export function cityRiver(side: number, share = 0.1): FloodInput {
  const bed_m = roughTerrain(side, side)
  const depth_m = new Float32Array(side * side)
  for (let cell = 0; cell < depth_m.length; cell++) {
    const [i, j] = [cell % side, Math.floor(cell / side)]
    if (Math.abs(j - side / 2 - 0.2 * side * Math.sin((i / side) * 6)) >= (side * share) / 2) continue
    bed_m[cell] = Math.round((5 + 0.0002 * (side - i)) * 1024) / 1024
    depth_m[cell] = 3
  }
  return { ...TEN_METRES, columns: side, rows: side, bed_m, depth_m, scheme: { dtMax: 10 } }
}
