import type { FeedMapping } from '@/domain/feed/mapping'
import { type StreamDraft, draftOfKey } from '@/domain/feed/streams'
import type { CatalogueStore } from '../catalogue/catalogueStore'
import type { FeedRecord } from '../catalogue/feedRecord'
import { type DecodedBatch, REFUSED_KEPT, UNKNOWN_FROM } from './decode/decodedBatch'
import { maskSample } from './decode/maskSample'
import { observationsAt } from './judgedBatch'

/** Names that became numbers: for the decode thread, so that it knows them next time. */
export interface LearntNames {
  readonly streams: readonly string[]
  readonly streamNos: readonly number[]
  readonly tracks: readonly string[]
  readonly trackNos: readonly number[]
}

export interface Resolved {
  readonly batch: DecodedBatch
  /** Nothing when the decoder knew every name. */
  readonly learnt: LearntNames | undefined
}

/** Registers what the decoder did not know and puts the numbers into the columns; rows of other feeds' streams go. */
export async function resolveNames(
  catalogue: Pick<CatalogueStore, 'registerStreams' | 'registerTracks'>,
  feed: FeedRecord,
  batch: DecodedBatch,
): Promise<Resolved> {
  const { unknownStreams, unknownTracks: tracks } = batch
  if (unknownStreams.length + tracks.length === 0) return { batch, learnt: undefined }
  const drafts = unknownStreams
    .map((key) => draftOfKey(feed.mapping, key))
    .filter((draft): draft is StreamDraft => draft !== undefined)
  const own: ReadonlyMap<string, number> =
    drafts.length === 0 ? new Map() : await catalogue.registerStreams(feed.world, feed.no, drafts)
  const trackNos =
    tracks.length === 0 ? [] : await catalogue.registerTracks(feed.world, feed.no, trackDrafts(feed.mapping, tracks))
  const nos = unknownStreams.map((key) => own.get(key))
  const kept = nos.includes(undefined) ? withoutForeign(feed, batch, nos) : batch
  fill(kept.observations.stream, nos)
  fill(kept.positions.track, trackNos)
  return { batch: kept, learnt: { streams: [...own.keys()], streamNos: [...own.values()], tracks, trackNos } }
}

/** Rows of unknown names without a number go to quarantine: their stream is another feed's. */
function withoutForeign(feed: FeedRecord, batch: DecodedBatch, nos: readonly (number | undefined)[]): DecodedBatch {
  const { stream, time, value } = batch.observations
  const keep: number[] = []
  const refused = [...batch.refused]
  stream.forEach((no, i) => {
    if (no < UNKNOWN_FROM || nos[no - UNKNOWN_FROM] !== undefined) {
      keep.push(i)
      return
    }
    if (refused.length >= REFUSED_KEPT) return
    const datastream = batch.unknownStreams[no - UNKNOWN_FROM] ?? ''
    const record = { datastream, phenomenonTime: time[i], result: value[i] }
    refused.push({
      line: i + 1,
      reason: 'streamOfAnotherFeed',
      message: `${datastream} belongs to another feed; the line is counted among the readable records.`,
      sample: maskSample(JSON.stringify(record), feed.mapping.contract.personalFields),
    })
  })
  const take = Uint32Array.from(keep)
  const observations = observationsAt(batch.observations, take)
  return { ...batch, observations, refused, rejected: batch.rejected + stream.length - take.length }
}

function fill(column: Uint32Array, nos: readonly (number | undefined)[]): void {
  for (let i = 0; i < column.length; i++) {
    const no = column[i] as number
    if (no >= UNKNOWN_FROM) column[i] = nos[no - UNKNOWN_FROM] as number
  }
}

function trackDrafts(mapping: FeedMapping, keys: readonly string[]) {
  const inputs = mapping.source.kind === 'files' ? mapping.source.inputs : [mapping.source.input]
  const records = inputs.map((input) => input?.records).find((spec) => spec?.kind === 'positions')
  const subjectKind = records?.kind === 'positions' ? records.subjectKind : 'vehicle'
  const { periodSeconds, latenessSeconds } = mapping.contract
  const staleAfterSeconds = mapping.staleAfterSeconds ?? 2 * periodSeconds + latenessSeconds
  return keys.map((key) => ({ key, name: { 'zh-CN': key, en: key }, subjectKind, staleAfterSeconds }))
}
