import { join } from 'node:path'
import { z } from 'zod'
import type { IngestReceipt } from '@/domain/api/ingest'
import type { LogRecord } from '@/domain/batch'
import type { TraceId, WorldNo } from '@/domain/ids'
import type { EpochMillis } from '@/domain/time'
import { hours } from '@/domain/time'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import type { Clock } from '@/platform/clock'
import type { Env } from '@/platform/env'
import { Unavailable } from '@/platform/errors'
import type { Log } from '@/platform/log'
import type { Metrics } from '@/platform/metrics'
import type { Postgres } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'
import type { CatalogueStore } from '../catalogue/catalogueStore'
import type { FeedRecord } from '../catalogue/feedRecord'
import { DecodePool } from './decode/decodePool'
import { BodyRefused, bodyForm } from './bodyRefused'
import type { DecodedBatch } from './decode/decodedBatch'
import { FeedMeter } from './feedMeter'
import type { FeedMinute } from './feedMeter'
import { FeedMinuteWriter } from './feedMinuteWriter'
import { heldMinutes } from './heldMinutes'
import { type IngestMeters, createIngestMeters } from './ingestMeters'
import { Intake } from './intake'
import type { RecordDraft } from './log/recordDraft'
import { endOf } from './log/segmentFile'
import { SegmentLog } from './log/segmentLog'
import { resolveNames } from './nameResolver'
import { recall } from './recall'
import { StoreLookup } from './store/storeLookup'
import { StoreWriter } from './store/storeWriter'
import { StoredGrains } from './storedGrains'
import { WorldIntake } from './worldIntake'

export interface IngestOptions {
  readonly catalogue: CatalogueStore
  readonly clickhouse: ClickHouse
  readonly postgres: Postgres
  /** Takes durable records in log order; folds them, or hands them to who does. */
  readonly live: { offer(record: LogRecord): void }
  /** Other servers that take in for the same Worlds now; none when left out. */
  readonly peers?: () => number
  readonly clock: Clock
  readonly env: Pick<Env, 'BELFRY_VAR' | 'BELFRY_SERVER_ID' | 'BELFRY_LOG_MAX_BYTES' | 'DURABILITY'> &
    Partial<Pick<Env, 'BELFRY_THREADS'>>
  readonly log: Log
  readonly metrics: Metrics
}

/** A push as it came over HTTP; `body` is handed over and must not be used again. */
export interface Push {
  readonly feed: FeedRecord
  readonly body: Uint8Array
  readonly contentType: string
  readonly contentEncoding: string
  readonly traceId: TraceId
  readonly receivedAt: EpochMillis
}

export interface IngestState {
  readonly logBytes: number
  /** Age of the oldest record that ClickHouse does not hold, ms. */
  readonly logAgeMs: number
  readonly pendingRows: number
  readonly storeUp: boolean
  /** The log is at its bound or the disk refuses: pushes are answered with Unavailable. */
  readonly full: boolean
}

const nextLogEpoch = defineSql({
  name: 'nextLogEpoch',
  params: z.object({ floor: z.number().int().nonnegative() }),
  row: z.object({ epoch: z.number().int().positive() }),
  // Counted up, never set: two servers that start at once over a fresh database must not get the same number.
  sql: `
    WITH first AS MATERIALIZED (SELECT nextval('log_epochs') AS epoch)
    SELECT greatest(epoch,
      (SELECT max(nextval('log_epochs')) FROM generate_series(epoch + 1, $floor::bigint + 1)))::int AS epoch FROM first`,
})

/** Decoding holds a body several times over: past this many at once, producers are asked to wait. */
const BODIES_AT_ONCE = 64

/** The intake of one server: from a body to a durable, folded and stored record. */
export class Ingest {
  readonly meter: FeedMeter
  readonly #options: IngestOptions
  readonly #segments: SegmentLog
  readonly #writer: StoreWriter
  readonly #decoder: DecodePool
  readonly #intake: Intake
  readonly #meters: IngestMeters
  readonly #minutes: FeedMinuteWriter
  readonly #grains = new StoredGrains()
  readonly #worlds = new Map<WorldNo, WorldIntake>()
  readonly #digests = new Map<number, string>()
  #decoding = 0
  #unfollow: (() => void) | undefined

  constructor(options: IngestOptions) {
    const { env, clock, log, catalogue, clickhouse } = options
    this.#options = options
    this.meter = new FeedMeter(env.BELFRY_SERVER_ID)
    this.#segments = new SegmentLog({
      folder: join(env.BELFRY_VAR, 'segments', env.BELFRY_SERVER_ID),
      clock,
      log,
      durability: env.DURABILITY,
      maxBytes: env.BELFRY_LOG_MAX_BYTES,
      nextEpoch: async (floor) => (await nextLogEpoch(options.postgres, { floor }))[0]?.epoch ?? Number.NaN,
      onDurable: (records) => this.#onDurable(records),
    })
    this.#meters = createIngestMeters(options.metrics, () => this.state())
    const onInserted = (rows: number, seconds: number): void => this.#meters.inserted(rows, seconds)
    this.#writer = new StoreWriter({ clickhouse, log, segments: this.#segments, onInserted })
    this.#decoder = new DecodePool({
      log,
      onSpent: (ms) => this.#meters.decoded(ms / 1000),
      threads: env.BELFRY_THREADS ?? 1,
    })
    this.#minutes = new FeedMinuteWriter({
      clickhouse,
      clock,
      log,
      meter: this.meter,
      server: () => `${env.BELFRY_SERVER_ID}-${this.#segments.epoch}`,
    })
    this.#intake = new Intake({
      catalogue,
      clock,
      meter: this.meter,
      observationsHeld: new StoreLookup({ clickhouse, log, table: 'observations' }),
      positionsHeld: new StoreLookup({ clickhouse, log, table: 'positions' }),
      storeUp: () => this.#writer.state().up,
      stored: () => this.#segments.checkpoint,
      grains: this.#grains,
      peers: options.peers ?? (() => 0),
      worldIntake: (world) => this.#world(world),
      append: (drafts) => this.#append(drafts),
    })
  }

  /** Opens the log, offers again what ClickHouse may not hold, and starts the threads. @throws Unavailable, disk errors */
  async start(): Promise<void> {
    const { clock } = this.#options
    await this.#segments.open()
    for await (const record of this.#segments.read(this.#segments.checkpoint)) this.#recover(record)
    this.meter.open(clock.now(), await this.#heldMinutes())
    this.#writer.start()
    this.#decoder.start()
    this.#minutes.start()
    this.#unfollow = this.#options.catalogue.onChange((world) => this.#worlds.get(world)?.learn())
  }

  /** What this server counted in the last hour before it ended; undefined while the store does not say. */
  async #heldMinutes(): Promise<FeedMinute[] | undefined> {
    const { clickhouse, clock, env, log } = this.#options
    try {
      const from = clock.now() - hours(1)
      return (await heldMinutes(clickhouse, { server: env.BELFRY_SERVER_ID, from })) as FeedMinute[]
    } catch (cause) {
      log.warn({ err: cause }, 'feed counts begin anew: the store does not answer')
      return undefined
    }
  }

  /** Finishes what is in hand, gives ClickHouse two seconds and closes the log. */
  async stop(): Promise<void> {
    this.#unfollow?.()
    await this.#decoder.stop()
    await this.#minutes.stop()
    await this.#writer.stop()
    await this.#segments.close()
  }

  /** @throws BodyRefused, Unavailable */
  async push({ feed, body, contentType, contentEncoding, ...head }: Push): Promise<IngestReceipt> {
    const format = bodyForm(contentType, feed.mapping)
    if (this.#segments.state().full) throw new Unavailable('ingest.logFull', { retryAfterSeconds: 2 })
    if (this.#decoding >= BODIES_AT_ONCE) throw new Unavailable('ingest.busy', { retryAfterSeconds: 1 })
    this.#tellDecoder(feed)
    this.#decoding += 1
    try {
      const decoded = await this.#decoder.decode(feed.no, {
        bytes: body,
        encoding: contentEncoding.trim().toLowerCase(),
        format,
        arrivedAt: this.#options.catalogue.worldTime(feed.world),
      })
      if (!decoded.ok) throw new BodyRefused(decoded.error)
      return await this.accept({ feed, batch: decoded.value, ...head })
    } finally {
      this.#decoding -= 1
    }
  }

  /** A batch that was decoded elsewhere: file replay. @throws Unavailable */
  async accept(arrival: {
    feed: FeedRecord
    batch: DecodedBatch
    traceId: TraceId
    receivedAt: EpochMillis
  }): Promise<IngestReceipt> {
    const { feed } = arrival
    const { batch, learnt } = await resolveNames(this.#options.catalogue, feed, arrival.batch)
    if (learnt !== undefined) this.#decoder.learn(feed.no, learnt)
    const receipt = await this.#intake.accept({ ...arrival, batch })
    this.#meters.received(feed.key, receipt)
    return receipt
  }

  /** A record that Belfry makes itself: silences, rows of the outbox. @throws Unavailable */
  async append(draft: RecordDraft): Promise<LogRecord> {
    const [record] = await this.#append([draft])
    if (record === undefined) throw new RangeError('The log gave no record back.')
    return record
  }

  state(): IngestState {
    const { bytes, oldestAt, full } = this.#segments.state()
    const { pendingRows, up } = this.#writer.state()
    const logAgeMs = oldestAt === undefined ? 0 : Math.max(0, this.#options.clock.now() - oldestAt)
    return { logBytes: bytes, logAgeMs, pendingRows, storeUp: up, full }
  }

  async #append(drafts: readonly RecordDraft[]): Promise<readonly LogRecord[]> {
    const began = performance.now()
    const records = await this.#segments.append(drafts)
    this.#meters.logged((performance.now() - began) / 1000)
    const last = records.at(-1)
    if (this.#options.env.DURABILITY === 'store' && last !== undefined) await this.#writer.stored(endOf(last))
    return records
  }

  #onDurable(records: readonly LogRecord[]): void {
    for (const record of records) {
      this.#options.live.offer(record)
      this.#writer.offer(record)
    }
  }

  /** A record of an earlier opening that ClickHouse may lack: folded again, and known as a re-send. */
  #recover(record: LogRecord): void {
    this.#options.live.offer(record)
    if (this.#options.catalogue.worldByNo(record.world) === undefined) return
    const grain = this.#grains.begin(this.#options.clock.now())
    recall(this.#world(record.world), record, grain.no)
    this.#grains.logged(grain, endOf(record))
  }

  #world(no: WorldNo): WorldIntake {
    const held = this.#worlds.get(no)
    if (held !== undefined) return held
    const made = new WorldIntake(this.#options, no)
    this.#worlds.set(no, made)
    return made
  }

  #tellDecoder(feed: FeedRecord): void {
    if (this.#digests.get(feed.no) === feed.digest) return
    const { datastreams, tracks } = this.#options.catalogue.catalogue(feed.world)
    const streams = datastreams.filter((stream) => stream.feed === feed.no)
    const movers = tracks.filter((track) => track.feed === feed.no)
    this.#decoder.setFeed(feed.no, {
      mapping: feed.mapping,
      streams: streams.map(({ key }) => key),
      streamNos: streams.map(({ no }) => no),
      tracks: movers.map(({ key }) => key),
      trackNos: movers.map(({ no }) => no),
    })
    this.#digests.set(feed.no, feed.digest)
  }
}

export const createIngest = (options: IngestOptions): Ingest => new Ingest(options)
