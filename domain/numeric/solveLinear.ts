/**
 * Solves A x = b for each column of b by elimination with partial pivoting. `matrix` is n by n row after row and is
 * overwritten, as is each right side. Returns false when A is singular to 1e-14 of its largest entry.
 */
export function solveLinear(matrix: Float64Array, n: number, rightSides: readonly Float64Array[]): boolean {
  let largest = 0
  for (const value of matrix) largest = Math.max(largest, Math.abs(value))
  for (let column = 0; column < n; column++) {
    const pivot = pivotRow(matrix, n, column)
    if (!(Math.abs(matrix[pivot * n + column]!) > largest * 1e-14)) return false
    if (pivot !== column) swapRows({ matrix, n, rightSides }, pivot, column)
    for (let row = column + 1; row < n; row++) eliminate({ matrix, n, rightSides }, row, column)
  }
  for (const side of rightSides) substitute(matrix, n, side)
  return true
}

interface System {
  readonly matrix: Float64Array
  readonly n: number
  readonly rightSides: readonly Float64Array[]
}

function pivotRow(matrix: Float64Array, n: number, column: number): number {
  let best = column
  for (let row = column + 1; row < n; row++)
    if (Math.abs(matrix[row * n + column]!) > Math.abs(matrix[best * n + column]!)) best = row
  return best
}

function swapRows({ matrix, n, rightSides }: System, one: number, other: number): void {
  for (let k = 0; k < n; k++) {
    const kept = matrix[one * n + k]!
    matrix[one * n + k] = matrix[other * n + k]!
    matrix[other * n + k] = kept
  }
  for (const side of rightSides) {
    const kept = side[one]!
    side[one] = side[other]!
    side[other] = kept
  }
}

function eliminate({ matrix, n, rightSides }: System, row: number, column: number): void {
  const factor = matrix[row * n + column]! / matrix[column * n + column]!
  if (factor === 0) return
  for (let k = column; k < n; k++) matrix[row * n + k]! -= factor * matrix[column * n + k]!
  for (const side of rightSides) side[row]! -= factor * side[column]!
}

function substitute(matrix: Float64Array, n: number, side: Float64Array): void {
  for (let row = n - 1; row >= 0; row--) {
    let sum = side[row]!
    for (let k = row + 1; k < n; k++) sum -= matrix[row * n + k]! * side[k]!
    side[row] = sum / matrix[row * n + row]!
  }
}
