import type { EpochMillis } from '@/domain/time'
import type { Report } from '@/domain/report'
import type { DecodedBatch, ObservationColumns, PositionColumns } from './decode/decodedBatch'
import type { FeedCounts } from './feedMeter'
import type { Arrival } from './intake'
import { type Judged, taken } from './judge'
import type { RecordDraft } from './log/recordDraft'

/** What a judged batch came to. */
export function countsOf(batch: DecodedBatch, judged: readonly Judged[], reports: number): FeedCounts {
  const total = (pick: (one: Judged) => number): number => judged.reduce((sum, one) => sum + pick(one), 0)
  return {
    received: batch.received,
    accepted: total(({ take }) => take.length) + reports,
    duplicates: total(({ duplicates }) => duplicates) + batch.reports.length - reports,
    corrections: total(({ corrections }) => corrections),
    late: total(({ late }) => late),
    rejected: batch.rejected,
    flagged: total(({ flagged }) => flagged),
  }
}

interface Kept {
  readonly observations: Judged
  readonly positions: Judged
  readonly reports: readonly Report[]
  readonly knownTime: EpochMillis
}

/** The log's records of a batch: at most one of each kind. */
export function draftsOf({ feed, batch, traceId, receivedAt }: Arrival, kept: Kept): RecordDraft[] {
  const head = { world: feed.world, feed: feed.no, knownTime: kept.knownTime, traceId, receivedAt }
  const drafts: RecordDraft[] = []
  const { take, quality } = kept.observations
  if (take.length > 0) {
    const { stream, time, value } = batch.observations
    drafts.push({
      ...head,
      kind: 'observations',
      stream: taken(stream, take),
      phenomenonTime: taken(time, take),
      value: taken(value, take),
      quality,
    })
  }
  const { take: places, quality: flags } = kept.positions
  if (places.length > 0) {
    const { time: phenomenonTime, ...columns } = positionsAt(batch.positions, places)
    drafts.push({ ...head, kind: 'positions', ...columns, phenomenonTime, quality: flags })
  }
  if (kept.reports.length > 0) drafts.push({ ...head, kind: 'reports', reports: kept.reports })
  if (batch.refused.length > 0) drafts.push({ ...head, kind: 'quarantine', records: batch.refused })
  return drafts
}

/** The rows of a batch that were left, without what else it brought. */
export function leftOf(batch: DecodedBatch, rows: Uint32Array, places: Uint32Array): DecodedBatch | undefined {
  if (rows.length + places.length === 0) return undefined
  return {
    received: 0,
    rejected: 0,
    reports: [],
    unknownStreams: [],
    unknownTracks: [],
    refused: [],
    observations: observationsAt(batch.observations, rows),
    positions: positionsAt(batch.positions, places),
  }
}

/** The rows `take` of observations. */
export const observationsAt = (
  { stream, time, value, quality }: ObservationColumns,
  take: Uint32Array,
): ObservationColumns => ({
  stream: taken(stream, take),
  time: taken(time, take),
  value: taken(value, take),
  quality: taken(quality, take),
})

const positionsAt = (columns: PositionColumns, take: Uint32Array): PositionColumns => ({
  track: taken(columns.track, take),
  time: taken(columns.time, take),
  longitude: taken(columns.longitude, take),
  latitude: taken(columns.latitude, take),
  speed: taken(columns.speed, take),
  heading: taken(columns.heading, take),
})
