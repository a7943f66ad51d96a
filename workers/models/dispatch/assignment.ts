import { err, ok } from '@/domain/result'
import type { Result } from '@/domain/result'

export interface Assignment {
  readonly total: number
  /** Row and column of each pair, rows ascending. */
  readonly pairs: readonly (readonly [row: number, column: number])[]
}

/** Stands for a forbidden pair while solving; larger than any sum of real costs. */
const FORBIDDEN = 1e15

/**
 * Cheapest assignment of rows to columns, each used at most once and the shorter side used up: shortest augmenting
 * paths with potentials (Jonker and Volgenant 1987), O(n³). `null` forbids a pair; ties go to the lower index.
 * @throws RangeError for ragged rows or a cost that is no finite number below 1e12.
 */
export function assign(cost: readonly (readonly (number | null)[])[]): Result<Assignment, 'infeasible'> {
  const columns = cost[0]?.length ?? 0
  check(cost, columns)
  if (columns === 0) return ok({ total: 0, pairs: [] })
  const turned = cost.length > columns
  const [n, m] = turned ? [columns, cost.length] : [cost.length, columns]
  const at = (i: number, j: number): number => (turned ? cost[j]![i] : cost[i]![j]) ?? FORBIDDEN
  const flat = Float64Array.from({ length: n * m }, (_, k) => at(Math.floor(k / m), k % m))
  const rowOf = solve(flat, n, m)
  const pairs: (readonly [number, number])[] = []
  for (const [column, row] of rowOf.entries()) if (row >= 0) pairs.push(turned ? [column, row] : [row, column])
  pairs.sort(([one], [other]) => one - other)
  if (pairs.some(([row, column]) => cost[row]![column] === null)) return err('infeasible')
  return ok({ total: pairs.reduce((sum, [row, column]) => sum + cost[row]![column]!, 0), pairs })
}

function check(cost: readonly (readonly (number | null)[])[], columns: number): void {
  for (const [i, row] of cost.entries()) {
    if (row.length !== columns) throw new RangeError(`Row ${i} has ${row.length} costs, row 0 has ${columns}.`)
    const bad = row.find((value) => value !== null && !(Math.abs(value) < 1e12))
    if (bad !== undefined) throw new RangeError(`A cost is a finite number below 1e12, got ${bad} in row ${i}.`)
  }
}

/** For each column its row, or -1; n rows are at most m columns. */
function solve(cost: Float64Array, n: number, m: number): Int32Array {
  const state = {
    cost,
    m,
    rowPotential: new Float64Array(n),
    columnPotential: new Float64Array(m),
    rowOf: new Int32Array(m).fill(-1),
  }
  for (let row = 0; row < n; row++) augment(state, row)
  return state.rowOf
}

interface State {
  readonly cost: Float64Array
  readonly m: number
  readonly rowPotential: Float64Array
  readonly columnPotential: Float64Array
  readonly rowOf: Int32Array
}

/** Gives `start` a column along the cheapest alternating path (Dijkstra on reduced costs). */
function augment(state: State, start: number): void {
  const { m, rowPotential, columnPotential, rowOf } = state
  const shortest = new Float64Array(m).fill(Number.POSITIVE_INFINITY)
  const cameFrom = new Int32Array(m).fill(-1)
  const done = new Uint8Array(m)
  const path: number[] = []
  let [row, column, length] = [start, -1, 0]
  for (;;) {
    relax(state, { row, column, length }, { shortest, cameFrom, done })
    column = nearest(shortest, done)
    length = shortest[column]!
    done[column] = 1
    path.push(column)
    if (rowOf[column]! < 0) break
    row = rowOf[column]!
  }
  rowPotential[start]! += length
  for (const passed of path.slice(0, -1)) {
    const slack = length - shortest[passed]!
    rowPotential[rowOf[passed]!]! += slack
    columnPotential[passed]! -= slack
  }
  for (let c = column; c >= 0; ) {
    const previous = cameFrom[c]!
    rowOf[c] = previous < 0 ? start : rowOf[previous]!
    c = previous
  }
}

interface Search {
  readonly shortest: Float64Array
  readonly cameFrom: Int32Array
  readonly done: Uint8Array
}

function relax(
  { cost, m, rowPotential, columnPotential }: State,
  { row, column, length }: { row: number; column: number; length: number },
  { shortest, cameFrom, done }: Search,
): void {
  for (let c = 0; c < m; c++) {
    if (done[c] === 1) continue
    const through = length + cost[row * m + c]! - rowPotential[row]! - columnPotential[c]!
    if (through >= shortest[c]!) continue
    shortest[c] = through
    cameFrom[c] = column
  }
}

function nearest(shortest: Float64Array, done: Uint8Array): number {
  let best = -1
  for (let c = 0; c < shortest.length; c++) if (done[c] === 0 && (best < 0 || shortest[c]! < shortest[best]!)) best = c
  return best
}
