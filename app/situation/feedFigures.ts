import type { FeedHealth, FeedState } from '@/domain/feedHealth'

/** Feeds by state; a Feed without a measurement was never heard. */
export function countFeeds(
  all: readonly { readonly no: number }[],
  health: ReadonlyMap<number, FeedHealth>,
): Record<FeedState, number> {
  const counts: Record<FeedState, number> = { onTime: 0, late: 0, silent: 0, never: 0 }
  for (const { no } of all) counts[health.get(no)?.state ?? 'never'] += 1
  return counts
}
