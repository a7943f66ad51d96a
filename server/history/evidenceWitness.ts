import type { Datastream, FeedEntry, ObservedProperty, Track } from '@/domain/catalogue'
import type { FeedNo } from '@/domain/ids'
import type { EpochMillis } from '@/domain/time'

/** What the catalogue and the live picture know beside the stores; of one World. */
export interface EvidenceWitness {
  readonly worldNow: EpochMillis
  readonly streams: readonly Datastream[]
  readonly feeds: readonly FeedEntry[]
  readonly tracks: readonly Track[]
  property(key: string): ObservedProperty | undefined
  /** Allowed lateness of a Feed, ms. */
  latenessMs(feed: FeedNo): number
  /** World time from which acknowledged records may be missing in the store; undefined when it has them all. */
  readonly pendingSince: number | undefined
  /** Is that record in the live picture, though perhaps not in the store yet? */
  isLive(stream: number, epoch: number, offset: number): boolean
  /** Is that position in the live picture? */
  isPositionLive(track: number, epoch: number, offset: number): boolean
  /** Is that revision of a Report in the live picture? */
  isReportLive(report: string, revisedAt: EpochMillis): boolean
}
