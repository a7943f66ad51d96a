import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normal, seeded } from '@/domain/numeric/seeded'
import { anomaly } from './model'

const chance = seeded(6)
const noise = Array.from({ length: 200 }, () => normal(chance))

describe('outliers', () => {
  test('three planted in noise are found, in noise alone none', () => {
    const planted = noise.with(20, 12).with(60, -14).with(90, 13)
    const { count, places } = anomaly.gesd(planted, 8, 0.05)
    expect(count).toBe(3)
    expect([...places].sort((a, b) => a - b)).toEqual([20, 60, 90])
    expect(anomaly.gesd(noise, 8, 0.01).count).toBe(0)
    expect(anomaly.grubbs(planted, 0.05)).toMatchObject({ place: 60, isOutlier: true })
    expect(anomaly.grubbs(noise, 0.01).isOutlier).toBe(false)
  })

  test('one side asks less than two', () => {
    expect(anomaly.grubbs(noise, 0.05, 1).critical).toBeLessThan(anomaly.grubbs(noise, 0.05, 2).critical)
  })

  test('do not depend on place and unit', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 100, noNaN: true }),
        fc.double({ min: -50, max: 50, noNaN: true }),
        (a, b) => {
          const moved = noise.map((value) => a * value + b)
          expect(anomaly.grubbs(moved, 0.05).statistic).toBeCloseTo(anomaly.grubbs(noise, 0.05).statistic, 8)
          expect(anomaly.robustZ(moved)[7]).toBeCloseTo(anomaly.robustZ(noise)[7]!, 8)
        },
      ),
    )
  })

  test('all equal has no outlier; too few and NaN are refused', () => {
    expect(anomaly.gesd([5, 5, 5, 5], 2, 0.05).count).toBe(0)
    expect(anomaly.robustZ([5, 5, 5])).toEqual([0, 0, 0])
    expect(anomaly.robustZ([])).toEqual([])
    expect(() => anomaly.grubbs([5, 5, 5], 0.05)).toThrow(/equal/)
    for (const bad of [[], [1, 2], [1, 2, Number.NaN]]) expect(() => anomaly.gesd(bad, 1, 0.05)).toThrow(RangeError)
  })
})

describe('control charts', () => {
  const centre = { target: 0, deviation: 1 }

  test('at the target nothing signals; a shift of two deviations does, and both charts see it', () => {
    const flat = new Array<number>(50).fill(0)
    expect(anomaly.ewma(flat, 0.3, centre, 3).signals).toEqual([])
    expect(anomaly.cusum(flat, 0, 0.5, 5).signals).toEqual([])
    const shifted = flat.map((_, i) => (i < 25 ? 0 : 2))
    expect(anomaly.ewma(shifted, 0.3, centre, 3).signals[0]).toBeGreaterThanOrEqual(25)
    expect(anomaly.cusum(shifted, 0, 0.5, 5).signals[0]).toBe(28)
    expect(
      anomaly.cusum(
        shifted.map((x) => -x),
        0,
        0.5,
        5,
      ).signals[0],
    ).toBe(28)
  })

  test('lambda 1 is the value itself; a missing value changes nothing', () => {
    expect(anomaly.ewma([3, 4], 1, centre, 3).values).toEqual([3, 4])
    expect(anomaly.ewma([3, Number.NaN], 0.5, centre, 3).values).toEqual([1.5, 1.5])
    expect(() => anomaly.ewma([1], 0, centre, 3)).toThrow(RangeError)
  })
})

describe('the benchmark score', () => {
  const weights = anomaly.NAB_PROFILES.standard

  test('early in the window earns about 1, late 0, missed -1, outside costs', () => {
    const at = (...rows: number[]) => anomaly.nabScore(1000, [[500, 599]], rows, { weights }).score
    expect(at(500)).toBeCloseTo(1, 9)
    expect(at(550)).toBeGreaterThan(at(590))
    expect(at(500, 520, 540)).toBeCloseTo(at(500), 12)
    expect(at()).toBe(-1)
    expect(at(300)).toBeCloseTo(-1 - 0.11, 9)
    expect(at(601)).toBeGreaterThan(at(900))
    expect(at(10)).toBe(-1)
  })

  test('counts every row once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 999 })), (rows) => {
        const { tp, fp, tn, fn } = anomaly.nabScore(
          1000,
          [
            [100, 199],
            [500, 599],
          ],
          rows,
          { weights, probation: 150 },
        )
        expect(tp + fp + tn + fn).toBe(850)
        expect(tp + fn).toBe(150)
      }),
    )
  })
})

test('the windowed Gaussian scores the middle of its law 0.5, its tails near 1', () => {
  const scores = anomaly.windowedGaussian([...noise, 0, 9], 100, 10)
  expect(scores[0]).toBe(0)
  expect(scores.at(-1)).toBeGreaterThan(0.999)
  expect(scores.at(-2)).toBeLessThan(0.6)
  expect(anomaly.windowedGaussian([], 10, 1)).toEqual([])
})

test('a series that repeats has no error at its own lag', () => {
  const days = Array.from({ length: 96 }, (_, i) => 5 + (i % 24))
  expect(anomaly.seasonalNaive(days, 24, 0)).toEqual({ mae: 0, ratio: 0 })
  expect(anomaly.seasonalNaive(days, 1, 24).mae).toBeGreaterThan(0)
  expect(() => anomaly.seasonalNaive([1], 5, 0)).toThrow(RangeError)
})

describe('sensor quality', () => {
  const { flatline, spikes, steps, outOfRange, timeSkew, gaps, duplicates, unitJumps } = anomaly.quality
  const placesOf = (flags: readonly boolean[]): number[] => flags.flatMap((flag, i) => (flag ? [i] : []))

  test('each check finds its fault and nothing else', () => {
    expect(placesOf(flatline([1, 2, 2, 2, 2, 3], 3, 0))).toEqual([3, 4])
    expect(placesOf(flatline([1, 1.05, 1.1], 2, 0.06))).toEqual([1, 2])
    expect(placesOf(spikes([1, 1, 9, 1, 1], 5))).toEqual([2])
    expect(placesOf(steps([1, 1, 9, 9, 1], 5))).toEqual([2, 4])
    expect(placesOf(outOfRange([-1, 0, 400, 401, Number.NaN], [0, 400]))).toEqual([0, 3, 4])
    expect(timeSkew([0, 0, 10], [120, 121, 8], { lateSeconds: 120, futureSeconds: 1 })).toEqual([
      'ok',
      'late',
      'future',
    ])
    expect(gaps([0, 60, 210, 480], 60)).toEqual([0, 0, 0, 4])
    expect(placesOf(duplicates([0, 60, 60, 0]))).toEqual([2, 3])
    expect(placesOf(unitJumps([2, 2.1, 2095, 2.1, 126, -0.2]))).toEqual([2, 3, 4])
  })

  test('an empty series has no flags', () => {
    for (const flags of [flatline([], 6, 0), spikes([], 1), steps([], 1), duplicates([]), unitJumps([])])
      expect(flags).toEqual([])
  })
})
