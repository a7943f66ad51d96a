const OPEN = 1
const QUEUED = 2

/**
 * Fills voids (NaN) of a grid in place: ring by ring from their edges, each post the mean of its known neighbours.
 * @returns how many posts were filled; -1 when nothing is known at all.
 */
export function fillVoids(metres: Float32Array, columns: number): number {
  const rows = metres.length / columns
  const state = new Uint8Array(metres.length)
  let open = 0
  for (let i = 0; i < metres.length; i++)
    if (Number.isNaN(metres[i]!)) {
      state[i] = OPEN
      open++
    }
  if (open === metres.length) return -1
  let ring: number[] = []
  for (let i = 0; i < metres.length; i++)
    if (state[i] === OPEN && !Number.isNaN(meanAround(metres, i, columns, rows))) ring.push(i)
  while (ring.length > 0) {
    // All means of a ring before any of it is known: the order of posts does not matter.
    const means = ring.map((i) => meanAround(metres, i, columns, rows))
    for (let k = 0; k < ring.length; k++) {
      metres[ring[k]!] = means[k]!
      state[ring[k]!] = 0
    }
    ring = nextRing(ring, state, columns, rows)
  }
  return open
}

function nextRing(ring: readonly number[], state: Uint8Array, columns: number, rows: number): number[] {
  const next: number[] = []
  for (const at of ring) {
    const column = at % columns
    const row = (at - column) / columns
    for (let around = 0; around < 9; around++) {
      const x = column + (around % 3) - 1
      const y = row + Math.floor(around / 3) - 1
      if (x < 0 || y < 0 || x >= columns || y >= rows || state[y * columns + x] !== OPEN) continue
      state[y * columns + x] = QUEUED
      next.push(y * columns + x)
    }
  }
  return next
}

/** Mean of the known among the eight neighbours; NaN where none is. */
function meanAround(metres: Float32Array, at: number, columns: number, rows: number): number {
  const column = at % columns
  const row = (at - column) / columns
  let sum = 0
  let size = 0
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++)
    for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
      const value = metres[y * columns + x]!
      if (Number.isNaN(value)) continue
      sum += value
      size++
    }
  return size === 0 ? Number.NaN : sum / size
}
