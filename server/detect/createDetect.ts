import type { LogRecord } from '@/domain/batch'
import type { WorldNo } from '@/domain/ids'
import { epochMillis } from '@/domain/time'
import { worldTimeAt } from '@/domain/world'
import type { Clock } from '@/platform/clock'
import { NotFound } from '@/platform/errors'
import type { Log } from '@/platform/log'
import type { Metrics } from '@/platform/metrics'
import type { Postgres } from '@/platform/postgres/postgres'
import { CommandWatch } from '../command/commandWatch'
import { systemActor } from '../command/commandContext'
import type { CommandContext } from '../command/commandContext'
import type { FeedMeter } from '../ingest/feedMeter'
import type { Live } from '../live/createLive'
import type { Append } from '../live/relay'
import { PlanShelf } from '../plans/planShelf'
import { PlanWatch } from '../plans/planWatch'
import type { DetectCatalogue } from './detectCatalogue'
import { DetectWork } from './detectWork'
import { FeedWatch } from './feedWatch'
import { ShelfWatch } from './shelfWatch'
import { SilenceDetector } from './silenceDetector'
import { ThresholdDetector } from './thresholdDetector'

export interface DetectOptions {
  readonly live: Pick<Live, 'onRecord' | 'leads' | 'leadsSince' | 'picture' | 'measureFeed'>
  readonly catalogue: DetectCatalogue
  readonly postgres: Postgres
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly append: Append
  /** What the intake of this server counts. */
  readonly meter: Pick<FeedMeter, 'measure'>
  /** Plans whose triggers are watched; none by default. */
  readonly plans?: PlanShelf
  /** Silences are told only so long (ms) after this server began to lead: who waited for it speaks first. Default 10 s. */
  readonly graceMs?: number
}

export interface Detect {
  start(): void
  /** Resolves when every command under way has ended. */
  stop(): Promise<void>
}

const ROUND_MS = 1000
const GRACE_MS = 10_000

/** The detectors of every World that this server leads: thresholds at each record, silence and feeds each second. */
export function createDetect(options: DetectOptions): Detect {
  const { live, catalogue, clock, log, metrics } = options
  const thresholds = new Map<WorldNo, ThresholdDetector>()
  const silences = new Map<WorldNo, SilenceDetector>()
  const feeds = new FeedWatch()
  const command = commandContext(options)
  const shelves = new ShelfWatch(command, log)
  const commands = new CommandWatch(command, log)
  const plans = new PlanWatch({ command, shelf: options.plans ?? new PlanShelf([]), log })
  let timer: NodeJS.Timeout | undefined
  let unsubscribe: (() => void) | undefined

  const work = new DetectWork(metrics, log)
  const onRecord = (record: LogRecord): void => {
    feeds.hear(record)
    if (record.kind !== 'observations') return
    const detector = made(thresholds, record.world, () => {
      return new ThresholdDetector(record.world, { command, catalogue, log, picture: (no) => live.picture(no) })
    })
    work.track(detector.judge(record), 'judge')
  }
  const round = (): void => {
    const ended = work.begin('round')
    for (const world of catalogue.worlds()) {
      const picture = live.leads(world.no) ? live.picture(world.no) : undefined
      if (picture === undefined) {
        thresholds.delete(world.no) // another server judges now; what we remember grows old
        continue
      }
      const now = worldTimeAt(world.clock, clock.now())
      for (const health of feeds.measure({ world, picture, now, ...options })) live.measureFeed(world.no, health)
      work.track(shelves.look(world.no, picture.alarms.values(), now))
      work.track(commands.look(world.no, picture, now))
      const propertyOf = (stream: number) => catalogue.datastream(world.no, stream)?.property
      work.track(plans.look({ world: world.no, picture, propertyOf }))
      if (clock.now() - live.leadsSince(world.no) < (options.graceMs ?? GRACE_MS)) continue
      work.track(
        made(silences, world.no, () => new SilenceDetector(options)).look(world.no, catalogue, { picture, now }),
      )
    }
    ended()
  }
  return {
    start() {
      unsubscribe = live.onRecord(onRecord)
      timer = setInterval(round, ROUND_MS)
    },
    async stop() {
      clearInterval(timer)
      unsubscribe?.()
      await work.settled()
    },
  }
}

function commandContext({ postgres, clock, catalogue }: DetectOptions): CommandContext {
  return {
    actor: systemActor('detect'),
    postgres,
    clock,
    worldTime: (no) => {
      const world = catalogue.worldByNo(no)
      if (world === undefined) throw new NotFound('world.unknown', { world: no })
      return epochMillis(worldTimeAt(world.clock, clock.now()))
    },
  }
}

function made<Key, Value>(held: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = held.get(key) ?? make()
  held.set(key, value)
  return value
}
