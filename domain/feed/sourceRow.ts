import type { EpochMillis } from '../time'
import type { Cells } from './timeSpec'

/** A report as its source tells it; the intake adds id, feed and known time. */
export interface ReportDraft {
  readonly kind: string
  readonly key: string
  readonly title: { readonly 'zh-CN': string; readonly en: string }
  readonly phenomenonTime: EpochMillis
  readonly revisedAt: EpochMillis
  readonly longitude?: number
  readonly latitude?: number
  readonly magnitude?: number
  readonly unit?: string
  readonly properties: Readonly<Record<string, string | number>>
}

/** Where decoded records go. Keys are those of Datastreams (`thing.property`) and Tracks; speed in m/s, degrees in CGCS2000. */
export interface RecordSink {
  observation(stream: string, time: EpochMillis, value: number, quality: number): void
  position(position: PositionDraft): void
  report(report: ReportDraft): void
}

export interface PositionDraft {
  readonly track: string
  readonly time: EpochMillis
  readonly longitude: number
  readonly latitude: number
  readonly speed: number
  readonly heading: number
}

/** One row of a file or one object of a body. `row` counts from 0 in its file; `columns` are its header, where it has one. */
export interface SourceRow {
  readonly cells: Cells
  readonly row: number
  readonly file: string
  readonly columns: readonly string[]
}

export interface RowRefusal {
  readonly reason: string
  readonly message: string
}

/** Writes a row's records to the sink. What cannot be read is told, and the rest of the row is taken. */
export type RowDecoder = (row: SourceRow, sink: RecordSink) => RowRefusal | undefined

/** The records of a row whose moment is known. */
export type RecordDecoder = (row: SourceRow, time: EpochMillis, sink: RecordSink) => RowRefusal | undefined

export const refusal = (reason: string, message: string): RowRefusal => ({ reason, message })

/** A cell as a finite number, or NaN. */
export const numberCell = (cell: string | number | undefined): number =>
  cell === undefined || cell === '' ? Number.NaN : Number(cell)
