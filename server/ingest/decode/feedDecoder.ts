import type { ObservationRecord } from '@/domain/api/ingest'
import type { FeedMapping } from '@/domain/feed/mapping'
import { openFormat } from '@/domain/formats/openFormat'
import { type Format, sampleOf } from '@/domain/formats/reading'
import { rowDecoder } from '@/domain/feed/rowDecoder'
import type { RowDecoder } from '@/domain/feed/sourceRow'
import { draftOfKey } from '@/domain/feed/streams'
import { parseIso } from '@/domain/feed/timeText'
import { Key } from '@/domain/ids'
import { epochMillis } from '@/domain/time'
import type { BatchBuilder } from './batchBuilder'
import { type NameBook } from './batchBuilder'
import { type CanonicalLine, readCanonicalLine } from './canonicalLine'
import { KeyTable } from './keyTable'
import { maskSample } from './maskSample'
import { compileRecordCheck, explainRecord, qualityOf } from './recordSchema'

/** Moments that ClickHouse's DateTime64 can hold. */
const FIRST_MOMENT = Date.UTC(1900, 0, 1)
const LAST_MOMENT = Date.UTC(2299, 0, 1)

const isRecord = compileRecordCheck()

/** Decodes what one feed sends, record by record, into a builder. Lives in a worker thread. */
export class FeedDecoder implements NameBook {
  readonly mapping: FeedMapping
  readonly #streams = new Map<string, number>()
  readonly #tracks = new Map<string, number>()
  readonly #rows: RowDecoder | undefined
  readonly #format: Format | undefined
  readonly #known = new KeyTable()
  readonly #line: CanonicalLine = { keyStart: 0, keyEnd: 0, keyHash: 0, time: 0, value: 0, quality: 0 }

  constructor(mapping: FeedMapping) {
    this.mapping = mapping
    const input = mapping.source.kind === 'files' ? undefined : mapping.source.input
    this.#rows = input === undefined ? undefined : rowDecoder(mapping, input)
    this.#format = input === undefined ? undefined : openFormat(input.format)
  }

  learnStreams(keys: readonly string[], nos: readonly number[]): void {
    keys.forEach((key, i) => {
      this.#streams.set(key, nos[i] as number)
      // The common form passes no schema: only names that would pass it are known to it.
      if (Key.safeParse(key).success) this.#known.set(key, nos[i] as number)
    })
  }

  learnTracks(keys: readonly string[], nos: readonly number[]): void {
    keys.forEach((key, i) => this.#tracks.set(key, nos[i] as number))
  }

  streamNo(key: string): number | undefined {
    return this.#streams.get(key)
  }

  trackNo(key: string): number | undefined {
    return this.#tracks.get(key)
  }

  refuseStream(key: string): { reason: string; message: string } | undefined {
    if (this.mapping.contract.newStreams === 'refuse') {
      return {
        reason: 'streamUnknown',
        message: `${key} is no Datastream of this feed, and its contract creates none.`,
      }
    }
    if (draftOfKey(this.mapping, key) !== undefined) return undefined
    return { reason: 'propertyUnknown', message: `${key} does not end in a declared property.` }
  }

  /** Takes the line in the common form that begins at `start`, if it is one and its stream is known: its end, or -1. Hot path. */
  canonical(builder: BatchBuilder, bytes: Uint8Array, start: number): number {
    if (this.#rows !== undefined) return -1
    const fields = this.#line
    const end = readCanonicalLine(bytes, start, fields)
    if (end < 0 || !(fields.time >= FIRST_MOMENT && fields.time < LAST_MOMENT)) return -1
    const no = this.#known.find(bytes, fields.keyStart, fields.keyEnd, fields.keyHash)
    if (no < 0) return -1
    builder.add(no, fields.time, fields.value, fields.quality)
    return end
  }

  /** One line of NDJSON in any form; `line` counts from 1. */
  line(builder: BatchBuilder, sample: string, line: number): void {
    let value: unknown
    try {
      value = JSON.parse(sample)
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : 'not JSON'
      return this.#refuse(builder, { line, reason: 'notJson', message: message.slice(0, 200), sample })
    }
    this.record(builder, value, line)
  }

  /** One record that was parsed already; `line` counts from 1. */
  record(builder: BatchBuilder, value: unknown, line: number): void {
    if (this.#rows !== undefined) return this.#row(builder, value, line)
    if (!isRecord(value)) {
      return this.#refuse(builder, {
        line,
        reason: 'schema',
        message: explainRecord(value),
        sample: JSON.stringify(value),
      })
    }
    this.#observation(builder, value, line)
  }

  /** A body in the form that the feed's mapping names; `arrivedAt` in the World's clock. False when it names none. */
  document(builder: BatchBuilder, bytes: Uint8Array, arrivedAt: number): boolean {
    const reading = this.#format?.(bytes, { arrivedAt })
    if (reading === undefined) return false
    for (const piece of reading.refused) this.#refuse(builder, piece)
    for (const row of reading.rows) this.#row(builder, row.fields, row.line, () => sampleOf(row))
    return true
  }

  #observation(builder: BatchBuilder, record: ObservationRecord, line: number): void {
    const { phenomenonTime } = record
    const time = typeof phenomenonTime === 'number' ? phenomenonTime : parseIso(phenomenonTime)
    const sample = (): string => JSON.stringify(record)
    if (Number.isNaN(time)) {
      const message = 'phenomenonTime is no ISO 8601 time with a zone.'
      return this.#refuse(builder, { line, reason: 'timeUnreadable', message, sample: sample() })
    }
    if (time < FIRST_MOMENT || time >= LAST_MOMENT) {
      return this.#refuse(builder, {
        line,
        reason: 'timeOutOfBounds',
        message: 'phenomenonTime is before 1900 or after 2298.',
        sample: sample(),
      })
    }
    builder.observation(record.datastream, epochMillis(time), record.result, qualityOf(record.resultQuality))
    const refusal = builder.takeRefusal()
    if (refusal !== undefined) this.#refuse(builder, { line, ...refusal, sample: sample() })
  }

  #row(builder: BatchBuilder, value: unknown, line: number, text?: () => string): void {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.#refuse(builder, {
        line,
        reason: 'schema',
        message: 'A record is a JSON object.',
        sample: JSON.stringify(value),
      })
    }
    const fields = value as Readonly<Record<string, unknown>>
    const refused = this.#rows?.(
      { cells: (column) => cellOf(fields[column]), row: line - 1, file: '', columns: Object.keys(fields) },
      builder,
    )
    const refusal = refused ?? builder.takeRefusal()
    if (refusal !== undefined) this.#refuse(builder, { line, ...refusal, sample: text?.() ?? JSON.stringify(value) })
  }

  #refuse(builder: BatchBuilder, record: { line: number; reason: string; message: string; sample: string }): void {
    const { personalFields } = this.mapping.contract
    // A parser's own words can quote the record.
    const message = personalFields.length > 0 && record.reason === 'notJson' ? 'The line is not JSON.' : record.message
    builder.refuse({ ...record, message, sample: maskSample(record.sample, personalFields) })
  }
}

/** A JSON value as a cell of a row. */
export function cellOf(value: unknown): string | number | undefined {
  if (typeof value === 'number' || typeof value === 'string') return value
  return typeof value === 'boolean' ? String(value) : undefined
}
