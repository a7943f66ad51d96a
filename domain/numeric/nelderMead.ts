export interface Minimum {
  readonly at: readonly number[]
  readonly value: number
}

interface Vertex {
  readonly at: readonly number[]
  readonly value: number
}

/**
 * The minimum of `cost` near `start` (Nelder and Mead 1965, coefficients 1, 2, 1/2, 1/2); `step` spans the first
 * simplex. Deterministic; ends when the simplex is smaller than 1e-10 in value and place, or after `rounds`.
 */
export function nelderMead(
  cost: (at: readonly number[]) => number,
  start: readonly number[],
  { step = 0.1, rounds = 4000 }: { readonly step?: number; readonly rounds?: number } = {},
): Minimum {
  const vertex = (at: readonly number[]): Vertex => {
    const value = cost(at)
    return { at, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value }
  }
  const simplex = [vertex(start), ...start.map((_, i) => vertex(start.map((x, j) => (i === j ? x + step : x))))]
  for (let round = 0; round < rounds; round++) {
    simplex.sort((one, other) => one.value - other.value)
    if (isSmall(simplex)) break
    const worst = simplex.at(-1)!
    const centre = centreOf(simplex.slice(0, -1))
    const towards = (by: number): Vertex => vertex(centre.map((x, i) => x + by * (x - worst.at[i]!)))
    const next = choose(simplex, towards)
    if (next === undefined) shrink(simplex, vertex)
    else simplex[simplex.length - 1] = next
  }
  return simplex.reduce((best, one) => (one.value < best.value ? one : best))
}

function choose(simplex: readonly Vertex[], towards: (by: number) => Vertex): Vertex | undefined {
  const worst = simplex.at(-1)!
  const mirrored = towards(1)
  if (mirrored.value < simplex[0]!.value) {
    const further = towards(2)
    return further.value < mirrored.value ? further : mirrored
  }
  if (mirrored.value < simplex.at(-2)!.value) return mirrored
  const nearer = mirrored.value < worst.value ? towards(0.5) : towards(-0.5)
  return nearer.value < Math.min(mirrored.value, worst.value) ? nearer : undefined
}

function shrink(simplex: Vertex[], vertex: (at: readonly number[]) => Vertex): void {
  const best = simplex[0]!
  for (let i = 1; i < simplex.length; i++)
    simplex[i] = vertex(simplex[i]!.at.map((x, j) => best.at[j]! + (x - best.at[j]!) / 2))
}

const centreOf = (vertices: readonly Vertex[]): number[] =>
  vertices[0]!.at.map((_, i) => vertices.reduce((sum, { at }) => sum + at[i]!, 0) / vertices.length)

function isSmall(simplex: readonly Vertex[]): boolean {
  const [best, worst] = [simplex[0]!, simplex.at(-1)!]
  const wide = best.at.some((x, i) => Math.abs(x - worst.at[i]!) > 1e-10 * (1 + Math.abs(x)))
  return !wide && Math.abs(worst.value - best.value) <= 1e-10 * (1 + Math.abs(best.value))
}
