import type { FeedMapping } from '@/domain/feed/mapping'
import type { DecodedBatch } from '../decode/decodedBatch'

/** To the replay thread. Times in epoch ms of the World's clock. */
export type ToReplay =
  /** Begins with the first record at or after `from`; `shift` is added to every time of the data. */
  | {
      readonly kind: 'open'
      readonly id: number
      readonly mapping: FeedMapping
      readonly folder: string
      readonly from: number
      readonly shift: number
    }
  /** Asks for the records up to `until`, at most `rows` of them. */
  | { readonly kind: 'pull'; readonly id: number; readonly until: number; readonly rows: number }
  /** Asks for the time of the first record, without a shift. */
  | { readonly kind: 'first'; readonly id: number; readonly mapping: FeedMapping; readonly folder: string }

export interface Pulled {
  readonly batch: DecodedBatch
  /** Time of the batch's last record. */
  readonly last: number | undefined
  /** Time of the record after it; nothing at the end of the data. */
  readonly next: number | undefined
}

export type FromReplay =
  | { readonly kind: 'pulled'; readonly id: number; readonly pulled: Pulled }
  | { readonly kind: 'first'; readonly id: number; readonly at: number | undefined }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
