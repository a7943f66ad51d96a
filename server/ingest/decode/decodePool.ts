import type { Result } from '@/domain/result'
import type { Log } from '@/platform/log'
import type { PushedBody } from './decodeBody'
import { DecodeClient, type FeedNames } from './decodeClient'
import type { BodyRefusal, DecodedBatch } from './decodedBatch'

export interface DecodePoolOptions {
  readonly log: Log
  readonly onSpent: (ms: number) => void
  readonly threads: number
}

/** Decode threads that all know the same; a body goes to the one with the least to do. */
export class DecodePool {
  readonly #clients: readonly DecodeClient[]

  constructor({ log, onSpent, threads }: DecodePoolOptions) {
    this.#clients = Array.from({ length: threads }, () => new DecodeClient({ log, onSpent }))
  }

  start(): void {
    for (const client of this.#clients) client.start()
  }

  async stop(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.stop()))
  }

  /** Tells every thread what it must know of a feed; everything they knew of it is replaced. */
  setFeed(feed: number, names: FeedNames): void {
    for (const client of this.#clients) client.setFeed(feed, names)
  }

  /** Adds names to what the threads know of a feed; nothing while they were not told of the feed. */
  learn(feed: number, names: Omit<FeedNames, 'mapping'>): void {
    for (const client of this.#clients) client.learn(feed, names)
  }

  /** Decodes a body; its bytes are handed over and must not be used again. @throws Unavailable */
  decode(feed: number, body: PushedBody): Promise<Result<DecodedBatch, BodyRefusal>> {
    const idlest = this.#clients.reduce((best, client) => (client.waiting < best.waiting ? client : best))
    return idlest.decode(feed, body)
  }
}
