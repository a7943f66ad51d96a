import type { RawBuilding } from '../buildings/site'

export const POPULATION = 2_400_000

/** Residents of each building: the city's people by floor of homes, whole numbers whose sum is exact. */
export function residentsOf(buildings: readonly RawBuilding[], total = POPULATION): Int32Array {
  return shareExactly(
    buildings.map(({ homes }) => homes),
    total,
  )
}

/** Whole numbers in proportion to `weights` that sum to `total` (largest remainders). */
export function shareExactly(weights: readonly number[], total: number): Int32Array {
  const sum = weights.reduce((a, b) => a + b, 0)
  const out = new Int32Array(weights.length)
  if (sum === 0) return out
  let given = 0
  const rest = weights.map((weight, i) => {
    const exact = (weight / sum) * total
    const whole = Math.floor(exact)
    out[i] = whole
    given += whole
    return [exact - whole, i] as const
  })
  rest.sort(([a, i], [b, j]) => b - a || i - j)
  for (let k = 0; k < total - given; k++) out[rest[k]![1]]!++
  return out
}
