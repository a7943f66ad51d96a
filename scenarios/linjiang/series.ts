import { noise, textKey } from './random'
import { CITY_SERIES } from './citySeries'
import { WATER_AND_ROADS } from './seriesTable'
import type { LinjiangFeed } from './simulation'
import { clockHour } from './storm'
import type { CityThing, ThingKind } from './cityThing'
import type { WetDay } from './truth'

/** Everything a truth may depend on: a place, its water, the hour of the city's clock, slow chance in ±3.5. */
export interface TruthInput {
  readonly thing: CityThing
  readonly wet: WetDay
  /** Milliseconds into the story. */
  readonly at: number
  readonly hour: number
  readonly sway: number
}

/** One quantity that a kind of place measures. `truth` is in the property's unit; `deviation` of the sensor's noise too. */
export interface SeriesKind {
  readonly property: string
  readonly of: ThingKind
  readonly feed: Exclude<LinjiangFeed, 'vehicles' | 'calls'>
  readonly periodSeconds: number
  /** What the instrument can tell apart. */
  readonly quantum: number
  readonly deviation: number
  /** A dry gauge says exactly 0. */
  readonly exactZero?: boolean
  readonly truth: (input: TruthInput) => number
}

/** Every quantity that is measured, by kind of place. */
export const SERIES: readonly SeriesKind[] = [...WATER_AND_ROADS, ...CITY_SERIES]

/** Slow, smooth chance of one series: three waves of its own phases, 40 minutes to 5 hours long. */
export function swayOf(seed: number, key: number, worldMs: number): number {
  const hours = worldMs / 3_600_000
  let sum = 0
  for (const [i, length] of [0.7, 1.9, 5.1].entries())
    sum += Math.sin((hours / length) * 2 * Math.PI + noise(seed, key, i) * 3)
  return sum / 1.5
}

/** Where an instrument's error comes from, and how much of it there is: 0 shows the truth, 1 what its kind errs. */
export interface Chance {
  readonly seed: number
  readonly key: number
  readonly worldMs: number
  readonly noise: number
}

/** The value that an instrument shows at `worldMs`: truth, noise, and its steps. */
export function measured(kind: SeriesKind, input: TruthInput, chance: Chance): number {
  const truth = kind.truth(input)
  const exact = kind.exactZero === true && truth < kind.quantum / 2
  const noisy = exact ? 0 : truth + kind.deviation * chance.noise * noise(chance.seed, chance.key, chance.worldMs)
  const stepped = Math.round(noisy / kind.quantum) * kind.quantum
  const floor = kind.property === 'temperature' ? stepped : Math.max(0, stepped)
  return Math.round(floor * 1_000) / 1_000
}

export const seriesKey = (thing: CityThing, kind: SeriesKind): string => `${thing.key}.${kind.property}`
export const chanceKey = (thing: CityThing, kind: SeriesKind): number => textKey(seriesKey(thing, kind))
export const hourAt = clockHour
