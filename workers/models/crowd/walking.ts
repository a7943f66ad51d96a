/** Weidmann (1993): free speed in m/s, jam density in people per m², shape in people per m². */
const WEIDMANN = { free: 1.34, jam: 5.4, shape: 1.913 } as const

/** Mean walking speed in m/s at a density in people per m²; 0 from the jam density on. @throws RangeError below 0. */
export function walkingSpeed(density: number): number {
  checkDensity(density)
  if (density === 0) return WEIDMANN.free
  if (density >= WEIDMANN.jam) return 0
  return WEIDMANN.free * (1 - Math.exp(-WEIDMANN.shape * (1 / density - 1 / WEIDMANN.jam)))
}

/** The density with the largest flow, and that flow in people per metre of width and second (golden section). */
export function walkingCapacity(): { readonly flow: number; readonly density: number } {
  const golden = (Math.sqrt(5) - 1) / 2
  let [low, high]: [number, number] = [0, WEIDMANN.jam]
  const flow = (density: number): number => density * walkingSpeed(density)
  while (high - low > 1e-9) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)]
    if (flow(left) > flow(right)) high = right
    else low = left
  }
  const density = (low + high) / 2
  return { flow: flow(density), density }
}

/** SFPE handbook: 85 % of k below 0.54 people per m², k - a k density up to 3.8, still beyond. @throws RangeError below 0. */
export function sfpeSpeed(density: number, k: number, a: number): number {
  checkDensity(density)
  if (density < 0.54) return 0.85 * k
  return density < 3.8 ? k * (1 - a * density) : 0
}

/**
 * Seconds until `persons` have passed an exit of a clear width in m whose edges are not used; flow in people per second
 * and metre of used width.
 * @throws RangeError when nothing of the width is left, or the numbers are none.
 */
export function exitSeconds(persons: number, clearWidth: number, boundaryLayer: number, flow: number): number {
  const width = clearWidth - 2 * boundaryLayer
  if (!(width > 0 && flow > 0 && persons >= 0 && Number.isFinite(persons)))
    throw new RangeError(`${persons} people cannot pass ${width} m of used width at ${flow} per m and s.`)
  return persons / (width * flow)
}

/**
 * Independent counts with their deviations as one, weighted by inverse variance.
 * @throws RangeError for no count or a deviation that is not above 0.
 */
export function fuseCounts(counts: readonly (readonly [count: number, deviation: number])[]): {
  readonly count: number
  readonly deviation: number
} {
  let [sum, weights] = [0, 0]
  for (const [count, deviation] of counts) {
    if (!(deviation > 0 && Number.isFinite(count)))
      throw new RangeError(`A count has a deviation: ${count} ± ${deviation}.`)
    sum += count / deviation ** 2
    weights += 1 / deviation ** 2
  }
  if (weights === 0) throw new RangeError('There is no count to fuse.')
  return { count: sum / weights, deviation: 1 / Math.sqrt(weights) }
}

function checkDensity(density: number): void {
  if (!(density >= 0) || density === Number.POSITIVE_INFINITY)
    throw new RangeError(`A density is finite and not negative, got ${density} per m².`)
}
