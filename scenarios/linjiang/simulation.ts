import { callsBetween } from './calls'
import type { Call } from './calls'
import { activeFaults, FAULT_KINDS, faultsOf, LONGEST_DELAY } from './faults'
import type { Fault, FaultKind } from './faults'
import { hash32 } from './random'
import { chanceKey, hourAt, measured, SERIES, seriesKey, swayOf } from './series'
import type { SeriesKind } from './series'
import { THINGS } from './things'
import type { CityThing } from './cityThing'
import { WetDays } from './truth'
import { positionOf, VEHICLES, VEHICLE_PERIOD_SECONDS } from './vehicles'
import type { Vehicle } from './vehicles'

/** The feeds of the exercise: one for each department that owns instruments, one of vehicles and one of calls. */
export const FEEDS = [
  'water',
  'rain',
  'underpasses',
  'pumps',
  'air',
  'traffic',
  'power',
  'weather',
  'drains',
  'metro',
  'gas',
  'supply',
  'bridges',
  'slopes',
  'health',
  'chemicals',
  'vehicles',
  'calls',
] as const
export type LinjiangFeed = (typeof FEEDS)[number]

/** One record as a feed sends it; times in epoch ms of the World. */
export type SimulatedRecord =
  | Call
  | { readonly datastream: string; readonly phenomenonTime: number; readonly result: number }
  | {
      readonly track: string
      readonly phenomenonTime: number
      readonly longitude: number
      readonly latitude: number
      readonly speed: number
      readonly heading: number
    }

export interface Series {
  readonly key: string
  readonly thing: CityThing
  readonly kind: SeriesKind
}

/** Every series of the exercise, in a fixed order. */
export const ALL_SERIES: readonly Series[] = SERIES.flatMap((kind) =>
  THINGS.filter((thing) => thing.kind === kind.of).map((thing) => ({ key: seriesKey(thing, kind), thing, kind })),
)

/** Series that the catalogue knows and nobody has built yet: 未设站. */
export const NOT_COVERED: ReadonlySet<string> = new Set(['air-nantang-1.so2'])

interface Planned extends Series {
  readonly chance: number
  readonly periodMs: number
  readonly phaseMs: number
  readonly faults: readonly Fault[]
}

export interface SimulationOptions {
  readonly seed: number
  /** Which kinds of fault happen; all by default. */
  readonly faults?: ReadonlySet<FaultKind>
}

/**
 * The instruments of Linjiang. What a feed sends in a span of world time depends on the seed and the span alone, so a
 * simulator that was killed goes on where it was, with the same bytes.
 */
export class LinjiangSimulation {
  readonly #seed: number
  readonly #wet: WetDays
  readonly #noisy: boolean
  readonly #byFeed: ReadonlyMap<LinjiangFeed, readonly Planned[]>

  constructor({ seed, faults = new Set(FAULT_KINDS) }: SimulationOptions) {
    this.#seed = seed
    this.#wet = new WetDays(seed)
    this.#noisy = faults.has('noise')
    const planned = ALL_SERIES.filter(({ key }) => !NOT_COVERED.has(key)).map((series) => this.#plan(series, faults))
    this.#byFeed = new Map(FEEDS.map((feed) => [feed, planned.filter(({ kind }) => kind.feed === feed)]))
  }

  #plan(series: Series, kinds: ReadonlySet<FaultKind>): Planned {
    const chance = chanceKey(series.thing, series.kind)
    const periodMs = series.kind.periodSeconds * 1_000
    // Instruments do not speak in chorus: each has its own second within the period.
    const phaseMs = (hash32(this.#seed, chance, 5) % series.kind.periodSeconds) * 1_000
    return { ...series, chance, periodMs, phaseMs, faults: faultsOf(this.#seed, series.key, kinds) }
  }

  /** What the feed sends after `fromMs` and up to `toMs` (world time), oldest first within each series. */
  records(feed: LinjiangFeed, fromMs: number, toMs: number): SimulatedRecord[] {
    if (feed === 'calls') return callsBetween(this.#seed, fromMs, toMs)
    if (feed === 'vehicles') return VEHICLES.flatMap((vehicle) => this.#positions(vehicle, fromMs, toMs))
    const out: SimulatedRecord[] = []
    for (const planned of this.#byFeed.get(feed) ?? []) {
      const delayed = planned.faults.some((fault) => fault.kind === 'delay')
      for (const at of ticks(planned, fromMs - (delayed ? LONGEST_DELAY : 0), toMs))
        this.#observe(planned, at, { fromMs, toMs, out })
    }
    return out
  }

  #observe(planned: Planned, at: number, span: { fromMs: number; toMs: number; out: SimulatedRecord[] }): void {
    const { key, thing, kind, chance, faults } = planned
    const active = faults.length === 0 ? faults : activeFaults(this.#seed, key, faults, at)
    const amount = (wanted: FaultKind): number => active.find((fault) => fault.kind === wanted)?.amount ?? 0
    const sentAt = at + amount('delay')
    if (sentAt <= span.fromMs || sentAt > span.toMs) return
    if (active.some((fault) => fault.kind === 'outage')) return
    const { wet, at: storyAt } = this.#wet.at(thing, at)
    const input = { thing, wet, at: storyAt, hour: hourAt(storyAt), sway: swayOf(this.#seed, chance, at) }
    const noise = this.#noisy ? amount('noise') || 1 : 0
    const result = measured(kind, input, { seed: this.#seed, key: chance, worldMs: at, noise })
    const record = { datastream: key, phenomenonTime: at + amount('clock'), result: round3(result + amount('lie')) }
    span.out.push(record)
    if (active.some((fault) => fault.kind === 'duplicate')) span.out.push(record)
  }

  #positions(vehicle: Vehicle, fromMs: number, toMs: number): SimulatedRecord[] {
    const periodMs = VEHICLE_PERIOD_SECONDS * 1_000
    return ticks({ periodMs, phaseMs: 0 }, fromMs, toMs).map((at) => ({
      track: vehicle.key,
      phenomenonTime: at,
      ...positionOf(this.#seed, vehicle, at),
    }))
  }

  /** Faults that act at `worldMs`, as `series kind` in order: what an exercise log tells the umpires. `*` is every series. */
  faultsAt(worldMs: number): string[] {
    const out: string[] = this.#noisy ? ['* noise'] : []
    for (const planned of [...this.#byFeed.values()].flat()) {
      for (const fault of activeFaults(this.#seed, planned.key, planned.faults, worldMs))
        out.push(`${planned.key} ${fault.kind}`)
    }
    return out.sort()
  }
}

const round3 = (value: number): number => Math.round(value * 1_000) / 1_000

/** Moments phase + k · period in (from, to]. */
function ticks({ periodMs, phaseMs }: { periodMs: number; phaseMs: number }, from: number, to: number): number[] {
  const out: number[] = []
  for (let at = Math.floor((from - phaseMs) / periodMs) * periodMs + phaseMs; at <= to; at += periodMs) {
    if (at > from) out.push(at)
  }
  return out
}
