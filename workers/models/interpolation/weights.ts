import { distance, SAME_PLACE, usable } from './gauges'
import type { Gauge, Place } from './gauges'

/**
 * Inverse distance weighting (Shepard 1968): weights 1 / d^power; at a gauge its own value.
 * @throws RangeError when no gauge gives a number.
 */
export function inverseDistance(gauges: readonly Gauge[], at: Place, power = 2): number {
  const near = usable(gauges)
  const hit = near.find((gauge) => distance(gauge, at) < SAME_PLACE)
  return hit === undefined ? weighted(near, (gauge) => distance(gauge, at) ** -power) : hit[2]
}

/** Cressman (1959): weights (r² - d²) / (r² + d²) within `radius`; null when no gauge is within it. */
export function cressman(gauges: readonly Gauge[], at: Place, radius: number): number | null {
  const near = usable(gauges).filter((gauge) => distance(gauge, at) < radius)
  if (near.length === 0) return null
  return weighted(near, (gauge) => {
    const square = distance(gauge, at) ** 2
    return (radius ** 2 - square) / (radius ** 2 + square)
  })
}

/** Barnes (1964): weights exp(-d² / (kappa gamma)) within `radius`; null when no gauge is within it. */
export function barnes(
  gauges: readonly Gauge[],
  at: Place,
  { kappa, gamma = 1, radius = Number.POSITIVE_INFINITY }: { kappa: number; gamma?: number; radius?: number },
): number | null {
  const near = usable(gauges).filter((gauge) => distance(gauge, at) <= radius)
  if (near.length === 0) return null
  const value = weighted(near, (gauge) => Math.exp(-(distance(gauge, at) ** 2) / (kappa * gamma)))
  return Number.isFinite(value) ? value : null
}

function weighted(gauges: readonly Gauge[], weight: (gauge: Gauge) => number): number {
  let [sum, total] = [0, 0]
  for (const gauge of gauges) {
    const w = weight(gauge)
    sum += w * gauge[2]
    total += w
  }
  return sum / total
}
