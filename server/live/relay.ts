import { z } from 'zod'
import { Alarm } from '@/domain/alarm'
import type { LogRecord, OutboxBatch, OutboxEvent } from '@/domain/batch'
import { Decision } from '@/domain/decision/decision'
import type { FeedNo, TraceId, WorldNo } from '@/domain/ids'
import { Incident } from '@/domain/incident/incident'
import { Activation } from '@/domain/plan/activation'
import { Task } from '@/domain/task/task'
import { epochMillis } from '@/domain/time'
import type { Log } from '@/platform/log'
import type { Postgres } from '@/platform/postgres/postgres'
import type { RecordDraft } from '../ingest/log/recordDraft'
import type { OutboxMeters } from './liveMeters'
import { eventsAfter } from './queries/eventsAfter'
import { carriedUpTo, setCarriedUpTo } from './queries/carried'

export type Append = (draft: RecordDraft) => Promise<LogRecord>

const PAGE = 500
/** Feed number of what Belfry says itself. */
const OWN = 0 as FeedNo

const Bodies = {
  'alarm.moved': Alarm,
  'incident.moved': Incident,
  'task.moved': Task,
  'activation.moved': Activation,
  'decision.moved': Decision,
  'catalogue.changed': z.object({ version: z.number() }),
  'world.clockSet': z.object({ anchorWorld: z.number(), anchorReal: z.number(), rate: z.number() }),
} as const satisfies Record<OutboxEvent['kind'], z.ZodType>

export interface RelayOptions {
  readonly world: WorldNo
  readonly postgres: Postgres
  readonly append: Append
  readonly log: Log
  readonly makeTraceId: () => TraceId
  readonly meters: OutboxMeters
}

/**
 * Carries the outbox of one World into the log, in order, on the leader of that World. An event that is carried twice
 * is the same row of city_events and is folded once.
 */
export class Relay {
  readonly #options: RelayOptions
  #carried: number | undefined
  #running: Promise<void> | undefined
  #asked = false
  #stopped = false

  constructor(options: RelayOptions) {
    this.#options = options
  }

  /** Carries whatever waits. Call it at every notice, and now and then without one. */
  poke(): void {
    this.#asked = true
    if (this.#stopped) return
    this.#running ??= this.#drain().finally(() => (this.#running = undefined))
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#running
  }

  async #drain(): Promise<void> {
    while (this.#asked && !this.#stopped) {
      this.#asked = false
      try {
        await this.#carryAll()
      } catch (cause) {
        this.#options.meters.failures.inc()
        this.#options.log.warn({ err: cause, world: this.#options.world }, 'outbox not carried, trying again')
        return
      }
    }
  }

  async #carryAll(): Promise<void> {
    const { postgres, world, meters } = this.#options
    this.#carried ??= (await carriedUpTo(postgres, { world }))[0]?.n ?? 0
    for (;;) {
      const began = performance.now()
      const rows = await eventsAfter(postgres, { world, n: this.#carried, limit: PAGE })
      if (rows.length === 0 || this.#stopped) return
      const events = rows.map((row) => ({
        ...row,
        at: epochMillis(row.at),
        body: Bodies[asKind(row.kind)].parse(row.body),
      }))
      await this.#options.append(this.#draft(events as OutboxEvent[]))
      this.#carried = rows.at(-1)?.n ?? this.#carried
      await setCarriedUpTo(postgres, { world, n: this.#carried })
      meters.carried.inc(rows.length)
      meters.carrySeconds.observe((performance.now() - began) / 1000)
    }
  }

  #draft(events: readonly OutboxEvent[]): RecordDraft & Pick<OutboxBatch, 'kind'> {
    const { world, makeTraceId } = this.#options
    const knownTime = events.at(-1)?.at ?? epochMillis(0)
    return { kind: 'outbox', world, feed: OWN, knownTime, traceId: makeTraceId(), events }
  }
}

function asKind(kind: string): OutboxEvent['kind'] {
  if (kind in Bodies) return kind as OutboxEvent['kind']
  throw new RangeError(`The outbox holds an event of unknown kind ${kind}.`)
}
