import type { LogRecord } from '@/domain/batch'
import type { PictureStore } from '@/domain/fold/picture'
import type { WorldNo } from '@/domain/ids'
import { epochMillis } from '@/domain/time'
import type { Log } from '@/platform/log'
import { AppError } from '@/platform/errors'
import { clearAlarm } from '../command/clearAlarm'
import type { CommandContext } from '../command/commandContext'
import { raiseAlarm } from '../command/raiseAlarm'
import { latenessMs } from './detectCatalogue'
import type { DetectCatalogue } from './detectCatalogue'
import { conditionKey, ThresholdWatch } from './thresholdWatch'
import type { Crossing } from './thresholdWatch'

const DETECTOR = 'threshold'
/** A record that is folded so long after it was recorded comes from a log read again, not from the city now. Machine time. */
const REPLAYED_MS = 60_000

export interface ThresholdTools {
  readonly command: CommandContext
  readonly catalogue: DetectCatalogue
  readonly log: Log
  picture(world: WorldNo): PictureStore | undefined
}

/** Turns crossings of one World into Alarms, by command. What could not be moved is moved by the next value. */
export class ThresholdDetector {
  readonly #world: WorldNo
  readonly #tools: ThresholdTools
  readonly #watch = new ThresholdWatch()
  /** Alarm ids by condition, as of outbox number `#openAt`. */
  #open = new Map<string, string>()
  #openAt = -1
  readonly #moving = new Set<string>()
  /** Moves go one after another: a storm of crossings must not take every connection of the pool. */
  #last: Promise<void> = Promise.resolve()

  constructor(world: WorldNo, tools: ThresholdTools) {
    this.#world = world
    this.#tools = tools
  }

  /** Judges a folded record; returns when all moves that it led to are decided. */
  async judge(record: LogRecord): Promise<void> {
    if (record.kind !== 'observations' || this.#isReplayed(record)) return
    const oldest = record.knownTime - latenessMs(this.#tools.catalogue, record.feed)
    const moves: Promise<void>[] = []
    for (let i = 0; i < record.stream.length; i++) {
      const stream = this.#tools.catalogue.datastream(this.#world, record.stream[i] as number)
      if (stream === undefined || stream.thresholds.length === 0) continue
      const sample = {
        time: record.phenomenonTime[i] as number,
        value: record.value[i] as number,
        quality: record.quality[i] as number,
        oldest,
      }
      for (const crossing of this.#watch.judge(stream, sample)) moves.push(this.#queue(crossing))
    }
    await Promise.all(moves)
  }

  #isReplayed({ recordedAt }: LogRecord): boolean {
    return this.#tools.command.clock.now() - recordedAt > REPLAYED_MS
  }

  #queue(crossing: Crossing): Promise<void> {
    const key = conditionKey(crossing.stream, crossing.threshold)
    if (this.#isAsItShould(key, crossing) || this.#moving.has(key)) return Promise.resolve()
    this.#moving.add(key)
    this.#last = this.#last.then(() => this.#move(key, crossing))
    return this.#last
  }

  #isAsItShould(key: string, { move }: Crossing): boolean {
    return (this.#openId(key) !== undefined) === (move === 'raise')
  }

  async #move(key: string, crossing: Crossing): Promise<void> {
    try {
      if (this.#isAsItShould(key, crossing)) return
      const id = this.#openId(key)
      if (id === undefined) await this.#raise(key, crossing)
      else await clearAlarm(this.#tools.command, { world: this.#world, id })
    } catch (cause) {
      const isPassing = cause instanceof AppError && cause.retry
      this.#tools.log[isPassing ? 'warn' : 'error']({ err: cause, key }, 'alarm not moved')
    } finally {
      this.#moving.delete(key)
    }
  }

  async #raise(key: string, { stream, threshold, value, since }: Crossing): Promise<void> {
    await raiseAlarm(this.#tools.command, {
      world: this.#world,
      detector: DETECTOR,
      key,
      level: threshold.level,
      stream: stream.no,
      threshold: threshold.key,
      value,
      limit: threshold.value,
      raisedAt: epochMillis(since),
    })
  }

  #openId(key: string): string | undefined {
    const picture = this.#tools.picture(this.#world)
    if (picture !== undefined && picture.outboxN !== this.#openAt) {
      this.#openAt = picture.outboxN
      const ours = [...picture.alarms.values()].filter((alarm) => alarm.detector === DETECTOR)
      this.#open = new Map(ours.map((alarm) => [alarm.key, alarm.id]))
    }
    return this.#open.get(key)
  }
}
