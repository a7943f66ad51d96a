/**
 * Travel time index: actual over free-flow time, never below 1.
 * @throws RangeError unless both times are finite and above 0.
 */
export function travelTimeIndex(freeFlowSeconds: number, actualSeconds: number): number {
  if (!(freeFlowSeconds > 0 && actualSeconds > 0 && Number.isFinite(freeFlowSeconds + actualSeconds)))
    throw new RangeError(`Travel times are above 0 s, got ${freeFlowSeconds} and ${actualSeconds}.`)
  return Math.max(1, actualSeconds / freeFlowSeconds)
}

export type Congestion = 'smooth' | 'basic' | 'slow' | 'heavy' | 'jammed'
const CONGESTION: readonly Congestion[] = ['smooth', 'basic', 'slow', 'heavy', 'jammed']

/** Congestion by the city's four ascending limits of the travel time index; a value on a limit is the lesser level. */
export function congestionLevel(index: number, limits: readonly [number, number, number, number]): Congestion {
  return CONGESTION[limits.filter((limit) => index > limit).length]!
}

export interface IncidentThresholds {
  /** Occupancy difference between the stations, in the unit of the occupancies. */
  readonly difference: number
  /** That difference over the upstream occupancy. */
  readonly relative: number
  /** Relative drop of the downstream occupancy over two intervals. */
  readonly drop: number
}

/** Intervals below the first threshold that end an incident. */
const QUIET_INTERVALS = 2

/**
 * California algorithm (Payne and Tignor 1978) between two detector stations: per interval whether an incident stands.
 * It begins when all three tests hold and ends after two intervals with the difference below its threshold.
 * @throws RangeError when the series differ in length. A missing occupancy (NaN) neither begins nor ends one.
 */
export function detectIncidents(
  upstream: readonly number[],
  downstream: readonly number[],
  thresholds: IncidentThresholds,
): boolean[] {
  if (upstream.length !== downstream.length)
    throw new RangeError(`${upstream.length} upstream intervals for ${downstream.length} downstream.`)
  let [standing, quiet] = [false, 0]
  return upstream.map((up, t) => {
    const down = downstream[t]!
    const difference = up - down
    if (standing) {
      if (difference < thresholds.difference) quiet++
      else if (difference >= thresholds.difference) quiet = 0
      if (quiet >= QUIET_INTERVALS) standing = false
    } else if (begins({ up, down, before: downstream[t - 2] ?? Number.NaN }, thresholds)) {
      ;[standing, quiet] = [true, 0]
    }
    return standing
  })
}

function begins(
  { up, down, before }: { up: number; down: number; before: number },
  { difference, relative, drop }: IncidentThresholds,
): boolean {
  return up - down >= difference && (up - down) / up >= relative && (before - down) / before >= drop
}
