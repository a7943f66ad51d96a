import type { Track } from './catalogue'
import type { Report } from './report'
import { hours } from './time'
import type { EpochMillis } from './time'

/** Slower than walking is standing: position noise of a parked vehicle stays below it. Metres per second. */
export const MOVING_FROM = 1

/** How a Track stands at a moment of the World's clock. Without a told speed nobody says that it moves. */
export function trackStanding(
  { staleAfterSeconds }: Pick<Track, 'staleAfterSeconds'>,
  last: { readonly phenomenonTime: number; readonly speed: number },
  now: EpochMillis,
): 'moving' | 'standing' | 'silent' {
  if (now > last.phenomenonTime + staleAfterSeconds * 1000) return 'silent'
  return last.speed >= MOVING_FROM ? 'moving' : 'standing'
}

/** Reports of occurrences in the 24 hours up to a moment of the World's clock. */
export const reportsOfDay = (reports: readonly Report[], now: EpochMillis): Report[] =>
  reports.filter(({ phenomenonTime }) => phenomenonTime <= now && phenomenonTime > now - hours(24))
