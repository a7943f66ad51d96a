export interface ChainLadder {
  /** Growth from each delay to the next. */
  readonly factors: readonly number[]
  /** Final count expected per row. */
  readonly ultimate: readonly number[]
  /** Expected and not yet reported, all rows together. */
  readonly unreported: number
  /** Standard error of it (Mack 1993). */
  readonly standardError: number
}

type Triangle = readonly (readonly (number | null)[])[]

/**
 * What is still to be reported, from a triangle of cumulative counts: row by day of onset, column by delay, null where
 * the delay has not passed. Row i knows one column less than row i - 1.
 * @throws RangeError when the triangle has another form or a count is negative.
 */
export function chainLadder(triangle: Triangle): ChainLadder {
  const n = triangle.length
  check(triangle)
  const factors = Array.from(
    { length: n - 1 },
    (_, k) => columnSum(triangle, k + 1, n - k - 1) / columnSum(triangle, k, n - k - 1),
  )
  const spreads = spreadsOf(triangle, factors)
  const full = triangle.map((row, i) => {
    const known = row.slice(0, n - i) as number[]
    for (let k = n - i - 1; k < n - 1; k++) known.push(known[k]! * factors[k]!)
    return known
  })
  const ultimate = full.map((row) => row[n - 1]!)
  const unreported = ultimate.reduce((sum, total, i) => sum + total - triangle[i]![n - 1 - i]!, 0)
  let variance = 0
  for (let i = 1; i < n; i++) {
    const later = ultimate.slice(i + 1).reduce((sum, total) => sum + total, 0)
    for (let k = n - i - 1; k < n - 1; k++) {
      const relative = spreads[k]! / factors[k]! ** 2
      const known = columnSum(triangle, k, n - k - 1)
      variance += ultimate[i]! ** 2 * relative * (1 / full[i]![k]! + 1 / known)
      variance += (ultimate[i]! * later * 2 * relative) / known
    }
  }
  return { factors, ultimate, unreported, standardError: Math.sqrt(variance) }
}

function check(triangle: Triangle): void {
  const n = triangle.length
  for (const [i, row] of triangle.entries())
    for (let k = 0; k < n; k++) {
      const value = row[k] ?? null
      if (k < n - i ? !(value !== null && value >= 0) : value !== null)
        throw new RangeError(
          `Row ${i} of the triangle knows its first ${n - i} delays, delay ${k} is ${String(value)}.`,
        )
    }
  if (n < 2) throw new RangeError('A triangle has two rows or more.')
}

const columnSum = (triangle: Triangle, column: number, rows: number): number =>
  triangle.slice(0, rows).reduce((sum, row) => sum + row[column]!, 0)

/** Mack's sigma² of each growth; the last, which no second row tells, by his rule of the smallest. */
function spreadsOf(triangle: Triangle, factors: readonly number[]): number[] {
  const n = triangle.length
  const spreads = factors.slice(0, -1).map((factor, k) => {
    let sum = 0
    for (let i = 0; i < n - k - 1; i++) {
      const before = triangle[i]![k]!
      sum += before * (triangle[i]![k + 1]! / before - factor) ** 2
    }
    return sum / (n - k - 2)
  })
  const [last = 0, before = last] = [spreads.at(-1), spreads.at(-2)]
  return [...spreads, Math.min(before > 0 ? last ** 2 / before : 0, before, last)]
}
