import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type LogRecord } from '@/domain/batch'
import { type Seq, compareSeq } from '@/domain/seq'
import type { Clock } from '@/platform/clock'
import { Unavailable } from '@/platform/errors'
import type { Log } from '@/platform/log'
import { readCheckpoint, writeCheckpoint } from './checkpoint'
import { type RecordDraft, draftRows, stamped } from './recordDraft'
import {
  type OpenSegment,
  SEGMENT_MAGIC,
  type SegmentHandle,
  endOf,
  frameOf,
  openSegment,
  readSegment,
} from './segmentFile'

export interface SegmentLogOptions {
  readonly folder: string
  readonly clock: Clock
  readonly log: Log
  /** logFsync: durable means on the disk; log: in the kernel; store adds the wait for ClickHouse elsewhere. */
  readonly durability: 'logFsync' | 'log' | 'store'
  readonly maxBytes: number
  /** Hands out each number once, over all servers and openings; the number is above `floor`. */
  readonly nextEpoch: (floor: number) => Promise<number>
  /** Called in log order as soon as records are durable, before their appends resolve. */
  readonly onDurable: (records: readonly LogRecord[]) => void
  readonly segmentBytes?: number
  readonly openFile?: OpenSegment
}

interface Waiting {
  readonly drafts: readonly RecordDraft[]
  readonly resolve: (records: LogRecord[]) => void
  readonly reject: (error: Error) => void
}

interface Segment {
  readonly path: string
  /** Exclusive; what is written later goes into another segment. */
  end: Seq
  bytes: number
}

const SEGMENT_BYTES = 64 * 1024 ** 2
/** One write and one sync carry at most this many drafts, so that nobody waits for a giant group. */
const GROUP_DRAFTS = 512
/** After the disk refused, appends are refused for this long without asking it again. */
const REFUSE_MS = 1_000

/** The log before everything else: records are appended in groups, each group with one write and one sync. */
export class SegmentLog {
  readonly #options: SegmentLogOptions
  readonly #segments: Segment[] = []
  readonly #queue: Waiting[] = []
  #handle: SegmentHandle | undefined
  #epoch = 0
  #offset = 0
  #checkpoint: Seq = { epoch: 0, offset: 0 }
  #oldestAt: number | undefined
  #refusedUntil = 0
  #diskWasFull = false
  #running: Promise<void> | undefined
  #closed = false

  constructor(options: SegmentLogOptions) {
    this.#options = options
  }

  /** Cuts a torn tail, takes an epoch of its own and begins a new segment. @throws Unavailable, errors of the disk */
  async open(): Promise<void> {
    const { folder } = this.#options
    await mkdir(folder, { recursive: true })
    this.#checkpoint = await readCheckpoint(folder)
    const names = (await readdir(folder)).filter((name) => name.endsWith('.log')).sort()
    for (const name of names) await this.#adopt(join(folder, name))
    // A fresh PostgreSQL counts from 1 again: below what lies here, new rows would count as stored already.
    const floor = Math.max(this.#checkpoint.epoch, ...this.#segments.map(({ end }) => end.epoch))
    this.#epoch = await this.#options.nextEpoch(floor)
    if (!(this.#epoch > floor)) throw new RangeError(`The log was given epoch ${this.#epoch}, not above ${floor}.`)
    await this.#roll()
  }

  get epoch(): number {
    return this.#epoch
  }

  /** Where the next record will stand; everything before it is durable or refused. */
  get end(): Seq {
    return { epoch: this.#epoch, offset: this.#offset }
  }

  get checkpoint(): Seq {
    return this.#checkpoint
  }

  /** Bytes on the disk, and since when (machine time, ms) a record waits for ClickHouse. */
  state(): { bytes: number; oldestAt: number | undefined; full: boolean } {
    const bytes = this.#segments.reduce((sum, segment) => sum + segment.bytes, 0)
    return { bytes, oldestAt: this.#oldestAt, full: bytes >= this.#options.maxBytes || this.#refusing() }
  }

  /** Resolves when the drafts are durable, in the order of the calls. @throws Unavailable when the log or the disk is full */
  append(drafts: readonly RecordDraft[]): Promise<LogRecord[]> {
    if (this.#closed) return Promise.reject(new Unavailable('ingest.stopping', { retryAfterSeconds: 5 }))
    if (this.state().full) return Promise.reject(this.#fullError())
    return new Promise((resolve, reject) => {
      this.#queue.push({ drafts, resolve, reject })
      this.#running ??= this.#drain()
    })
  }

  /** Durable records from `from` on, oldest first, up to those that are durable when it gets there. */
  async *read(from: Seq): AsyncGenerator<LogRecord> {
    for (const segment of [...this.#segments]) {
      if (compareSeq(segment.end, from) <= 0 && segment !== this.#segments.at(-1)) continue
      for (const record of (await readSegment(segment.path, segment.bytes)).records) {
        if (compareSeq(endOf(record), from) > 0) yield record
      }
    }
  }

  /**
   * ClickHouse holds everything before `seq`, the last of it recorded at `recordedAt`: segments that are not needed any
   * more are removed. @throws errors of the disk
   */
  async release(seq: Seq, recordedAt: number): Promise<void> {
    if (compareSeq(seq, this.#checkpoint) <= 0) return
    this.#checkpoint = seq
    this.#oldestAt = compareSeq(seq, this.end) >= 0 ? undefined : recordedAt
    while (this.#segments.length > 1 && compareSeq((this.#segments[0] as Segment).end, seq) <= 0) {
      await rm((this.#segments.shift() as Segment).path, { force: true })
    }
    // Last, since a full disk has no room for it before: an old checkpoint only means inserting the same rows again.
    await writeCheckpoint(this.#options.folder, seq)
  }

  /** Lets waiting appends finish and closes the file. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#running
    await this.#handle?.close()
    this.#handle = undefined
  }

  async #adopt(path: string): Promise<void> {
    const { records, goodBytes, fileBytes } = await readSegment(path)
    const last = records.at(-1)
    if (last === undefined) return rm(path, { force: true })
    if (goodBytes < fileBytes) {
      this.#options.log.warn({ path, cut: fileBytes - goodBytes }, 'torn tail of a log segment cut off')
      const handle = await (this.#options.openFile ?? openSegment)(path)
      await handle.truncate(goodBytes)
      await handle.close()
    }
    this.#segments.push({ path, end: endOf(last), bytes: goodBytes })
    this.#oldestAt ??= records.find((record) => compareSeq(endOf(record), this.#checkpoint) > 0)?.recordedAt
  }

  async #roll(): Promise<void> {
    await this.#handle?.close()
    this.#handle = undefined
    const name = `${String(this.#epoch).padStart(8, '0')}-${String(this.#offset).padStart(14, '0')}.log`
    const path = join(this.#options.folder, name)
    const handle = await (this.#options.openFile ?? openSegment)(path)
    await handle.truncate(0)
    await handle.write([SEGMENT_MAGIC], 0)
    await handle.sync()
    this.#handle = handle
    const held = this.#segments.at(-1)
    if (held?.path === path) held.bytes = SEGMENT_MAGIC.length
    else this.#segments.push({ path, end: this.end, bytes: SEGMENT_MAGIC.length })
  }

  async #drain(): Promise<void> {
    // A turn later, so that everything of one burst shares a sync.
    await Promise.resolve()
    while (this.#queue.length > 0) await this.#commit(this.#queue.splice(0, GROUP_DRAFTS))
    this.#running = undefined
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    const recordedAt = this.#options.clock.now()
    let offset = this.#offset
    const stamps = group.map(({ drafts }) =>
      drafts.map((draft) => {
        const record = stamped(draft, { epoch: this.#epoch, offset, recordedAt })
        offset += draftRows(draft)
        return record
      }),
    )
    const records = stamps.flat()
    try {
      await this.#write(records)
    } catch (cause) {
      return this.#refuse(group, cause)
    }
    this.#offset = offset
    const segment = this.#segments.at(-1)
    if (segment !== undefined) segment.end = this.end
    this.#oldestAt ??= recordedAt
    this.#options.onDurable(records)
    group.forEach(({ resolve }, i) => resolve(stamps[i] as LogRecord[]))
  }

  async #write(records: readonly LogRecord[]): Promise<void> {
    const buffers = records.flatMap(frameOf)
    const size = buffers.reduce((sum, buffer) => sum + buffer.length, 0)
    const full = (this.#segments.at(-1)?.bytes ?? 0) >= this.#segmentBytes()
    if (this.#handle === undefined || full) await this.#roll()
    else if (this.#diskWasFull && compareSeq(this.#checkpoint, this.end) >= 0) await this.#empty(this.#handle)
    const segment = this.#segments.at(-1) as Segment
    const handle = this.#handle as unknown as SegmentHandle
    await handle.write(buffers, segment.bytes)
    if (this.#options.durability !== 'log') await handle.sync()
    segment.bytes += size
  }

  /** A log that filled the disk by itself: the store holds all of it, so the segment in use is its own free room. */
  async #empty(handle: SegmentHandle): Promise<void> {
    const segment = this.#segments.at(-1)
    await handle.truncate(SEGMENT_MAGIC.length)
    if (segment !== undefined) segment.bytes = SEGMENT_MAGIC.length
    this.#diskWasFull = false
  }

  /** The segment in use is never removed: several must fit into the bound, or a full log would stay full. */
  #segmentBytes(): number {
    const { segmentBytes = SEGMENT_BYTES, maxBytes } = this.#options
    return Math.min(segmentBytes, maxBytes / 4)
  }

  /** Nothing of the group may stay readable: its producers are told to send it again. */
  async #refuse(group: readonly Waiting[], cause: unknown): Promise<void> {
    this.#refusedUntil = this.#options.clock.now() + REFUSE_MS
    this.#diskWasFull = true
    this.#options.log.error({ err: cause }, 'log refused a write')
    const bytes = this.#segments.at(-1)?.bytes ?? 0
    await this.#handle?.truncate(bytes).catch(() => this.#abandon())
    for (const { reject } of group) reject(this.#fullError(cause))
  }

  /** After a failed truncate the file's end is unknown: the next write begins another segment. */
  async #abandon(): Promise<void> {
    await this.#handle?.close().catch(() => undefined)
    this.#handle = undefined
  }

  #refusing(): boolean {
    return this.#options.clock.now() < this.#refusedUntil
  }

  #fullError(cause?: unknown): Unavailable {
    const code = cause !== undefined || this.#refusing() ? 'ingest.diskFull' : 'ingest.logFull'
    return new Unavailable(code, { retryAfterSeconds: 2 }, cause === undefined ? {} : { cause })
  }
}
