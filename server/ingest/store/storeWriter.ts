import { setTimeout as sleep } from 'node:timers/promises'
import { type LogRecord, rowCount } from '@/domain/batch'
import { type Seq, compareSeq } from '@/domain/seq'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import { insertNative } from '@/platform/clickhouse/insert'
import type { Log } from '@/platform/log'
import { endOf } from '../log/segmentFile'
import type { SegmentLog } from '../log/segmentLog'
import { nativeRows } from './nativeRows'

export interface StoreWriterOptions {
  readonly clickhouse: ClickHouse
  readonly log: Log
  readonly segments: SegmentLog
  /** Rows inserted and seconds it took. */
  readonly onInserted: (rows: number, seconds: number) => void
}

/** Below the million that ClickHouse takes as one block, above what a quarter of a second brings. */
const BATCH_ROWS = 400_000
const BATCH_WAIT_MS = 200
/** What a busy intake brings in one wait: then a larger insert is worth three more, since each part is merged again. */
const MANY_ROWS = 20_000
const MOST_WAITS = 4
/** Rows that wait in memory; beyond it the writer reads them from the log when it gets there. */
const QUEUE_ROWS = 2_000_000
/** The intake has left out what is twice in a batch: looking for it again is half of what an insert costs. */
const SETTINGS = { optimize_on_insert: 0 } as const
const FIRST_BACKOFF_MS = 100
const LONGEST_BACKOFF_MS = 5_000

interface Waiter {
  readonly seq: Seq
  readonly resolve: () => void
}

/** Carries the log into ClickHouse, in order, for as long as it takes; then moves the checkpoint. */
export class StoreWriter {
  readonly #options: StoreWriterOptions
  readonly #waiters: Waiter[] = []
  #queue: LogRecord[] = []
  #queuedRows = 0
  /** Records were durable that are not in the queue: they are read from the log first. */
  #behind = true
  #position: Seq = { epoch: 0, offset: 0 }
  #stop = new AbortController()
  #wake: (() => void) | undefined
  #running: Promise<void> | undefined
  #up = true

  constructor(options: StoreWriterOptions) {
    this.#options = options
  }

  /** Begins at the log's checkpoint. */
  start(): void {
    this.#position = this.#options.segments.checkpoint
    this.#running = this.#run()
  }

  /** Inserts what waits, as far as the store answers within `limitMs`; the rest is in the log for the next start. */
  async stop(limitMs = 2_000): Promise<void> {
    const drained = this.stored(this.#options.segments.end)
    this.#wake?.()
    await Promise.race([drained, sleep(limitMs)])
    this.#stop.abort()
    this.#wake?.()
    await this.#running
  }

  /** Called in log order with every durable record. */
  offer(record: LogRecord): void {
    if (this.#behind) return
    if (this.#queuedRows >= QUEUE_ROWS) {
      this.#behind = true
      return
    }
    this.#queue.push(record)
    this.#queuedRows += rowCount(record)
    this.#wake?.()
  }

  /** Resolves when ClickHouse holds everything before `seq`. */
  stored(seq: Seq): Promise<void> {
    if (compareSeq(this.#position, seq) >= 0) return Promise.resolve()
    return new Promise((resolve) => void this.#waiters.push({ seq, resolve }))
  }

  state(): { pendingRows: number; up: boolean } {
    const { end } = this.#options.segments
    if (compareSeq(this.#position, end) >= 0) return { pendingRows: 0, up: this.#up }
    // Rows of earlier openings are not counted until they are read: at least one waits.
    const inLog = this.#position.epoch === end.epoch ? end.offset - this.#position.offset : Math.max(1, end.offset)
    return { pendingRows: Math.max(this.#queuedRows, inLog), up: this.#up }
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      if (this.#queue.length > 0) await this.#fromQueue()
      else if (this.#behind) await this.#fromLog()
      else await this.#rest()
    }
  }

  async #fromQueue(): Promise<void> {
    await this.#gather()
    const { batch, rest } = firstRows(this.#queue)
    this.#queue = rest
    await this.#insert(batch)
    this.#queuedRows = this.#queue.reduce((sum, record) => sum + rowCount(record), 0)
  }

  /** Lets rows come together, while nobody waits for them to be stored. */
  async #gather(): Promise<void> {
    for (let waits = 0; waits < MOST_WAITS; waits++) {
      if (this.#queuedRows >= BATCH_ROWS || this.#waiters.length > 0 || this.#stop.signal.aborted) return
      if (waits > 0 && this.#queuedRows < MANY_ROWS) return
      await sleep(BATCH_WAIT_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined)
    }
  }

  /** Catches up from the disk; done when it has reached the log's end between two turns of the loop. */
  async #fromLog(): Promise<void> {
    let batch: LogRecord[] = []
    let rows = 0
    for await (const record of this.#options.segments.read(this.#position)) {
      if (this.#stop.signal.aborted) return
      batch.push(record)
      rows += rowCount(record)
      if (rows < BATCH_ROWS) continue
      await this.#insert(batch)
      batch = []
      rows = 0
    }
    await this.#insert(batch)
    const { end } = this.#options.segments
    if (this.#position.epoch < end.epoch && end.offset === 0) this.#reached(end)
    if (compareSeq(this.#position, end) >= 0) this.#behind = false
    else if (batch.length === 0)
      await sleep(BATCH_WAIT_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined)
  }

  async #rest(): Promise<void> {
    await new Promise<void>((resolve) => (this.#wake = resolve))
    this.#wake = undefined
  }

  async #insert(batch: readonly LogRecord[]): Promise<void> {
    const last = batch.at(-1)
    if (last === undefined) return
    const inserts = nativeRows(batch)
    let backoff = FIRST_BACKOFF_MS
    while (!this.#stop.signal.aborted) {
      const began = performance.now()
      try {
        await Promise.all(
          inserts.map((insert) => insertNative(this.#options.clickhouse, { ...insert, settings: SETTINGS })),
        )
        this.#options.onInserted(
          inserts.reduce((sum, insert) => sum + insert.rows, 0),
          (performance.now() - began) / 1000,
        )
        this.#up = true
        await this.#release(endOf(last), last.recordedAt)
        return
      } catch (cause) {
        if (this.#up) this.#options.log.warn({ err: cause }, 'the store does not take rows; they wait in the log')
        this.#up = false
        await sleep(backoff, undefined, { signal: this.#stop.signal }).catch(() => undefined)
        backoff = Math.min(backoff * 2, LONGEST_BACKOFF_MS)
      }
    }
  }

  async #release(seq: Seq, recordedAt: number): Promise<void> {
    this.#reached(seq)
    try {
      await this.#options.segments.release(seq, recordedAt)
    } catch (cause) {
      // An old checkpoint only means that rows are inserted again, as the same rows.
      this.#options.log.warn({ err: cause }, 'checkpoint not written')
    }
  }

  #reached(seq: Seq): void {
    this.#position = seq
    const still = this.#waiters.filter((waiter) => compareSeq(waiter.seq, seq) > 0)
    const done = this.#waiters.filter((waiter) => compareSeq(waiter.seq, seq) <= 0)
    this.#waiters.splice(0, this.#waiters.length, ...still)
    for (const { resolve } of done) resolve()
  }
}

function firstRows(queue: LogRecord[]): { batch: LogRecord[]; rest: LogRecord[] } {
  let rows = 0
  let count = 0
  while (count < queue.length && (count === 0 || rows + rowCount(queue[count] as LogRecord) <= BATCH_ROWS)) {
    rows += rowCount(queue[count] as LogRecord)
    count += 1
  }
  return { batch: queue.slice(0, count), rest: queue.slice(count) }
}
