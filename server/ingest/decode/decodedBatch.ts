import type { QuarantinedRecord } from '@/domain/batch'
import type { ReportDraft } from '@/domain/feed/sourceRow'

/** Stream and track numbers from here on are indices into the batch's list of names that the decoder did not know. */
export const UNKNOWN_FROM = 0xf000_0000

/** Observations as columns; times in epoch ms, `quality` as the source says it. */
export interface ObservationColumns {
  readonly stream: Uint32Array
  readonly time: Float64Array
  readonly value: Float64Array
  readonly quality: Uint16Array
}

export interface PositionColumns {
  readonly track: Uint32Array
  readonly time: Float64Array
  readonly longitude: Float64Array
  readonly latitude: Float64Array
  readonly speed: Float32Array
  readonly heading: Float32Array
}

/** What a body or a piece of a file says, before numbers, flags and the log. */
export interface DecodedBatch {
  /** Records seen, refused ones included. */
  readonly received: number
  readonly observations: ObservationColumns
  readonly positions: PositionColumns
  readonly reports: readonly ReportDraft[]
  readonly unknownStreams: readonly string[]
  readonly unknownTracks: readonly string[]
  /** The first `REFUSED_KEPT` refused records; `rejected` counts them all. */
  readonly refused: readonly QuarantinedRecord[]
  readonly rejected: number
}

/** Why a whole body was refused. */
export interface BodyRefusal {
  readonly status: 400 | 413 | 415
  readonly code: 'ingest.unreadable' | 'ingest.tooLarge' | 'ingest.tooManyRecords' | 'ingest.unsupported'
  readonly message: string
}

export const BODY_LIMITS = {
  inflatedBytes: 64 * 1024 ** 2,
  records: 200_000,
  lineChars: 64 * 1024,
} as const

/** Quarantined from one body; a body of garbage shall not fill the store. */
export const REFUSED_KEPT = 5_000
