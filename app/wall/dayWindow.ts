import type { Datastream } from '@/domain/catalogue'
import { hours } from '@/domain/time'

/** World time is asked in steps, so that a chart asks once a step and not each second. */
export function dayWindow(now: number, stream: Datastream): { from: number; to: number } {
  const step = Math.max(60_000, Math.min(stream.periodSeconds * 1000, hours(1)))
  const to = Math.ceil(now / step) * step
  return { from: to - hours(24), to }
}

/** Silence this long breaks the line. Milliseconds. */
export const gapOf = (stream: Datastream): number =>
  Math.max(stream.staleAfterSeconds, stream.periodSeconds * 2.5) * 1000
