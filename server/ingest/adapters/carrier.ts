import { randomBytes, randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { IngestReceipt } from '@/domain/api/ingest'
import { TraceId } from '@/domain/ids'
import { Forbidden, Unavailable } from '@/platform/errors'
import type { FeedRecord } from '@/server/catalogue/feedRecord'
import { BodyRefused } from '../bodyRefused'
import { maskSample } from '../decode/maskSample'
import type { AdapterParts, AdapterState } from './adapter'
import { backOffMs } from './backOff'

/** What was delivered, and in which form: the mapping's own, or NDJSON of rows. */
export interface Delivery {
  readonly bytes: Uint8Array
  readonly form?: 'mapped' | 'rows'
}

const RETRY_MS = 500

/** Brings what an adapter was given to a durable acknowledgement, and counts it. */
export class Carrier {
  readonly #parts: Pick<AdapterParts, 'ingest' | 'clock' | 'catalogue'>
  readonly #world: FeedRecord['world']
  readonly #key: string
  #state: AdapterState

  constructor(parts: Pick<AdapterParts, 'ingest' | 'clock' | 'catalogue'>, feed: FeedRecord) {
    this.#parts = parts
    this.#world = feed.world
    this.#key = feed.key
    const { kind } = feed.mapping.source
    this.#state = { feed: feed.key, kind, status: 'waiting', failures: 0, deliveries: 0, accepted: 0, rejected: 0 }
  }

  get state(): AdapterState {
    return this.#state
  }

  /** The feed as its newest mapping says it. @throws Error when it is no longer registered */
  get feed(): FeedRecord {
    const feed = this.#parts.catalogue.feedByKey(this.#world, this.#key)
    if (feed === undefined) throw new Error(`The feed ${this.#key} is not registered.`)
    return feed
  }

  /**
   * Resolves when the delivery is durable, refused records included; a body that cannot be read at all is quarantined
   * whole. Waits while intake is full. @throws AbortError, Forbidden while the feed is blocked
   */
  async carry({ bytes, form = 'mapped' }: Delivery, signal: AbortSignal): Promise<IngestReceipt | undefined> {
    const receivedAt = this.#parts.clock.now()
    const traceId = TraceId.parse(randomBytes(16).toString('hex'))
    for (let tries = 0; ; tries++) {
      signal.throwIfAborted()
      const { standing, standingReason } = this.feed
      if (standing === 'blocked') throw new Forbidden('feed.blocked', { feed: this.#key, reason: standingReason })
      try {
        const receipt = await this.#parts.ingest.push({
          feed: this.feed,
          body: Uint8Array.from(bytes),
          contentType: form === 'rows' ? 'application/x-ndjson' : contentTypeOf(this.feed, bytes),
          contentEncoding: isGzip(bytes) ? 'gzip' : '',
          traceId,
          receivedAt,
        })
        this.#count(receipt.accepted, receipt.rejected)
        return receipt
      } catch (cause) {
        if (cause instanceof BodyRefused) {
          await this.quarantine(bytes, cause)
          return undefined
        }
        if (!(cause instanceof Unavailable)) throw cause
        await sleep(backOffMs(Math.min(tries, 4), RETRY_MS, chance()), undefined, { signal })
      }
    }
  }

  /** Keeps a delivery that is no body, with the reason. @throws Unavailable */
  async quarantine(bytes: Uint8Array, cause: BodyRefused): Promise<void> {
    const { feed } = this
    const sample = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 2_048)).toString('utf8')
    const record = {
      line: 1,
      reason: cause.code,
      message: String(cause.args['detail'] ?? cause.code),
      sample: maskSample(sample, feed.mapping.contract.personalFields),
    }
    await this.#parts.ingest.append({
      kind: 'quarantine',
      world: feed.world,
      feed: feed.no,
      knownTime: this.#parts.catalogue.worldTime(feed.world),
      receivedAt: this.#parts.clock.now(),
      traceId: TraceId.parse(randomBytes(16).toString('hex')),
      records: [record],
    })
    this.#count(0, 1)
  }

  failed(cause: unknown): void {
    const lastError = cause instanceof Error ? cause.message : String(cause)
    this.#state = { ...this.#state, status: 'failing', lastError, failures: this.#state.failures + 1 }
  }

  /** The source answered: what failed before is over. */
  answered(): void {
    const { lastError: _past, ...state } = this.#state
    this.#state = { ...state, status: 'carrying', failures: 0, lastAt: this.#parts.clock.now() }
  }

  stopped(): void {
    this.#state = { ...this.#state, status: 'stopped' }
  }

  #count(accepted: number, rejected: number): void {
    const state = this.#state
    const sums = { accepted: state.accepted + accepted, rejected: state.rejected + rejected }
    this.#state = { ...state, ...sums, deliveries: state.deliveries + 1 }
  }
}

/** Chance for waits that shall not march in step; nothing is decided by it. */
export const chance = (): number => randomInt(1_000_000) / 1_000_000

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

const BRACKET = 0x5b

/** A feed without a form of its own gets records as lines, or as one JSON list. */
function contentTypeOf({ mapping: { source } }: FeedRecord, bytes: Uint8Array): string {
  const input = source.kind === 'files' ? undefined : source.input
  if (input !== undefined && input.format.kind !== 'ndjson') return 'application/octet-stream'
  return bytes[0] === BRACKET ? 'application/json' : 'application/x-ndjson'
}
