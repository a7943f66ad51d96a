/** A point of a drawing, CSS px. */
export type Point = readonly [number, number]

/** An SVG path through points. */
export const pathOf = (points: readonly Point[]): string =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')

/** Splits samples where two neighbours lie farther apart than a gap: silence is a gap in the line, not a straight one. */
export function segmentsOf(times: readonly number[], gap: number): readonly (readonly [number, number])[] {
  const segments: [number, number][] = []
  let start = 0
  for (let i = 1; i <= times.length; i++) {
    if (i < times.length && times[i]! - times[i - 1]! <= gap) continue
    segments.push([start, i])
    start = i
  }
  return times.length === 0 ? [] : segments
}

/**
 * The gap that means silence in these samples: as stated, but never less than four usual steps, for a thinned series has
 * wide steps and is not silent between them. Milliseconds.
 */
export function silentGap(times: readonly number[], stated: number): number {
  const steps = times
    .slice(1)
    .map((at, i) => at - times[i]!)
    .sort((a, b) => a - b)
  return Math.max(stated, 4 * (steps[Math.floor(steps.length / 2)] ?? 0))
}

/** The usual band between two columns, as a closed path; NaN parts are left out. */
export function bandPath(
  times: readonly number[],
  low: readonly number[],
  high: readonly number[],
  place: (time: number, value: number) => Point,
): string {
  const usable = times.map((_, i) => i).filter((i) => Number.isFinite(low[i]) && Number.isFinite(high[i]))
  if (usable.length < 2) return ''
  const upper = usable.map((i) => place(times[i]!, high[i]!))
  const lower = usable.toReversed().map((i) => place(times[i]!, low[i]!))
  return `${pathOf([...upper, ...lower])}Z`
}
