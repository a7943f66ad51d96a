import type { FeedEntry } from '@/domain/catalogue'
import type { FeedMapping } from '@/domain/feed/mapping'
import type { FeedStanding } from '@/domain/feed/standing'
import type { FeedNo, WorldNo } from '@/domain/ids'

/** A feed as the intake knows it: its number, its whole mapping, and the hash of its producer's key. */
export interface FeedRecord {
  readonly no: FeedNo
  readonly world: WorldNo
  readonly key: string
  readonly mapping: FeedMapping
  readonly entry: FeedEntry
  readonly digest: string
  /** SHA-256 in hex; missing for a file replay. */
  readonly keyHash?: string
  readonly standing: FeedStanding
  /** Why it is not good, in codes of breached clauses or a person's words. */
  readonly standingReason?: string
}

export function feedEntry(no: FeedNo, mapping: FeedMapping): FeedEntry {
  const { owner, steward, licence, periodSeconds } = mapping.contract
  return { no, key: mapping.feed, name: mapping.name, owner, steward, licence, periodSeconds }
}
