import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seeded } from '@/domain/numeric/seeded'
import { hydrology } from './model'

const formula = { a: 1602, c: 1.037, b: 11.593, n: 0.681 }

describe('a design storm', () => {
  test('holds exactly the depth of its formula, whatever the peak', () => {
    const minutes = fc.integer({ min: 1, max: 36 }).map((n) => n * 5)
    const peak = fc.double({ min: 0.1, max: 0.9, noNaN: true })
    fc.assert(
      fc.property(minutes, peak, fc.integer({ min: 2, max: 100 }), (long, peakAt, years) => {
        const storm = hydrology.chicagoStorm(formula, years, { minutes: long, stepMinutes: 5, peakAt })
        const sum = storm.depths.reduce((total, mm) => total + mm, 0)
        expect(sum).toBeCloseTo(hydrology.stormDepth(formula, years, long), 9)
        expect(Math.min(...storm.depths)).toBeGreaterThan(0)
        expect(storm.peakStep).toBeLessThan(storm.depths.length)
      }),
    )
  })

  test('its return period is found again, and never stated beyond a century', () => {
    for (const years of [1, 5, 50]) {
      const depth = hydrology.stormDepth(formula, years, 90)
      const found = hydrology.returnPeriod(formula, 90, depth)
      expect(found.years).toBeCloseTo(years, 8)
      expect(found.isExtrapolated).toBe(false)
    }
    expect(hydrology.returnPeriod(formula, 60, 900)).toEqual({ years: 100, isExtrapolated: true })
    expect(hydrology.returnPeriod(formula, 60, 0.1)).toEqual({ years: 0.25, isExtrapolated: true })
    expect(() => hydrology.returnPeriod({ ...formula, c: 0 }, 60, 50)).toThrow(RangeError)
    expect(() => hydrology.returnPeriod(formula, 60, Number.NaN)).toThrow(RangeError)
  })

  test('a published formula names its standard and how far it was checked', () => {
    expect(hydrology.stormFormula('zhengzhou-old').status).toMatch(/recalled/)
    expect(hydrology.stormFormula('beijing-2').standard).toBe('DB11/T 969-2016')
    expect(() => hydrology.stormFormula('atlantis')).toThrow(/no storm formula/)
  })

  test('rarer and longer storms are deeper', () => {
    expect(hydrology.stormDepth(formula, 50, 60)).toBeGreaterThan(hydrology.stormDepth(formula, 5, 60))
    expect(hydrology.stormDepth(formula, 5, 120)).toBeGreaterThan(hydrology.stormDepth(formula, 5, 60))
    expect(() => hydrology.stormDepth(formula, 0, 60)).toThrow(RangeError)
    expect(() => hydrology.chicagoStorm(formula, 5, { minutes: 61, stepMinutes: 5, peakAt: 0.4 })).toThrow(
      /whole steps/,
    )
  })
})

describe('GR4J', () => {
  const run = {
    parameters: { x1: 300, x2: 0, x3: 80, x4: 1.7 },
    start: { production: 0.3, routing: 0.5 },
    warmUpDays: 0,
  }
  const rainOf = (days: number): number[] => {
    const chance = seeded(5)
    return Array.from({ length: days }, () => (chance.next() < 0.4 ? 20 * chance.next() : 0))
  }

  test('without exchange and evapotranspiration gives back what fell, less what it stores', () => {
    const rain = rainOf(4000)
    const q = hydrology.gr4j({ ...run, rain, evapotranspiration: rain.map(() => 0) })
    const fell = rain.reduce((sum, mm) => sum + mm, 0)
    const ran = q.reduce((sum, mm) => sum + mm, 0)
    expect(Math.min(...q)).toBeGreaterThanOrEqual(0)
    expect(Math.abs(fell - ran)).toBeLessThan(380 * 1.001)
  })

  test('a groundwater loss runs off less; warm-up days are left out', () => {
    const rain = rainOf(400)
    const evapotranspiration = rain.map(() => 2)
    const kept = hydrology.gr4j({ ...run, rain, evapotranspiration })
    const lost = hydrology.gr4j({ ...run, rain, evapotranspiration, parameters: { ...run.parameters, x2: -2 } })
    expect(lost.at(-1)).toBeLessThan(kept.at(-1)!)
    expect(hydrology.gr4j({ ...run, rain, evapotranspiration, warmUpDays: 365 })).toEqual(kept.slice(365))
    expect(hydrology.gr4j({ ...run, rain: [], evapotranspiration: [] })).toEqual([])
  })

  test.each([[[Number.NaN]], [[-1]], [[Number.POSITIVE_INFINITY]]])('refuses rain %j', (rain) => {
    expect(() => hydrology.gr4j({ ...run, rain, evapotranspiration: [0] })).toThrow(RangeError)
  })
})

describe('extremes', () => {
  const gumbel = (n: number): number[] => {
    const chance = seeded(3)
    return Array.from({ length: n }, () => 100 - 20 * Math.log(-Math.log(chance.next())))
  }

  test('every fit finds the Gumbel law that the sample came from', () => {
    const sample = gumbel(4000)
    for (const fit of [hydrology.gumbelMoments, hydrology.gumbelLMoments, hydrology.gumbelFit]) {
      expect(Math.abs(fit(sample).mu - 100)).toBeLessThan(1.5)
      expect(Math.abs(fit(sample).beta - 20)).toBeLessThan(1.5)
    }
    expect(Math.abs(hydrology.gevFit(sample).xi)).toBeLessThan(0.04)
  })

  test('the likelihood of three parameters is not below that of two', () => {
    const sample = gumbel(60)
    expect(hydrology.gevFit(sample).logLikelihood).toBeGreaterThanOrEqual(
      hydrology.gumbelFit(sample).logLikelihood - 1e-8,
    )
  })

  test('return levels rise with the period and meet Gumbel at shape 0', () => {
    const levels = hydrology.gevReturnLevels({ mu: 10, sigma: 2, xi: 0.1 }, [2, 10, 100])
    expect(levels).toEqual([...levels].sort((a, b) => a - b))
    const [flat, bent] = [0, 1e-7].map((xi) => hydrology.gevReturnLevels({ mu: 10, sigma: 2, xi }, [100])[0]!)
    expect(bent).toBeCloseTo(flat!, 5)
    expect(() => hydrology.gevReturnLevels({ mu: 1, sigma: 1, xi: 0 }, [1])).toThrow(RangeError)
  })

  test.each([[[]], [[1]], [[2, 2, 2]], [[1, Number.NaN]]])('refuses %j', (sample) => {
    expect(() => hydrology.gevFit(sample)).toThrow(RangeError)
  })
})

describe('scores', () => {
  test('a perfect forecast', () => {
    const obs = [3, 1, 4, 1, 5]
    for (const name of ['nse', 'kge', 'kge_2012', 'r', 'd', 've', 'beta1', 'beta2', 'corr_s'])
      expect(hydrology.seriesScore(name, obs, obs)).toBeCloseTo(1, 12)
    for (const name of ['me', 'mae', 'mse', 'rmse', 'drmse', 'nmse', 'pbias'])
      expect(hydrology.seriesScore(name, obs, obs)).toBeCloseTo(0, 12)
  })

  test('the mean as forecast has no skill, a constant error is all bias', () => {
    expect(hydrology.seriesScore('nse', [2, 2, 2], [1, 2, 3])).toBeCloseTo(0, 12)
    expect(hydrology.seriesScore('drmse', [3, 4, 6], [1, 2, 4])).toBeCloseTo(0, 12)
    expect(hydrology.seriesScore('me', [1, Number.NaN], [0, 5])).toBe(1)
    expect(() => hydrology.seriesScore('me', [], [])).toThrow(RangeError)
    expect(() => hydrology.seriesScore('luck', [1], [1])).toThrow(/There is no score/)
  })

  test('yes-no scores: all right is 1, chance is 0, an empty table is undefined', () => {
    const right = { hits: 10, falseAlarms: 0, misses: 0, correctNegatives: 30 }
    for (const name of ['ACC', 'POD', 'CSI', 'BIAS', 'HSS', 'HK', 'ETS', 'MCC', 'F1'])
      expect(hydrology.contingencyScore(name, right)).toBe(1)
    const chance = { hits: 10, falseAlarms: 10, misses: 10, correctNegatives: 10 }
    for (const name of ['HSS', 'HK', 'ETS', 'MCC', 'SEDI'])
      expect(hydrology.contingencyScore(name, chance)).toBeCloseTo(0, 12)
    expect(hydrology.contingencyScore('POD', { hits: 0, falseAlarms: 0, misses: 0, correctNegatives: 0 })).toBeNull()
    expect(() => hydrology.contingencyScore('POD', { ...right, hits: -1 })).toThrow(RangeError)
  })
})

describe('advection', () => {
  const plain = (value: number): number[][] => Array.from({ length: 6 }, () => new Array<number>(6).fill(value))

  test('a still field stays, a moved one moves, the rim becomes unknown', () => {
    const field = plain(0).map((row, y) => row.map((_, x) => x + 10 * y))
    expect(hydrology.advect(field, { u: plain(0), v: plain(0) }, [1])[0]).toEqual(field)
    const [after, later] = hydrology.advect(field, { u: plain(1), v: plain(0) }, [1, 2])
    expect(after![2]).toEqual([Number.NaN, 20, 21, 22, 23, 24])
    expect(later![2]).toEqual([Number.NaN, Number.NaN, 20, 21, 22, 23])
  })

  test('half a cell mixes two', () => {
    const field = plain(0).map((row) => row.map((_, x) => x))
    expect(hydrology.advect(field, { u: plain(1), v: plain(0) }, [0.5])[0]![0]!.slice(1)).toEqual([
      0.5, 1.5, 2.5, 3.5, 4.5,
    ])
  })

  test('refuses ragged fields and times that do not ascend', () => {
    const still = { u: plain(0), v: plain(0) }
    expect(() => hydrology.advect([[1, 2], [3]], still, [1])).toThrow(/rectangle/)
    expect(() => hydrology.advect([], still, [1])).toThrow(RangeError)
    expect(() => hydrology.advect(plain(0), still, [2, 1])).toThrow(/ascend/)
    expect(() => hydrology.advect(plain(0), still, [0])).toThrow(/ascend/)
  })
})
