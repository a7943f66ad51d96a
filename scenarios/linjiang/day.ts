import { FAULT_KINDS } from './faults'
import type { FaultKind } from './faults'
import { FEEDS, LinjiangSimulation } from './simulation'
import type { LinjiangFeed } from './simulation'

/** What is simulated: a seed, one day of the city's calendar, and which faults happen. */
export interface DayRequest {
  readonly seed: number
  /** `YYYY-MM-DD`, from midnight to midnight in UTC+8. */
  readonly day: string
  readonly faults?: ReadonlySet<FaultKind>
  /** Only these hours of the day, from and to. */
  readonly hours?: readonly [from: number, to: number]
}

const HOUR = 3_600_000
const DAY = /^\d{4}-\d{2}-\d{2}$/

/**
 * A day of all feeds as lines of NDJSON, hour by hour, feed by feed: records, then the truth log of the faults
 * that acted. The same request gives the same lines to the byte.
 * @throws RangeError when the day is no day of the calendar.
 */
export function* simulateDay({
  seed,
  day,
  faults = new Set(FAULT_KINDS),
  hours = [0, 24],
}: DayRequest): Generator<string> {
  const start = DAY.test(day) ? Date.parse(`${day}T00:00:00+08:00`) : Number.NaN
  if (!Number.isFinite(start)) throw new RangeError(`${day} is no day; write YYYY-MM-DD.`)
  const simulation = new LinjiangSimulation({ seed, faults })
  const log = new TruthLog(simulation)
  for (let hour = hours[0]; hour < hours[1]; hour++) {
    const [from, to] = [start + hour * HOUR, start + (hour + 1) * HOUR]
    for (const feed of FEEDS) yield* hourOf(simulation, feed, { from, to })
    for (let at = from + TRUTH_STEP; at <= to; at += TRUTH_STEP) yield* log.step(at)
  }
}

const TRUTH_STEP = HOUR / 6

/** Tells when each fault began and ended, to ten minutes. */
class TruthLog {
  readonly #simulation: LinjiangSimulation
  #acting: ReadonlySet<string> = new Set()

  constructor(simulation: LinjiangSimulation) {
    this.#simulation = simulation
  }

  step(at: number): string[] {
    const now = new Set(this.#simulation.faultsAt(at))
    const began = [...now].filter((fault) => !this.#acting.has(fault))
    const ended = [...this.#acting].filter((fault) => !now.has(fault))
    this.#acting = now
    return [
      ...began.map((fault) => JSON.stringify({ truth: 'faultBegan', at, fault })),
      ...ended.map((fault) => JSON.stringify({ truth: 'faultEnded', at, fault })),
    ]
  }
}

function* hourOf(
  simulation: LinjiangSimulation,
  feed: LinjiangFeed,
  { from, to }: { from: number; to: number },
): Generator<string> {
  for (const record of simulation.records(feed, from, to)) yield JSON.stringify({ feed: `linjiang-${feed}`, ...record })
}
