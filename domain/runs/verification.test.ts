import { expect, test } from 'vitest'
import type { ForecastScore, VerifiedPlace } from './verification'
import { scoreForecast, standingOf } from './verification'

const place = (forecastPeak_m: number, observedPeak_m: number, now_m = 0): VerifiedPlace => ({
  ...{ now_m, forecastPeak_m, observedPeak_m },
  forecastMinute: forecastPeak_m >= 0.27 ? 40 : null,
  observedMinute: observedPeak_m >= 0.27 ? 60 : null,
})

test('hits, misses and false alarms are counted over places, and persistence is scored on the same', () => {
  const places = [place(0.5, 0.6), place(0.4, 0.5), place(0.1, 0.9), place(0.8, 0.1), place(0, 0)]
  const score = scoreForecast(places, 0.27)
  expect(score.contingency).toEqual({ hits: 2, misses: 1, falseAlarms: 1, correctNegatives: 1 })
  expect(score.pod).toBeCloseTo(2 / 3, 12)
  expect(score.far).toBeCloseTo(1 / 3, 12)
  expect(score.leadMinutes).toBe(60)
  expect(score.brier).toBeCloseTo(2 / 5, 12)
  expect(score.brierPersistence).toBeCloseTo(3 / 5, 12)
  expect(score.bias_m).toBeCloseTo((-0.1 - 0.1 - 0.8 + 0.7) / 5, 12)
})

test('where nothing happened and nothing was forecast there is no POD, no FAR and no lead', () => {
  expect(scoreForecast([place(0, 0)], 0.27)).toMatchObject({ pod: null, far: null, leadMinutes: null, brier: 0 })
  expect(scoreForecast([], 0.27)).toMatchObject({ places: 0, crps_m: 0 })
})

const DAY = 24 * 3_600_000
const scored = (crps_m: number, crpsPersistence_m: number, daysAgo = 1, rung = 'full'): ForecastScore =>
  ({ crps_m, crpsPersistence_m, places: 10, scoredAt: -daysAgo * DAY, rung }) as never

test('a model loses its right to trigger only when it was worse than persistence for a week, often enough', () => {
  const bad = [1, 2, 3, 4, 5].map((day) => scored(0.4, 0.2, day))
  expect(standingOf(bad, 0)).toEqual({ skill: -1, scored: 5, benched: true })
  expect(standingOf(bad.slice(0, 4), 0).benched).toBe(false)
  expect(standingOf([...bad.slice(0, 4), scored(0.1, 3, 5)], 0).benched).toBe(false)
  expect(
    standingOf(
      bad.map((one) => ({ ...one, scoredAt: (-8 * DAY) as never })),
      0,
    ).scored,
  ).toBe(0)
  expect(
    standingOf(
      bad.map((one) => ({ ...one, rung: 'rule' as const })),
      0,
    ).scored,
  ).toBe(0)
})
