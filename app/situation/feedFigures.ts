import type { FeedHealth, FeedState } from '@/domain/feedHealth'
import type { Measured } from '@/domain/measured'
import type { EpochMillis } from '@/domain/time'

/** A number of a Feed's health as its server measured it; it belongs to an event and not to a stored row. */
export const feedFigure = (health: FeedHealth, value: number, now: EpochMillis, unit = ''): Measured => ({
  kind: 'value',
  value,
  unit,
  provenance: 'measured',
  quality: 0,
  asOf: health.lastKnownTime ?? now,
  source: { kind: 'event', id: `feedMeasured/${health.feed}` },
})

/** Feeds by state; a Feed without a measurement was never heard. */
export function countFeeds(
  all: readonly { readonly no: number }[],
  health: ReadonlyMap<number, FeedHealth>,
): Record<FeedState, number> {
  const counts: Record<FeedState, number> = { onTime: 0, late: 0, silent: 0, never: 0 }
  for (const { no } of all) counts[health.get(no)?.state ?? 'never'] += 1
  return counts
}
