import { expect, test } from 'vitest'
import type { FloodRequest } from '@/domain/flood/forecast'
import { epochMillis } from '@/domain/time'
import type { CityGround } from '@/workers/models/flood/city/cityGround'
import { rateByCell } from '@/workers/models/flood/rainRaster'
import { rainOverCity, RainUnknown } from './rainFields'

const MINUTE = 60_000
const ground = {
  ...{ columns: 100, rows: 80, cellSize_m: 10 },
  place: { west: 114, south: 30.5, stepLongitude: 1e-4, stepLatitude: 9e-5 },
} as CityGround

const gauge = (key: string, longitude: number, latitude: number, rates: readonly (readonly [number, number])[]) => ({
  ...{ key, longitude, latitude },
  rates_mmh: rates.map(([minute, rate]) => [epochMillis(minute * MINUTE), rate] as [never, number]),
})
const steady = (rate: number): [number, number][] => Array.from({ length: 12 }, (_, k) => [-60 + 5 * k, rate])

const request = (more: Partial<FloodRequest>): FloodRequest =>
  ({
    ...{ issueTime: 0, warmUpMinutes: 60, horizonMinutes: 180 },
    assumption: { kind: 'persistence', holdMinutes: 30, halfLifeMinutes: 30 },
    gauges: [gauge('a', 114.001, 30.501, steady(24)), gauge('b', 114.009, 30.506, steady(24))],
    ...more,
  }) as FloodRequest

const rateAt = (rain: ReturnType<typeof rainOverCity>, minute: number, cell = 0): number =>
  rateByCell(rain.fields[(minute + 60) / 5]!.rate_mmh, ground.columns, ground.rows)(cell)

test('measured rain lies over the city until the issue, then holds, then halves', () => {
  const rain = rainOverCity(request({}), ground)
  expect(rain.fields).toHaveLength(48)
  for (const minute of [-60, -5, 0, 25]) expect(rateAt(rain, minute, 4321)).toBeCloseTo(24, 4)
  expect(rateAt(rain, 60)).toBeCloseTo(12, 4)
  expect(rateAt(rain, 90)).toBeCloseTo(6, 4)
  expect(rain).toMatchObject({ measured_mmh: 24, assumed_mmh: 24, quality: [] })
})

test('between two gauges rain is between theirs, and at each its own', () => {
  const gauges = [gauge('a', 114, 30.5, steady(0)), gauge('b', 114 + 99e-4, 30.5 + 79 * 9e-5, steady(60))]
  const rain = rainOverCity(request({ gauges }), ground)
  expect(rateAt(rain, 0, 0)).toBeCloseTo(0, 4)
  expect(rateAt(rain, 0, 100 * 80 - 1)).toBeCloseTo(60, 4)
  const middle = rateAt(rain, 0, 40 * 100 + 50)
  expect(middle).toBeGreaterThan(20)
  expect(middle).toBeLessThan(40)
})

test('no gauge is not no rain; a gap in all of them is told', () => {
  expect(() => rainOverCity(request({ gauges: [] }), ground)).toThrow(RainUnknown)
  const gauges = [
    gauge(
      'a',
      114.001,
      30.501,
      steady(24).filter(([minute]) => minute !== -30),
    ),
  ]
  expect(rainOverCity(request({ gauges }), ground).quality).toEqual(['MISSING(rain)'])
})

test('a design storm falls alike everywhere and sums to its depth', () => {
  const rain = rainOverCity(request({ assumption: { kind: 'designStorm', returnYears: 20, minutes: 60 } }), ground)
  const depth = Array.from({ length: 36 }, (_, k) => rateAt(rain, 5 * k, 77) / 12).reduce((sum, mm) => sum + mm, 0)
  // q = 1602 (1 + 1.037 lg 20) / (60 + 11.593)^0.681, 0.006 mm/min for each L/(s·hm2), an hour.
  expect(depth).toBeCloseTo(((1602 * (1 + 1.037 * Math.log10(20))) / 71.593 ** 0.681) * 0.006 * 60, 2)
  expect(rateAt(rain, 60)).toBe(0)
})
