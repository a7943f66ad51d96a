import { z } from 'zod'
import { Uuid } from '../ids'
import { EpochMillis } from '../time'
import { Rung } from './modelRun'

/** What a yes-or-no forecast came to, with hits, misses and so on counted over places. */
export const Contingency = z
  .object({ hits: z.number(), misses: z.number(), falseAlarms: z.number(), correctNegatives: z.number() })
  .readonly()
export type Contingency = z.infer<typeof Contingency>

/** One forecast beside what came; null where nothing can be said, such as POD without an event. */
export const ForecastScore = z
  .object({
    run: Uuid,
    rung: Rung,
    issueTime: EpochMillis,
    validTo: EpochMillis,
    scoredAt: EpochMillis,
    /** Places whose gauge spoke through the whole time. */
    places: z.number().int(),
    contingency: Contingency,
    pod: z.number().nullable(),
    far: z.number().nullable(),
    /** Median over the hits of observed minus issue, minutes. */
    leadMinutes: z.number().nullable(),
    /** Mean of forecast minus observed peaks, m. */
    bias_m: z.number(),
    /** Mean square of forecast minus event, 0 to 1; the forecast is yes or no. */
    brier: z.number(),
    /** Of persistence: the places that stood under the line at the issue stay so. */
    brierPersistence: z.number(),
    /** Mean absolute error of the peak, m: the CRPS of a forecast without spread. */
    crps_m: z.number(),
    crpsPersistence_m: z.number(),
  })
  .readonly()
export type ForecastScore = z.infer<typeof ForecastScore>

/** One place: the depth at the issue, the peaks, and the minutes to the line; m, null is never. */
export interface VerifiedPlace {
  readonly now_m: number
  readonly forecastPeak_m: number
  readonly observedPeak_m: number
  readonly forecastMinute: number | null
  readonly observedMinute: number | null
}

type Figures = Omit<ForecastScore, 'run' | 'rung' | 'issueTime' | 'validTo' | 'scoredAt'>

/** Scores a forecast of a line against what came, and persistence against the same. */
export function scoreForecast(places: readonly VerifiedPlace[], line_m: number): Figures {
  const count = (of: (place: VerifiedPlace) => boolean): number => places.filter(of).length
  const forecast = ({ forecastMinute }: VerifiedPlace): boolean => forecastMinute !== null
  const event = ({ observedMinute }: VerifiedPlace): boolean => observedMinute !== null
  const hits = count((place) => forecast(place) && event(place))
  const misses = count((place) => !forecast(place) && event(place))
  const falseAlarms = count((place) => forecast(place) && !event(place))
  const mean = (of: (place: VerifiedPlace) => number): number =>
    places.length === 0 ? 0 : places.reduce((sum, place) => sum + of(place), 0) / places.length
  const leads = places.filter((place) => forecast(place) && event(place)).map(({ observedMinute }) => observedMinute!)
  return {
    places: places.length,
    contingency: { hits, misses, falseAlarms, correctNegatives: places.length - hits - misses - falseAlarms },
    pod: hits + misses === 0 ? null : hits / (hits + misses),
    far: hits + falseAlarms === 0 ? null : falseAlarms / (hits + falseAlarms),
    leadMinutes: median(leads),
    bias_m: mean(({ forecastPeak_m, observedPeak_m }) => forecastPeak_m - observedPeak_m),
    brier: mean((place) => (Number(forecast(place)) - Number(event(place))) ** 2),
    brierPersistence: mean((place) => (Number(place.now_m >= line_m) - Number(event(place))) ** 2),
    crps_m: mean(({ forecastPeak_m, observedPeak_m }) => Math.abs(forecastPeak_m - observedPeak_m)),
    crpsPersistence_m: mean(({ now_m, observedPeak_m }) => Math.abs(now_m - observedPeak_m)),
  }
}

export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** May the model run by itself? `skill` is 1 − error / error of persistence over the scored forecasts. */
export const Standing = z
  .object({ skill: z.number().nullable(), scored: z.number().int(), benched: z.boolean() })
  .readonly()
export type Standing = z.infer<typeof Standing>

/** Forecasts that must have been scored before a model can lose its right to trigger. */
const LEAST_SCORED = 5
/** Days of the World over which a model must be worse than persistence. */
export const STANDING_DAYS = 7

/** A model that was worse than persistence over all scored forecasts of a week triggers no more until a person asks. */
export function standingOf(scores: readonly ForecastScore[], now: number): Standing {
  const recent = scores.filter(
    ({ scoredAt, rung }) => rung !== 'rule' && now - scoredAt < STANDING_DAYS * 24 * 3_600_000,
  )
  const error = recent.reduce((sum, { crps_m, places }) => sum + crps_m * places, 0)
  const persistence = recent.reduce((sum, { crpsPersistence_m, places }) => sum + crpsPersistence_m * places, 0)
  const skill = recent.length === 0 || persistence === 0 ? null : 1 - error / persistence
  return { skill, scored: recent.length, benched: recent.length >= LEAST_SCORED && skill !== null && skill < 0 }
}
