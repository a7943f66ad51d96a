/** A value at a place of a plane: x, y in one unit, value in its own. */
export type Gauge = readonly [x: number, y: number, value: number]
export type Place = readonly [x: number, y: number]

/** Nearer than this is the same place, in the unit of the plane. */
export const SAME_PLACE = 1e-10

export const distance = (gauge: Gauge, [x, y]: Place): number => Math.hypot(gauge[0] - x, gauge[1] - y)

/**
 * Gauges without those that give no number, several at one place merged to their mean, in the order given.
 * @throws RangeError when none is left.
 */
export function usable(gauges: readonly Gauge[]): Gauge[] {
  const byPlace = new Map<string, { x: number; y: number; sum: number; n: number }>()
  for (const [x, y, value] of gauges) {
    if (!(Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(value))) continue
    const key = `${x} ${y}`
    const merged = byPlace.get(key) ?? { x, y, sum: 0, n: 0 }
    byPlace.set(key, { x, y, sum: merged.sum + value, n: merged.n + 1 })
  }
  if (byPlace.size === 0) throw new RangeError('No gauge gives a number.')
  return [...byPlace.values()].map(({ x, y, sum, n }): Gauge => [x, y, sum / n])
}
