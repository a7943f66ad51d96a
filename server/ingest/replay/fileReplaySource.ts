import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { TraceId, type WorldNo } from '@/domain/ids'
import type { EpochMillis } from '@/domain/time'
import type { Clock } from '@/platform/clock'
import { Unavailable } from '@/platform/errors'
import type { Log } from '@/platform/log'
import type { CatalogueStore } from '@/server/catalogue/catalogueStore'
import type { FeedRecord } from '@/server/catalogue/feedRecord'
import type { Ingest } from '../createIngest'
import type { ReplayClient } from './replayClient'
import type { ReplayCheckpoint, ReplayCheckpoints } from './replayCheckpoint'

export interface ReplayParts {
  readonly catalogue: Pick<CatalogueStore, 'worldTime' | 'worldByNo'>
  readonly ingest: Pick<Ingest, 'accept'>
  readonly clock: Clock
  readonly log: Log
  readonly client: Pick<ReplayClient, 'open' | 'pull'>
  readonly checkpoints: ReplayCheckpoints
}

/** One feed of one World to be replayed from a folder. */
export interface ReplayTask {
  readonly feed: FeedRecord
  readonly world: { readonly no: WorldNo; readonly key: string }
  readonly folder: string
  readonly checkpoint: ReplayCheckpoint
}

/** Records of one pull: a batch is logged, acknowledged and checked before the next one is read. */
const ROWS = 2_000
const SHORTEST_WAIT_MS = 50
const LONGEST_WAIT_MS = 1_000
const CHECKPOINT_EVERY_MS = 1_000

/** Replays the files of one feed at the pace of its World's clock, as a source like any other. */
export class FileReplaySource {
  readonly name: string
  readonly #parts: ReplayParts
  readonly #task: ReplayTask
  #reached: number
  #savedAt = 0

  constructor(parts: ReplayParts, task: ReplayTask) {
    this.#parts = parts
    this.#task = task
    this.#reached = task.checkpoint.reached
    this.name = `${task.world.key}/${task.feed.key}`
  }

  /** Resolves at the end of the data, or when the signal aborts. @throws Error when the files cannot be read */
  async run(signal: AbortSignal): Promise<void> {
    const { feed, folder, checkpoint } = this.#task
    const id = feed.no
    this.#parts.client.open({
      kind: 'open',
      id,
      mapping: feed.mapping,
      folder,
      from: checkpoint.reached,
      shift: checkpoint.shift,
    })
    while (!signal.aborted) {
      const until = this.#parts.catalogue.worldTime(this.#task.world.no)
      const { batch, last, next } = await this.#parts.client.pull(id, until, ROWS)
      if (batch.received > 0 && !(await this.#accept(batch, signal))) break
      if (last !== undefined) this.#reached = Math.max(this.#reached, last)
      await this.#save(next === undefined)
      if (next === undefined) return
      if (next > until) await sleep(this.#waitFor(next - until), undefined, { signal }).catch(() => undefined)
    }
    await this.#save(true)
  }

  /** World time up to which records were acknowledged. */
  get reached(): number {
    return this.#reached
  }

  /** True once the batch was acknowledged; false when the signal came first: it is read again next time. */
  async #accept(batch: Parameters<Ingest['accept']>[0]['batch'], signal: AbortSignal): Promise<boolean> {
    const traceId = TraceId.parse(randomBytes(16).toString('hex'))
    const receivedAt: EpochMillis = this.#parts.clock.now()
    while (!signal.aborted) {
      try {
        await this.#parts.ingest.accept({ feed: this.#task.feed, batch, traceId, receivedAt })
        return true
      } catch (cause) {
        if (!(cause instanceof Unavailable)) throw cause
        await sleep(LONGEST_WAIT_MS, undefined, { signal }).catch(() => undefined)
      }
    }
    return false
  }

  #waitFor(worldMs: number): number {
    const rate = this.#parts.catalogue.worldByNo(this.#task.world.no)?.clock.rate ?? 0
    if (rate === 0) return LONGEST_WAIT_MS
    return Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, worldMs / rate))
  }

  async #save(now: boolean): Promise<void> {
    const at = this.#parts.clock.now()
    if (!now && at - this.#savedAt < CHECKPOINT_EVERY_MS) return
    this.#savedAt = at
    const { world, feed, checkpoint } = this.#task
    const worldTime = this.#parts.catalogue.worldTime(world.no)
    await this.#parts.checkpoints.write(world.key, feed.key, { ...checkpoint, reached: this.#reached, worldTime })
  }
}
