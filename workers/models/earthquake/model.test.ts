import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { earthquake } from './model'

const magnitude = fc.double({ min: 4, max: 8, noNaN: true })
const models = [
  'allen2012_rrup',
  'allen2012_rhypo',
  'atkinson_wald_2007_california',
  'atkinson_wald_2007_ceus',
] as const

describe('intensity', () => {
  test.each(models)('%s falls with distance and, from 40 km, rises with magnitude', (model) => {
    fc.assert(
      fc.property(magnitude, fc.double({ min: 40, max: 90, noNaN: true }), (m, r) => {
        const here = earthquake.predictIntensity(model, m, r).mmi
        expect(earthquake.predictIntensity(model, m, r * 2).mmi).toBeLessThanOrEqual(here)
        expect(earthquake.predictIntensity(model, m + 0.5, r).mmi).toBeGreaterThanOrEqual(here)
        expect(here).toBeGreaterThanOrEqual(1)
        expect(here).toBeLessThanOrEqual(12)
      }),
    )
  })

  test('along the major axis of the ellipse it is the stronger; nonsense is refused', () => {
    const { major, minor } = earthquake.chinaIntensity('west', 7, 40)
    expect(major).toBeGreaterThan(minor)
    for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => earthquake.predictIntensity('allen2012_rrup', 6, bad)).toThrow(RangeError)
  })
})

describe('ground motion', () => {
  test('back from intensity is where it came from, with and without distance', () => {
    // Not beside the bend of the relation, where both of its lines are near.
    const lg = fc.oneof(
      fc.double({ min: -1.99, max: -1.5, noNaN: true }),
      fc.double({ min: -1.35, max: -0.4, noNaN: true }),
    )
    for (const origin of [{}, { kilometres: 40, magnitude: 6 }])
      fc.assert(
        fc.property(lg, (power) => {
          const mmi = earthquake.groundMotionToMmi('PGA', 10 ** power, origin)
          expect(earthquake.mmiToGroundMotion('PGA', mmi, origin) / 10 ** power).toBeCloseTo(1, 6)
        }),
      )
  })

  test('no number gives no number, an unknown measure is refused', () => {
    expect(earthquake.groundMotionToMmi('PGV', Number.NaN)).toBeNaN()
    expect(() => earthquake.groundMotionToMmi('MMI' as 'PGA', 1)).toThrow(RangeError)
  })
})

test('the correlation of a period with itself at one place is high, falls with distance, and is symmetric', () => {
  for (const period of [0.01, 0.3, 1, 10]) {
    expect(earthquake.lothBaker(period, period, 0)).toBeGreaterThan(0.75)
    expect(earthquake.lothBaker(period, period, 50)).toBeLessThan(earthquake.lothBaker(period, period, 5))
  }
  expect(earthquake.lothBaker(0.3, 2, 12)).toBeCloseTo(earthquake.lothBaker(2, 0.3, 12), 12)
  expect(() => earthquake.lothBaker(0.001, 1, 0)).toThrow(RangeError)
})

describe('a field given stations', () => {
  const field = { tau: 0.5, phi: 0.7, correlation: (h: number) => Math.exp(-h / 20) }
  const stations = [
    { place: [0, 0], residual: 0.8, sigma: 0 },
    { place: [30, 10], residual: -0.2, sigma: 0.3 },
  ] as const

  test('meets an exact station, is uncertain as before far away but for the event term', () => {
    const { bias, means, deviations } = earthquake.conditionOnStations(
      stations,
      [
        [0, 0],
        [9000, 0],
      ],
      field,
    )
    expect(means[0]).toBeCloseTo(0.8, 6)
    expect(deviations[0]).toBeCloseTo(0, 6)
    expect(means[1]).toBeCloseTo(bias, 9)
    expect(deviations[1]).toBeLessThan(Math.hypot(0.5, 0.7))
    expect(deviations[1]).toBeGreaterThan(0.7)
  })

  test('without an event term a far target knows nothing; without stations neither', () => {
    const none = earthquake.conditionOnStations(stations, [[9000, 0]], { ...field, tau: 0 })
    expect(none.bias).toBeCloseTo(0, 12)
    expect(none.means[0]).toBeCloseTo(0, 12)
    expect(none.deviations[0]).toBeCloseTo(0.7, 12)
    expect(earthquake.conditionOnStations([], [[0, 0]], field).deviations[0]).toBeCloseTo(Math.hypot(0.5, 0.7), 12)
  })

  test('does not depend on the order of the stations; contradictions are refused', () => {
    const there = [[5, 5]] as const
    const one = earthquake.conditionOnStations(stations, there, field)
    expect(earthquake.conditionOnStations([...stations].reverse(), there, field).means[0]).toBeCloseTo(
      one.means[0]!,
      12,
    )
    const broken = [{ place: [0, 0], residual: Number.NaN, sigma: 0 }] as const
    expect(() => earthquake.conditionOnStations(broken, there, field)).toThrow(RangeError)
  })
})

describe('losses', () => {
  test('rates rise with intensity; probabilities of all bands add up to one', () => {
    const rates = [5, 6, 7, 8, 9].map((mmi) => earthquake.fatalityRate(11, 0.15, mmi))
    expect(rates).toEqual([...rates].sort((a, b) => a - b))
    for (const expected of [0.5, 50, 50_000]) {
      const sum = earthquake.lossProbabilities(expected, 2.5).reduce((total, { p }) => total + p, 0)
      expect(sum).toBeCloseTo(1, 3)
    }
  })

  test('nobody exposed is nobody lost; bad exposure is refused', () => {
    expect(earthquake.losses(11, 0.15, new Array<number>(10).fill(0))).toBe(0)
    expect(() => earthquake.losses(11, 0.15, [1])).toThrow(RangeError)
    expect(() => earthquake.losses(0, 0.15, new Array<number>(10).fill(0))).not.toThrow(TypeError)
  })

  test.each([
    [0, 'green'],
    [1, 'yellow'],
    [99.9, 'yellow'],
    [100, 'orange'],
    [1000, 'red'],
  ])('%d deaths are %s', (deaths, level) => {
    expect(earthquake.fatalityAlert(deaths)).toBe(level)
  })
})

test('at the edge of the blind zone the alert arrives with the S wave', () => {
  const speeds = { p: 6, s: 3.5 }
  const { blindKilometres } = earthquake.warningRing(0, 12, speeds, 8)
  expect(earthquake.warningRing(blindKilometres, 12, speeds, 8).leadSeconds).toBeCloseTo(0, 9)
  expect(earthquake.warningRing(50, 100, speeds, 8).blindKilometres).toBe(0)
  expect(() => earthquake.warningRing(-1, 10, speeds, 1)).toThrow(RangeError)
  expect(earthquake.earlyMagnitude(0.1, 100)).toBeCloseTo(5.39 - 1.23 + 2.76, 9)
  expect(() => earthquake.earlyMagnitude(0, 10)).toThrow(RangeError)
})
