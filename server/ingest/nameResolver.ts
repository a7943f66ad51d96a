import type { FeedMapping } from '@/domain/feed/mapping'
import { type StreamDraft, draftOfKey } from '@/domain/feed/streams'
import type { CatalogueStore } from '../catalogue/catalogueStore'
import type { FeedRecord } from '../catalogue/feedRecord'
import { type DecodedBatch, UNKNOWN_FROM } from './decode/decodedBatch'

/** Names that became numbers: for the decode thread, so that it knows them next time. */
export interface LearntNames {
  readonly streams: readonly string[]
  readonly streamNos: readonly number[]
  readonly tracks: readonly string[]
  readonly trackNos: readonly number[]
}

/** Registers what the decoder did not know and puts the numbers into the batch's columns. */
export async function resolveNames(
  catalogue: CatalogueStore,
  feed: FeedRecord,
  batch: DecodedBatch,
): Promise<LearntNames | undefined> {
  const { unknownStreams: streams, unknownTracks: tracks } = batch
  if (streams.length + tracks.length === 0) return undefined
  const drafts = streams
    .map((key) => draftOfKey(feed.mapping, key))
    .filter((draft): draft is StreamDraft => draft !== undefined)
  const registered = drafts.length === 0 ? [] : await catalogue.registerStreams(feed.world, feed.no, drafts)
  const trackNos =
    tracks.length === 0 ? [] : await catalogue.registerTracks(feed.world, feed.no, trackDrafts(feed.mapping, tracks))
  const streamNos = registered.map(({ no }) => no)
  fill(batch.observations.stream, streamNos)
  fill(batch.positions.track, trackNos)
  return { streams, streamNos, tracks, trackNos }
}

function fill(column: Uint32Array, nos: readonly number[]): void {
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
