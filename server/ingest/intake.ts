import type { IngestReceipt } from '@/domain/api/ingest'
import type { LogRecord } from '@/domain/batch'
import type { TraceId, WorldNo } from '@/domain/ids'
import { Report } from '@/domain/report'
import type { Seq } from '@/domain/seq'
import { type EpochMillis, epochMillis } from '@/domain/time'
import { worldTimeAt } from '@/domain/world'
import { type Clock } from '@/platform/clock'
import { NotFound, Unavailable } from '@/platform/errors'
import { uuidv5 } from '@/platform/uuidv5'
import type { CatalogueStore } from '../catalogue/catalogueStore'
import type { FeedRecord } from '../catalogue/feedRecord'
import type { DecodedBatch } from './decode/decodedBatch'
import { type FeedCounts, type FeedMeter, sumOf } from './feedMeter'
import { type Known, type Rows, forget, judge, knownOf, observationRows, positionRows, questionOf, warm } from './judge'
import { countsOf, draftsOf, leftOf } from './judgedBatch'
import type { RecordDraft } from './log/recordDraft'
import { endOf } from './log/segmentFile'
import type { CheckTime } from './qualityCheck'
import type { StreamMemory } from './streamMemory'
import type { Grain, StoredGrains } from './storedGrains'
import type { StoreLookup } from './store/storeLookup'
import type { WorldIntake } from './worldIntake'

export interface IntakeParts {
  readonly catalogue: CatalogueStore
  readonly clock: Clock
  readonly meter: FeedMeter
  readonly observationsHeld: StoreLookup
  readonly positionsHeld: StoreLookup
  readonly storeUp: () => boolean
  /** The log's place up to which everything is in ClickHouse. */
  readonly stored: () => Seq
  readonly grains: StoredGrains
  /** Other servers that take in for the same Worlds now. */
  readonly peers: () => number
  readonly worldIntake: (world: WorldNo) => WorldIntake
  /** Resolves when the drafts are durable. */
  readonly append: (drafts: readonly RecordDraft[]) => Promise<readonly LogRecord[]>
}

/** One decoded batch on its way in. `receivedAt` in machine time. */
export interface Arrival {
  readonly feed: FeedRecord
  readonly batch: DecodedBatch
  readonly traceId: TraceId
  readonly receivedAt: EpochMillis
}

const REFUSED_LISTED = 100

/** Judges decoded batches, has them logged, and answers with a receipt for what is durable. */
export class Intake {
  readonly #parts: IntakeParts
  /** Appends that failed: a duplicate of one of them must not be acknowledged. */
  #failures = 0

  constructor(parts: IntakeParts) {
    this.#parts = parts
  }

  /** @throws Unavailable when the log is full: what is not kept of the batch then may be sent again, with all the rest */
  async accept(arrival: Arrival): Promise<IngestReceipt> {
    const { feed } = arrival
    const world = this.#parts.worldIntake(feed.world)
    const peers = this.#parts.peers()
    world.streams.share(peers > 0)
    world.tracks.share(peers > 0)
    world.reports.share(peers > 0)
    let part = await this.#part(arrival, world)
    let counts = part.counts
    // A row that left memory between the question and its judgement; it is asked for now.
    while (part.left !== undefined) {
      part = await this.#part({ ...arrival, batch: part.left }, world)
      counts = sumOf(counts, part.counts)
    }
    this.#parts.meter.add(feed, counts, this.#parts.clock.now())
    return receiptOf(arrival, counts)
  }

  async #part(arrival: Arrival, world: WorldIntake): Promise<Part> {
    const { feed, batch } = arrival
    const observed = observationRows(batch.observations)
    const placed = positionRows(batch.positions)
    const [held, places] = await Promise.all([
      this.#ask(world.streams, observed, { lookup: this.#parts.observationsHeld, world: feed.world }),
      this.#ask(world.tracks, placed, { lookup: this.#parts.positionsHeld, world: feed.world }),
    ])
    const told = batch.reports.length === 0 ? [] : await this.#reports(arrival, world)
    return this.#judged(arrival, world, { observed, held, placed, places, told })
  }

  /** From here to the append nothing is awaited: what is judged new is in memory before the next batch is judged. */
  async #judged(arrival: Arrival, world: WorldIntake, { observed, held, placed, places, told }: Asked): Promise<Part> {
    const { feed, batch } = arrival
    const at = this.#checkTime(feed)
    const grain = this.#begin(world)
    const observations = judge(observed, { memory: world.streams, check: world.check, known: held, at })
    const positions = judge(placed, { memory: world.tracks, check: undefined, known: places, at })
    const reports = world.reports.fresh(told)
    const counts = countsOf(batch, [observations, positions], reports.length)
    const failuresBefore = this.#failures
    try {
      await this.#append(
        grain,
        draftsOf(arrival, { observations, positions, reports, knownTime: epochMillis(at.knownTime) }),
      )
    } catch (cause) {
      this.#failures += 1
      forget(world.streams, observed, observations)
      forget(world.tracks, placed, positions)
      world.reports.forget(reports)
      throw cause
    }
    if (counts.duplicates > 0 && this.#failures !== failuresBefore)
      throw new Unavailable('ingest.diskFull', { retryAfterSeconds: 2 })
    return { counts, left: leftOf(batch, observations.left, positions.left) }
  }

  #begin({ streams, tracks }: WorldIntake): Grain {
    const { clock, grains, stored } = this.#parts
    const now = clock.now()
    const below = grains.storedBelow(now, stored())
    const grain = grains.begin(now)
    streams.advance(grain.no, below)
    tracks.advance(grain.no, below)
    return grain
  }

  async #append(grain: Grain, drafts: readonly RecordDraft[]): Promise<void> {
    let end: Seq | undefined
    try {
      const last = (await this.#parts.append(drafts)).at(-1)
      end = last === undefined ? undefined : endOf(last)
    } finally {
      this.#parts.grains.logged(grain, end)
    }
  }

  async #ask(
    memory: StreamMemory,
    rows: Rows,
    { lookup, world }: { lookup: StoreLookup; world: WorldNo },
  ): Promise<Known | undefined> {
    const question = questionOf(memory, rows)
    if (question === undefined) return undefined
    const answer = this.#parts.storeUp() ? await lookup.ask(world, question) : undefined
    warm(memory, question, answer)
    return knownOf(question, answer)
  }

  async #reports({ feed, batch }: Arrival, world: WorldIntake): Promise<Report[]> {
    const { knownTime } = this.#checkTime(feed)
    const reports = batch.reports.map((draft) =>
      Report.parse({ ...draft, id: uuidv5('report', feed.world, feed.key, draft.key), feed: feed.no, knownTime }),
    )
    await world.reports.prepare(
      feed.world,
      reports.map(({ id }) => id),
    )
    return reports
  }

  #checkTime(feed: FeedRecord): CheckTime {
    const world = this.#parts.catalogue.worldByNo(feed.world)
    if (world === undefined) throw new NotFound('world.unknown', { world: feed.world })
    const knownTime = worldTimeAt(world.clock, this.#parts.clock.now())
    return { knownTime, rate: world.clock.rate, latenessMs: feed.mapping.contract.latenessSeconds * 1000 }
  }
}

/** A batch's rows, and what the store said of those that memory was unsure of. */
interface Asked {
  readonly observed: Rows
  readonly held: Known | undefined
  readonly placed: Rows
  readonly places: Known | undefined
  readonly told: readonly Report[]
}

interface Part {
  readonly counts: FeedCounts
  /** Rows that must be judged again; nothing in the common case. */
  readonly left: DecodedBatch | undefined
}

function receiptOf({ traceId, batch }: Arrival, { flagged: _flagged, ...shown }: FeedCounts): IngestReceipt {
  const refused = batch.refused.slice(0, REFUSED_LISTED).map(({ line, reason, message }) => ({ line, reason, message }))
  return { traceId, ...shown, refused }
}
