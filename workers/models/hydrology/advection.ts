/** Values row after row; every row has the same length. NaN is "not known". */
export type Field = readonly (readonly number[])[]

/** Motion in cells per unit of time: u along a row, v from row to row. */
export interface Motion {
  readonly u: Field
  readonly v: Field
}

const FIXED_POINT_ROUNDS = 3

/**
 * Carries a field along a steady motion to each of `times` (ascending): semi-Lagrangian, backward, the departure point
 * by three rounds of fixed-point iteration, bilinear. What comes from outside is NaN.
 * @throws RangeError when field and motion differ in shape or the times do not ascend from above 0.
 */
export function advect(field: Field, motion: Motion, times: readonly number[]): Field[] {
  const [rows, columns] = shapeOf(field, 'field')
  for (const name of ['u', 'v'] as const) {
    const [r, c] = shapeOf(motion[name], `motion ${name}`)
    if (r !== rows || c !== columns)
      throw new RangeError(`Motion ${name} is ${r} x ${c}, the field ${rows} x ${columns}.`)
  }
  if (times.some((time, i) => !(time > (times[i - 1] ?? 0))))
    throw new RangeError(`Times ascend, got ${times.join(', ')}.`)
  return times.map((time) => field.map((row, y) => row.map((_, x) => sampleAt(field, departure(motion, [x, y], time)))))
}

function shapeOf(field: unknown, name: string): [number, number] {
  const rows: unknown[] = Array.isArray(field) ? field : []
  const columns = Array.isArray(rows[0]) ? rows[0].length : 0
  const isFlat = rows.every((row) => Array.isArray(row) && row.length === columns && row.every(isNumber))
  if (columns === 0 || !isFlat) throw new RangeError(`The ${name} is no rectangle of numbers.`)
  return [rows.length, columns]
}

const isNumber = (value: unknown): boolean => typeof value === 'number'

/** Where the parcel that is at `place` after `time` came from. */
function departure({ u, v }: Motion, place: readonly [number, number], time: number): readonly [number, number] {
  let [dx, dy] = [0, 0]
  for (let round = 0; round < FIXED_POINT_ROUNDS; round++) {
    const x = place[0] - dx / 2
    const y = place[1] - dy / 2
    dx = time * clamped(u, x, y)
    dy = time * clamped(v, x, y)
  }
  return [place[0] - dx, place[1] - dy]
}

function clamped(field: Field, x: number, y: number): number {
  const inX = Math.min(Math.max(x, 0), field[0]!.length - 1)
  const inY = Math.min(Math.max(y, 0), field.length - 1)
  return sampleAt(field, [inX, inY])
}

function sampleAt(field: Field, [x, y]: readonly [number, number]): number {
  const [lastX, lastY] = [field[0]!.length - 1, field.length - 1]
  if (!(x >= 0 && y >= 0 && x <= lastX && y <= lastY)) return Number.NaN
  const [x0, y0] = [Math.floor(x), Math.floor(y)]
  const [x1, y1] = [Math.min(x0 + 1, lastX), Math.min(y0 + 1, lastY)]
  const [right, down] = [x - x0, y - y0]
  const mix = (a: number, b: number, share: number): number => (share === 0 ? a : a + (b - a) * share)
  return mix(mix(field[y0]![x0]!, field[y0]![x1]!, right), mix(field[y1]![x0]!, field[y1]![x1]!, right), down)
}
