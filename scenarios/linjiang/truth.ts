import { rainRate, stormOf, STEP_MS, STEPS_PER_DAY, storyTime } from './storm'
import type { CityThing } from './cityThing'

const HOURS_PER_STEP = STEP_MS / 3_600_000

/** Rain of one place over one day of the story: mm in each step, and the running sums that follow from it. */
export interface WetDay {
  readonly rain: Float64Array
  /** mm over the last hour, at the end of each step. */
  readonly hourRain: Float64Array
  /** Centimetres of water that stand in an underpass, at the end of each step. */
  readonly standing: Float64Array
  /** Slow response of a channel, 0 at rest; 1 is bank-full. */
  readonly swell: Float64Array
}

/** Water of one day at one place. Each day of the story starts dry. */
export function wetDay(seed: number, day: number, thing: CityThing): WetDay {
  const rain = new Float64Array(STEPS_PER_DAY)
  const storm = stormOf(seed, day)
  for (let i = 0; i < STEPS_PER_DAY; i++) rain[i] = rainRate(storm, (i + 0.5) * STEP_MS, thing.at) * HOURS_PER_STEP
  return { rain, hourRain: lastHour(rain), standing: standing(rain, thing.size), swell: swell(rain, thing) }
}

function lastHour(rain: Float64Array): Float64Array {
  const out = new Float64Array(rain.length)
  let sum = 0
  for (let i = 0; i < rain.length; i++) {
    sum += rain[i]! - (i >= 12 ? rain[i - 12]! : 0)
    out[i] = Math.max(0, sum)
  }
  return out
}

/** Pumps of an underpass keep up with this much rain, mm/h, at size 1. */
const DRAINED_RATE = 62
/** Centimetres of standing water for each millimetre beyond that: the catchment is thirteen times the sag. */
const SAG_RATIO = 1.3

function standing(rain: Float64Array, size: number): Float64Array {
  const out = new Float64Array(rain.length)
  let depth = 0
  for (let i = 0; i < rain.length; i++) {
    const surplus = rain[i]! * size - DRAINED_RATE * HOURS_PER_STEP
    depth = Math.min(160, Math.max(0, depth + surplus * SAG_RATIO))
    out[i] = depth
  }
  return out
}

/** A linear reservoir: fast for the brook (about an hour), slow for the river and the lake behind the dam. */
function swell(rain: Float64Array, thing: CityThing): Float64Array {
  const [hours, gain] = thing.kind === 'brookGauge' ? [1.1, 0.021] : [5, 0.0085]
  const out = new Float64Array(rain.length)
  let held = 0
  for (let i = 0; i < rain.length; i++) {
    held += rain[i]! * gain - held * (HOURS_PER_STEP / hours)
    out[i] = held
  }
  return out
}

/** Value of a day's column between its steps. `at` in milliseconds into the story. */
export function between2(column: Float64Array, at: number): number {
  const exact = at / STEP_MS - 1
  const i = Math.floor(exact)
  const share = exact - i
  const before = i < 0 ? 0 : column[i]!
  const after = column[Math.min(column.length - 1, i + 1)]!
  return before + (after - before) * share
}

/** Keeps the days it was asked for; what it returns depends on its arguments alone. */
export class WetDays {
  readonly #seed: number
  readonly #days = new Map<string, WetDay>()

  constructor(seed: number) {
    this.#seed = seed
  }

  at(thing: CityThing, worldMs: number): { wet: WetDay; at: number; day: number } {
    const { day, at } = storyTime(worldMs)
    const key = `${thing.key}/${day}`
    let wet = this.#days.get(key)
    if (wet === undefined) {
      if (this.#days.size > 6_000) this.#days.clear()
      wet = wetDay(this.#seed, day, thing)
      this.#days.set(key, wet)
    }
    return { wet, at, day }
  }
}
