import type { QuarantinedRecord } from '@/domain/batch'
import type { PositionDraft, RecordSink, ReportDraft } from '@/domain/feed/sourceRow'
import type { EpochMillis } from '@/domain/time'
import { type DecodedBatch, REFUSED_KEPT, UNKNOWN_FROM } from './decodedBatch'

const FIRST_ROWS = 1_024

/** What the builder must know to turn names into numbers. */
export interface NameBook {
  /** The number of a Datastream that the feed may write, or nothing. */
  streamNo(key: string): number | undefined
  trackNo(key: string): number | undefined
  /** Why an unknown stream is refused; nothing when it may be created. */
  refuseStream(key: string): { reason: string; message: string } | undefined
}

/** Grows columns row by row. Typed arrays only: no object per row lives on. */
export class BatchBuilder implements RecordSink {
  readonly #names: NameBook
  readonly #unknownStreams = new Map<string, number>()
  readonly #unknownTracks = new Map<string, number>()
  readonly #refused: QuarantinedRecord[] = []
  readonly #reports: ReportDraft[] = []
  #rejected = 0
  #received = 0
  #rows = 0
  #stream = new Uint32Array(FIRST_ROWS)
  #time = new Float64Array(FIRST_ROWS)
  #value = new Float64Array(FIRST_ROWS)
  #quality = new Uint16Array(FIRST_ROWS)
  readonly #positions: (PositionDraft & { readonly no: number })[] = []
  #refusal: { reason: string; message: string } | undefined

  constructor(names: NameBook) {
    this.#names = names
  }

  /** Hot path of known streams. */
  add(stream: number, time: number, value: number, quality: number): void {
    if (this.#rows === this.#stream.length) this.#grow()
    this.#stream[this.#rows] = stream
    this.#time[this.#rows] = time
    this.#value[this.#rows] = value
    this.#quality[this.#rows] = quality
    this.#rows += 1
    this.#received += 1
  }

  observation(key: string, time: EpochMillis, value: number, quality: number): void {
    const known = this.#names.streamNo(key) ?? this.#unknownStreams.get(key)
    if (known !== undefined) return this.add(known, time, value, quality)
    const refusal = this.#names.refuseStream(key)
    if (refusal !== undefined) {
      this.#refusal = refusal
      return
    }
    const no = UNKNOWN_FROM + this.#unknownStreams.size
    this.#unknownStreams.set(key, no)
    this.add(no, time, value, quality)
  }

  position(position: PositionDraft): void {
    const known = this.#names.trackNo(position.track) ?? this.#unknownTracks.get(position.track)
    const no = known ?? UNKNOWN_FROM + this.#unknownTracks.size
    if (known === undefined) this.#unknownTracks.set(position.track, no)
    this.#positions.push({ ...position, no })
    this.#received += 1
  }

  report(report: ReportDraft): void {
    this.#reports.push(report)
    this.#received += 1
  }

  /** A record that was refused as a whole or in part; `line` counts from 1. */
  refuse(record: QuarantinedRecord): void {
    this.#rejected += 1
    this.#received += 1
    if (this.#refused.length < REFUSED_KEPT) this.#refused.push(record)
  }

  /** The refusal of a stream since the last call: the caller knows its line. */
  takeRefusal(): { reason: string; message: string } | undefined {
    const refusal = this.#refusal
    this.#refusal = undefined
    return refusal
  }

  get rows(): number {
    return this.#rows + this.#positions.length + this.#reports.length + this.#rejected
  }

  finish(): DecodedBatch {
    return {
      received: this.#received,
      ...this.#columns(),
      reports: this.#reports,
      unknownStreams: [...this.#unknownStreams.keys()],
      unknownTracks: [...this.#unknownTracks.keys()],
      refused: this.#refused,
      rejected: this.#rejected,
    }
  }

  /** All columns in one buffer, the widest first: it goes to another thread in one piece. */
  #columns(): Pick<DecodedBatch, 'observations' | 'positions'> {
    const [rows, places] = [this.#rows, this.#positions.length]
    const buffer = new ArrayBuffer(rows * (8 + 8 + 4 + 2) + places * (3 * 8 + 3 * 4))
    let at = 0
    const next = (count: number, width: number): [ArrayBuffer, number, number] => {
      at += count * width
      return [buffer, at - count * width, count]
    }
    const [time, value] = [new Float64Array(...next(rows, 8)), new Float64Array(...next(rows, 8))]
    const when = new Float64Array(...next(places, 8))
    const [longitude, latitude] = [new Float64Array(...next(places, 8)), new Float64Array(...next(places, 8))]
    const [stream, track] = [new Uint32Array(...next(rows, 4)), new Uint32Array(...next(places, 4))]
    const [speed, heading] = [new Float32Array(...next(places, 4)), new Float32Array(...next(places, 4))]
    const quality = new Uint16Array(...next(rows, 2))
    time.set(this.#time.subarray(0, rows))
    value.set(this.#value.subarray(0, rows))
    stream.set(this.#stream.subarray(0, rows))
    quality.set(this.#quality.subarray(0, rows))
    this.#positions.forEach((position, i) => {
      when[i] = position.time
      longitude[i] = position.longitude
      latitude[i] = position.latitude
      track[i] = position.no
      speed[i] = position.speed
      heading[i] = position.heading
    })
    return {
      observations: { stream, time, value, quality },
      positions: { track, time: when, longitude, latitude, speed, heading },
    }
  }

  #grow(): void {
    const size = this.#stream.length * 2
    this.#stream = widened(this.#stream, new Uint32Array(size))
    this.#time = widened(this.#time, new Float64Array(size))
    this.#value = widened(this.#value, new Float64Array(size))
    this.#quality = widened(this.#quality, new Uint16Array(size))
  }
}

function widened<Column extends Uint32Array | Float64Array | Uint16Array>(from: Column, to: Column): Column {
  to.set(from)
  return to
}

/** The buffer of a batch's columns, to hand it to another thread without a copy. */
export const bufferOf = ({ observations }: DecodedBatch): ArrayBufferLike => observations.time.buffer
