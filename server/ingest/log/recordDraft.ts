import { type LogRecord, rowCount } from '@/domain/batch'
import type { EpochMillis } from '@/domain/time'

type WithoutStamp<Kind> = Kind extends LogRecord ? Omit<Kind, 'epoch' | 'offset' | 'recordedAt'> : never

/** A record before the log gave it its place in the total order and the machine time of its recording. */
export type RecordDraft = WithoutStamp<LogRecord>

export interface Stamp {
  readonly epoch: number
  readonly offset: number
  readonly recordedAt: EpochMillis
}

/** The record itself: fields are added in place, the columns are not copied. */
export const stamped = (draft: RecordDraft, stamp: Stamp): LogRecord => ({ ...draft, ...stamp })

/** Rows of a draft, which is how many offsets it takes. */
export const draftRows = (draft: RecordDraft): number => rowCount(draft as LogRecord)
