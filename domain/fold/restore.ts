import { foldSituation } from './foldSituation'
import type { PictureStore } from './picture'
import type { FeedNo, TraceId, WorldNo } from '../ids'
import { epochMillis } from '../time'
import type { EpochMillis } from '../time'

/** The latest value of one Datastream as a store keeps it; times in epoch ms of the World. */
export interface StoredReading {
  readonly no: number
  readonly phenomenonTime: number
  readonly knownTime: number
  readonly value: number
  readonly quality: number
  readonly epoch: number
  readonly offset: number
  /** Set while the stream is silent. */
  readonly silentSince?: number | undefined
}

/** The latest position of one Track as a store keeps it. */
export interface StoredPosition {
  readonly no: number
  readonly phenomenonTime: number
  readonly knownTime: number
  readonly longitude: number
  readonly latitude: number
  readonly speed: number
  readonly heading: number
  readonly quality: number
  readonly epoch: number
  readonly offset: number
}

const nobody = { world: 0 as WorldNo, feed: 0 as FeedNo, recordedAt: 0 as EpochMillis, traceId: '' as TraceId }

/** Folds a stored row, as if its record came again: a newer one that is already there stays. */
export function restoreReading(picture: PictureStore, row: StoredReading): void {
  const { epoch, offset } = row
  const head = { ...nobody, epoch, offset, knownTime: row.knownTime as EpochMillis }
  const stream = Uint32Array.of(row.no)
  const time = Float64Array.of(row.phenomenonTime)
  foldSituation(picture, {
    kind: 'observed',
    batch: {
      ...head,
      kind: 'observations',
      stream,
      phenomenonTime: time,
      value: Float64Array.of(row.value),
      quality: Uint16Array.of(row.quality),
    },
  })
  if (row.silentSince === undefined) return
  restoreSilence(picture, { stream: row.no, lastPhenomenonTime: row.phenomenonTime, since: row.silentSince })
}

/** Folds a stored silence, as if its record came again: one that is over changes nothing. */
export function restoreSilence(
  picture: PictureStore,
  silence: { readonly stream: number; readonly lastPhenomenonTime: number; readonly since: number },
): void {
  foldSituation(picture, {
    kind: 'fellSilent',
    batch: {
      ...nobody,
      kind: 'silences',
      epoch: 0,
      offset: 0,
      knownTime: epochMillis(silence.since),
      stream: Uint32Array.of(silence.stream),
      lastPhenomenonTime: Float64Array.of(silence.lastPhenomenonTime),
      since: Float64Array.of(silence.since),
    },
  })
}

/** Folds a stored position, as if its record came again. */
export function restorePosition(picture: PictureStore, row: StoredPosition): void {
  const { epoch, offset } = row
  foldSituation(picture, {
    kind: 'positioned',
    batch: {
      ...nobody,
      kind: 'positions',
      epoch,
      offset,
      knownTime: row.knownTime as EpochMillis,
      track: Uint32Array.of(row.no),
      phenomenonTime: Float64Array.of(row.phenomenonTime),
      longitude: Float64Array.of(row.longitude),
      latitude: Float64Array.of(row.latitude),
      speed: Float32Array.of(row.speed),
      heading: Float32Array.of(row.heading),
      quality: Uint16Array.of(row.quality),
    },
  })
}
