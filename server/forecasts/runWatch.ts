import type { LogRecord } from '@/domain/batch'
import { confidenceOf } from '@/domain/runs/confidence'
import type { ModelRun } from '@/domain/runs/modelRun'
import { hasProduct, isInFlight } from '@/domain/runs/runState'
import { fires, TRIGGERS } from '@/domain/runs/trigger'
import type { TriggerSample } from '@/domain/runs/trigger'
import type { WorldNo } from '@/domain/ids'
import type { World } from '@/domain/world'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import { AppError } from '@/platform/errors'
import { moveRun, runsInFlight } from '@/platform/runs/runRows'
import type { HeldRun } from '@/platform/runs/runRows'
import type { Live } from '../live/createLive'
import { RAIN, WATER_DEPTH } from './floodRequest'
import { FLOOD } from './forecasts'
import type { ForecastParts, Forecasts } from './forecasts'
import { samplesSince } from './queries/samplesSince'
import { ruleOfThumb } from './ruleOfThumb'
import { REMEMBERED_MINUTES } from './sampleMemory'
import { scoreRuns } from './scoreRuns'

/** Each second: who is late, whose worker is dead, what fires. */
const ROUND_MS = 1000
/** A worker tells twice a second that it lives; after this silence a rule takes over, ms. */
const DEAD_AFTER_MS = 3000
/** Nobody took a run that was due this long, ms; and then a rule takes over. */
const LATE_AFTER_MS = 4000
const GIVEN_UP_AFTER_MS = 10_000
/** Triggers look at rain this often, ms: gauges speak by the minute. */
const TRIGGER_MS = 5000
const RAIN_PERIOD_MS = 300_000

export interface WatchParts extends ForecastParts {
  readonly forecasts: Forecasts
  readonly live: Pick<Live, 'leads' | 'onRecord'>
  readonly clickhouse: ClickHouse
}

/** Keeps the runs of the Worlds that this server leads on their way, whatever becomes of the workers. */
export class RunWatch {
  readonly #parts: WatchParts
  readonly #seeded = new Set<WorldNo>()
  #timer: NodeJS.Timeout | undefined
  #unsubscribe: (() => void) | undefined
  #round: Promise<void> | undefined
  #triggeredAt = 0

  constructor(parts: WatchParts) {
    this.#parts = parts
  }

  start(): void {
    const { live, memory } = this.#parts
    this.#unsubscribe = live.onRecord((record: LogRecord) => memory.hear(record))
    this.#timer = setInterval(() => {
      this.#round ??= this.#look()
        .catch((cause: unknown) => this.#parts.log.warn({ err: cause }, 'runs could not be watched'))
        .finally(() => (this.#round = undefined))
    }, ROUND_MS)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#unsubscribe?.()
    await this.#round
  }

  async #look(): Promise<void> {
    const { catalogue, clock, live, postgres } = this.#parts
    const worlds = catalogue.worlds().filter(({ no }) => live.leads(no))
    for (const held of await runsInFlight(postgres, {})) {
      const world = worlds.find(({ no }) => no === held.world)
      if (world !== undefined) await this.#follow(world, held)
    }
    if (clock.now() - this.#triggeredAt < TRIGGER_MS) return
    this.#triggeredAt = clock.now()
    for (const world of worlds) await this.#trigger(world)
  }

  async #follow(world: World, { run, heartbeatAt }: HeldRun): Promise<void> {
    const { clock, postgres, log } = this.#parts
    const now = clock.now()
    if (run.state === 'running') {
      if (now - (heartbeatAt ?? now) > DEAD_AFTER_MS) await this.#fallBack(world, run, 'workerSilent')
      // What the model still comes to takes the rule's place; a repeat has all the time it needs.
      else if (now > run.deadline && run.onlyRung === undefined) await this.#fallBack(world, run, 'deadline')
      return
    }
    if (now - run.askedAt > GIVEN_UP_AFTER_MS) await this.#fallBack(world, run, 'noWorker')
    else if (run.state === 'due' && now - run.askedAt > LATE_AFTER_MS) {
      await moveRun(postgres, run.id, 'late')
      log.warn({ run: run.id }, 'nobody took a run in time')
    }
  }

  /** The rule of thumb takes the place of a model that will not come in time. */
  async #fallBack(world: World, run: ModelRun, reason: string): Promise<void> {
    const { postgres, blobs, catalogue, memory, clock, log } = this.#parts
    const now = catalogue.worldTime(world.no)
    const result = ruleOfThumb({
      world: world.no,
      catalogue: catalogue.catalogue(world.no),
      memory,
      request: run.request,
      now,
    })
    const { inputs, issueTime } = run
    const patch = {
      endedAt: clock.now(),
      rung: result.rung,
      reason,
      quality: [...result.quality],
      confidence: confidenceOf({ issueTime, inputs, periodMs: RAIN_PERIOD_MS, rung: 'rule', quality: result.quality }),
      result: await blobs.put(Buffer.from(JSON.stringify(result))),
    }
    const moved = await moveRun(postgres, run.id, 'fallback', { patch })
    if (moved !== undefined) log.warn({ run: run.id, reason }, 'a run fell back to its rule')
  }

  async #trigger(world: World): Promise<void> {
    const { forecasts, catalogue, clock, log } = this.#parts
    const streams = catalogue.catalogue(world.no).datastreams
    if (!streams.some(({ property }) => property === RAIN)) return
    await this.#seed(world)
    const held = await forecasts.runs(world)
    const runs = held.map(({ run }) => run).filter(({ kind }) => kind === 'official')
    await this.#supersede(runs)
    const now = catalogue.worldTime(world.no)
    await scoreRuns(this.#parts, world, { catalogue: catalogue.catalogue(world.no), now })
    // A model that is worse than persistence runs when a person asks, and no more by itself.
    if ((await forecasts.verified(world)).standing.benched) return
    // A worker that is still at a run whose rule stands in would take the next one late: the cadence waits for it.
    const busy = held.some(({ heartbeatAt }) => clock.now() - (heartbeatAt ?? 0) < DEAD_AFTER_MS)
    if (busy) return
    for (const trigger of TRIGGERS) {
      if (!fires(trigger, { now, samples: this.#samples(world, trigger.property), runs })) continue
      try {
        const run = await forecasts.ask(world, { kind: 'official', author: 'system:trigger', trigger: trigger.key })
        log.info({ run: run.id, trigger: trigger.key }, 'a run was asked for')
      } catch (cause) {
        if (!(cause instanceof AppError)) throw cause
        log.debug({ err: cause, trigger: trigger.key }, 'a trigger fired in vain')
      }
    }
  }

  /** A newer official product takes the place of older ones that nobody approved. */
  async #supersede(runs: readonly ModelRun[]): Promise<void> {
    const [, ...older] = runs.filter(({ state }) => hasProduct(state) && state !== 'superseded')
    for (const { id, state } of older)
      if (!isInFlight(state) && state !== 'approved') await moveRun(this.#parts.postgres, id, 'superseded')
  }

  *#samples(world: World, property: string): Generator<TriggerSample> {
    const { catalogue, memory } = this.#parts
    for (const stream of catalogue.catalogue(world.no).datastreams) {
      if (stream.property !== property) continue
      for (const { time, value } of memory.of(world.no, stream.no)) yield { thing: stream.thing, time, value }
    }
  }

  /** What came before this server led: from the store, once. */
  async #seed(world: World): Promise<void> {
    if (this.#seeded.has(world.no)) return
    this.#seeded.add(world.no)
    const { catalogue, clickhouse, memory, log } = this.#parts
    const wanted = catalogue
      .catalogue(world.no)
      .datastreams.filter(({ property }) => property === RAIN || property === WATER_DEPTH)
    const from = catalogue.worldTime(world.no) - REMEMBERED_MINUTES * 60_000
    try {
      const rows = await samplesSince(clickhouse, { world: world.no, streams: wanted.map(({ no }) => no), from })
      for (const { stream, time, value } of rows) memory.add(world.no, stream, { time, value })
    } catch (cause) {
      this.#seeded.delete(world.no)
      log.warn({ err: cause, model: FLOOD }, 'what came before could not be read')
    }
  }
}
