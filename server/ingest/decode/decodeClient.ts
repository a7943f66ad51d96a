import type { Worker } from 'node:worker_threads'
import type { FeedMapping } from '@/domain/feed/mapping'
import type { Result } from '@/domain/result'
import { Unavailable } from '@/platform/errors'
import type { Log } from '@/platform/log'
import { startThread } from '../thread'
import type { PushedBody } from './decodeBody'
import type { BodyRefusal, DecodedBatch } from './decodedBatch'
import type { FromDecoder, ToDecoder } from './threadMessages'

/** What the thread is told of a feed before its first body, and again after a restart. */
export interface FeedNames {
  readonly mapping: FeedMapping
  readonly streams: readonly string[]
  readonly streamNos: readonly number[]
  readonly tracks: readonly string[]
  readonly trackNos: readonly number[]
}

interface KnownFeed {
  readonly mapping: FeedMapping
  readonly streams: string[]
  readonly streamNos: number[]
  readonly tracks: string[]
  readonly trackNos: number[]
}

interface Asked {
  readonly resolve: (result: Result<DecodedBatch, BodyRefusal>) => void
  readonly reject: (error: Error) => void
}

/** A thread that cannot start shall not take the processor. */
const RESTART_MS = 500

/** The server's side of the decode thread. A thread that dies is started again; its bodies are refused as retryable. */
export class DecodeClient {
  readonly #log: Log
  readonly #onSpent: (ms: number) => void
  readonly #feeds = new Map<number, KnownFeed>()
  readonly #asked = new Map<number, Asked>()
  #worker: Worker | undefined
  #nextId = 1
  #restart: NodeJS.Timeout | undefined

  constructor({ log, onSpent }: { log: Log; onSpent: (ms: number) => void }) {
    this.#log = log
    this.#onSpent = onSpent
  }

  start(): void {
    const worker = startThread(new URL('./decodeThread.ts', import.meta.url))
    worker.on('message', (message: FromDecoder) => this.#receive(message))
    worker.on('error', (cause) => this.#log.error({ err: cause }, 'decode thread failed'))
    worker.on('exit', () => {
      if (this.#worker !== worker) return
      this.#worker = undefined
      this.#refuseAll()
      this.#restart = setTimeout(() => this.start(), RESTART_MS)
    })
    this.#worker = worker
    for (const [feed, names] of this.#feeds) this.#tell(feed, names)
  }

  async stop(): Promise<void> {
    clearTimeout(this.#restart)
    const worker = this.#worker
    this.#worker = undefined
    this.#refuseAll()
    await worker?.terminate()
  }

  /** Bodies that wait for an answer; without end while the thread is down. */
  get waiting(): number {
    return this.#worker === undefined ? Number.POSITIVE_INFINITY : this.#asked.size
  }

  /** Tells the thread what it must know of a feed; everything it knew of it is replaced. */
  setFeed(feed: number, names: FeedNames): void {
    const { mapping } = names
    const held: KnownFeed = { mapping, streams: [], streamNos: [], tracks: [], trackNos: [] }
    this.#feeds.set(feed, held)
    this.#post({ kind: 'feed', feed, mapping })
    this.learn(feed, names)
  }

  /** Adds names to what the thread knows of a feed; nothing while it was not told of the feed. */
  learn(feed: number, names: Omit<FeedNames, 'mapping'>): void {
    const held = this.#feeds.get(feed)
    if (held === undefined) return
    held.streams.push(...names.streams)
    held.streamNos.push(...names.streamNos)
    held.tracks.push(...names.tracks)
    held.trackNos.push(...names.trackNos)
    const { streams, streamNos, tracks, trackNos } = names
    this.#post({ kind: 'names', feed, streams, streamNos, tracks, trackNos })
  }

  /** Decodes a body; its bytes are handed over and must not be used again. @throws Unavailable */
  decode(feed: number, body: PushedBody): Promise<Result<DecodedBatch, BodyRefusal>> {
    if (this.#worker === undefined) return Promise.reject(decoderDown())
    return new Promise((resolve, reject) => {
      const id = this.#nextId++
      this.#asked.set(id, { resolve, reject })
      const whole = body.bytes.byteLength === body.bytes.buffer.byteLength
      // A small buffer lies in Node's shared pool: handing that over would take everybody's.
      const bytes = whole ? body.bytes : Uint8Array.from(body.bytes)
      this.#post({ kind: 'body', id, feed, body: { ...body, bytes } }, [bytes.buffer as ArrayBuffer])
    })
  }

  #tell(feed: number, { mapping, ...names }: FeedNames): void {
    this.#post({ kind: 'feed', feed, mapping })
    this.#post({ kind: 'names', feed, ...names })
  }

  #post(message: ToDecoder, moved: ArrayBuffer[] = []): void {
    this.#worker?.postMessage(message, moved)
  }

  #receive({ id, result, spentMs }: FromDecoder): void {
    this.#onSpent(spentMs)
    this.#asked.get(id)?.resolve(result)
    this.#asked.delete(id)
  }

  #refuseAll(): void {
    for (const { reject } of this.#asked.values()) reject(decoderDown())
    this.#asked.clear()
  }
}

const decoderDown = (): Unavailable => new Unavailable('ingest.decoderDown', { retryAfterSeconds: 1 })
