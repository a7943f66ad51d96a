import type { FeedMapping } from '@/domain/feed/mapping'
import type { Result } from '@/domain/result'
import type { PushedBody } from './decodeBody'
import type { BodyRefusal, DecodedBatch } from './decodedBatch'

/** To the decode thread. `feed` replaces what it knew of the feed; `names` adds numbers. */
export type ToDecoder =
  | { readonly kind: 'feed'; readonly feed: number; readonly mapping: FeedMapping }
  | {
      readonly kind: 'names'
      readonly feed: number
      readonly streams: readonly string[]
      readonly streamNos: readonly number[]
      readonly tracks: readonly string[]
      readonly trackNos: readonly number[]
    }
  | { readonly kind: 'body'; readonly id: number; readonly feed: number; readonly body: PushedBody }

/** From the decode thread: the answer to the body of the same id. */
export interface FromDecoder {
  readonly id: number
  readonly result: Result<DecodedBatch, BodyRefusal>
  /** Time spent decoding, ms. */
  readonly spentMs: number
}
