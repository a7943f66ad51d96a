/** Flags of a series, one per value: true where the check found fault. */
export type Flags = readonly boolean[]

/** The k-th equal value in a row and all after it, k from `minRun`; equal within `tolerance`. */
export function flatline(values: readonly number[], minRun: number, tolerance: number): Flags {
  let run = 0
  return values.map((value, i) => {
    run = i > 0 && Math.abs(value - values[i - 1]!) <= tolerance ? run + 1 : 1
    return run >= minRun
  })
}

/**
 * A value that stands out from both its neighbours, on one side, and lies further than `limit` from their mean (QARTOD
 * spike test; the side keeps the neighbours of a spike clean). The ends are not judged.
 */
export function spikes(values: readonly number[], limit: number): Flags {
  return values.map((value, i) => {
    const [before, after] = [values[i - 1], values[i + 1]]
    if (before === undefined || after === undefined) return false
    return (value - before) * (value - after) > 0 && Math.abs(value - (before + after) / 2) > limit
  })
}

/** A value further than `limit` from the one before (QARTOD rate of change test). */
export function steps(values: readonly number[], limit: number): Flags {
  return values.map((value, i) => i > 0 && Math.abs(value - values[i - 1]!) > limit)
}

/** Outside least and most; a value that is no number is outside. */
export function outOfRange(values: readonly number[], [least, most]: readonly [number, number]): Flags {
  return values.map((value) => !(value >= least && value <= most))
}

export type Skew = 'ok' | 'late' | 'future'

/** Whether what arrived at `known` came more than `lateSeconds` after or `futureSeconds` before its own time. */
export function timeSkew(
  event: readonly number[],
  known: readonly number[],
  { lateSeconds, futureSeconds }: { readonly lateSeconds: number; readonly futureSeconds: number },
): Skew[] {
  return event.map((at, i) => {
    const delay = known[i]! - at
    if (delay > lateSeconds) return 'late'
    return delay < -futureSeconds ? 'future' : 'ok'
  })
}

/** Values missing before each: the gap to the one before is over 2.5 periods; 0 where it is not. */
export function gaps(seconds: readonly number[], periodSeconds: number): number[] {
  return seconds.map((at, i) => {
    const apart = i === 0 ? 0 : at - seconds[i - 1]!
    return apart > 2.5 * periodSeconds ? Math.round(apart / periodSeconds) - 1 : 0
  })
}

/** A time that was there already. */
export function duplicates(seconds: readonly number[]): Flags {
  const seen = new Set<number>()
  return seconds.map((at) => {
    const known = seen.has(at)
    seen.add(at)
    return known
  })
}

const UNIT_FACTORS = [10, 60, 1000]

/** A value that is 10, 60 or 1000 times the one before, or that part of it, within 1 %. */
export function unitJumps(values: readonly number[]): Flags {
  return values.map((value, i) => {
    const ratio = i === 0 ? 1 : Math.abs(value / values[i - 1]!)
    return UNIT_FACTORS.some((factor) => near(ratio, factor) || near(ratio, 1 / factor))
  })
}

const near = (ratio: number, factor: number): boolean => Math.abs(ratio / factor - 1) <= 0.01
