/**
 * Fills voids (NaN) of a grid in place: ring by ring from their edges, each post the mean of its known neighbours.
 * @returns how many posts were filled; -1 when nothing is known at all.
 */
export function fillVoids(metres: Float32Array, columns: number): number {
  const rows = metres.length / columns
  let open: number[] = []
  for (let i = 0; i < metres.length; i++) if (Number.isNaN(metres[i]!)) open.push(i)
  const filled = open.length
  if (filled === metres.length) return -1
  while (open.length > 0) {
    const means = open.map((i) => meanOfNeighbours(metres, i, { columns, rows }))
    open.forEach((i, k) => (metres[i] = means[k]!))
    open = open.filter((_, k) => Number.isNaN(means[k]!))
  }
  return filled
}

function meanOfNeighbours(
  metres: Float32Array,
  at: number,
  { columns, rows }: { columns: number; rows: number },
): number {
  const column = at % columns
  const row = (at - column) / columns
  let [sum, size] = [0, 0]
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++)
    for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
      const value = metres[y * columns + x]!
      if (Number.isNaN(value)) continue
      sum += value
      size++
    }
  return size === 0 ? Number.NaN : sum / size
}
