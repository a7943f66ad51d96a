import type { WorldClock } from '@/domain/world'
import { worldTimeAt } from '@/domain/world'
import type { Clock } from '@/platform/clock'
import type { Log } from '@/platform/log'
import { FEEDS } from '@/scenarios/linjiang/simulation'
import type { LinjiangFeed, LinjiangSimulation, SimulatedRecord } from '@/scenarios/linjiang/simulation'
import type { SimulatorConnection } from './connection'
import type { SentProgress } from './progress'
import type { PushOutcome, PushTarget } from './push'

interface SimulatorParts {
  readonly simulation: LinjiangSimulation
  readonly progress: SentProgress
  readonly clock: Clock
  readonly log: Log
  /** History that a fresh exercise begins with, and the longest gap that is made up for, ms of world time. */
  readonly reachBackMs: number
  /** Clock of the exercise; undefined while it is not there. */
  readonly worldClock: () => Promise<WorldClock | undefined>
  readonly readConnection: () => Promise<SimulatorConnection | undefined>
  readonly push: (
    connection: SimulatorConnection,
    target: PushTarget,
    records: readonly SimulatedRecord[],
  ) => Promise<PushOutcome>
}

const WORLD = 'linjiang'
const CADENCE_MS = 1_000
/** For `reachBackMs`: enough to fill the first charts. */
export const SIX_HOURS_MS = 6 * 3_600_000
/** World time of one push: 10 minutes of the largest feed are about 2 000 records. */
const SPAN_MS = 600_000
const BACK_OFF_MS = { least: 500, most: 15_000 }
/** The World's clock is asked for again this often. */
const CLOCK_EVERY_TICKS = 5
const SAVE_EVERY_TICKS = 5

/** Plays the instruments of Linjiang to the intake by HTTP, a push a second and feed, and goes on after any break. */
export class Simulator {
  readonly #parts: SimulatorParts
  #connection: SimulatorConnection | undefined
  #worldClock: WorldClock | undefined
  #ticks = 0
  #waitMs = 0
  #faults: ReadonlySet<string> = new Set()

  constructor(parts: SimulatorParts) {
    this.#parts = parts
  }

  /** Runs until the signal aborts; the last acknowledged moment is saved then. */
  async run(signal: AbortSignal): Promise<void> {
    await this.#parts.progress.load()
    while (!signal.aborted) {
      const began = this.#parts.clock.now()
      await this.#tick(signal)
      const spent = this.#parts.clock.now() - began
      await pause(Math.max(this.#waitMs, CADENCE_MS - spent, 20), signal)
    }
    await this.#parts.progress.save()
  }

  async #tick(signal: AbortSignal): Promise<void> {
    const { progress, readConnection } = this.#parts
    if (this.#ticks % CLOCK_EVERY_TICKS === 0 || this.#worldClock === undefined) await this.#followClock()
    this.#connection ??= await readConnection()
    this.#ticks += 1
    if (this.#connection === undefined || this.#worldClock === undefined) return
    const now = worldTimeAt(this.#worldClock, this.#parts.clock.now())
    this.#tellFaults(now)
    for (const feed of FEEDS) {
      if (signal.aborted || !(await this.#catchUp(feed, now, signal))) break
    }
    if (this.#ticks % SAVE_EVERY_TICKS === 0) await progress.save()
  }

  async #followClock(): Promise<void> {
    try {
      this.#worldClock = await this.#parts.worldClock()
      if (this.#worldClock !== undefined) this.#parts.progress.follow(this.#worldClock.anchorWorld)
    } catch (cause) {
      this.#parts.log.warn({ err: cause }, 'the clock of the exercise could not be read')
    }
  }

  /** Sends what the feed owes up to `now`, oldest first; false when Belfry cannot take more at the moment. */
  async #catchUp(feed: LinjiangFeed, now: number, signal: AbortSignal): Promise<boolean> {
    const { simulation, progress, reachBackMs } = this.#parts
    let from = Math.max(progress.sentTo(feed) ?? now - reachBackMs, now - reachBackMs)
    while (from < now && !signal.aborted) {
      const to = Math.min(from + SPAN_MS, now)
      const records = simulation.records(feed, from, to)
      if (records.length > 0 && !(await this.#send(feed, records))) return false
      progress.acknowledged(feed, to)
      from = to
    }
    return true
  }

  async #send(feed: LinjiangFeed, records: readonly SimulatedRecord[]): Promise<boolean> {
    const { push, log } = this.#parts
    if (this.#connection === undefined) return false
    const outcome = await push(this.#connection, { world: WORLD, feed: `linjiang-${feed}` }, records)
    switch (outcome.kind) {
      case 'acknowledged':
        this.#waitMs = 0
        if (outcome.rejected > 0) log.warn({ feed, rejected: outcome.rejected }, 'records refused')
        return true
      case 'refused':
        // The same bytes would be refused again: said once, passed over.
        log.error({ feed, why: outcome.why, records: records.length }, 'push refused')
        return true
      case 'reconnect':
        this.#connection = undefined
        break
      case 'later':
        break
    }
    const doubled = Math.min(BACK_OFF_MS.most, Math.max(BACK_OFF_MS.least, this.#waitMs * 2))
    this.#waitMs = outcome.kind === 'later' ? (outcome.afterMs ?? doubled) : doubled
    log.info({ feed, why: outcome.why, waitMs: this.#waitMs }, 'waiting for Belfry')
    return false
  }

  /** Each fault's beginning and end is a line of the log: the umpires' record of what was not true. */
  #tellFaults(now: number): void {
    const acting = new Set(this.#parts.simulation.faultsAt(now))
    for (const fault of acting)
      if (!this.#faults.has(fault)) this.#parts.log.info({ fault, worldTime: now }, 'fault begins')
    for (const fault of this.#faults)
      if (!acting.has(fault)) this.#parts.log.info({ fault, worldTime: now }, 'fault ends')
    this.#faults = acting
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
