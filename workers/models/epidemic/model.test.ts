import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { epidemic } from './model'

describe('reproduction number', () => {
  const interval = [0, 0.3, 0.5, 0.2]

  test('cases that grow by the renewal equation give their R back', () => {
    const cases = [10]
    for (let day = 1; day < 40; day++)
      cases.push(1.4 * interval.reduce((sum, w, k) => sum + w * (cases[day - k] ?? 0), 0))
    const { mean, quantiles } = epidemic.reproduction({ local: cases }, interval, [[30, 36]])
    expect(mean[0]).toBeCloseTo(1.4, 2)
    const [low, middle, high] = quantiles[0]!
    expect(low).toBeLessThan(middle!)
    expect(middle).toBeLessThan(high!)
  })

  test('without cases it is the prior; imported cases infect but are not infected here', () => {
    expect(epidemic.reproduction({ local: [0, 0, 0, 0] }, interval, [[2, 4]]).mean[0]).toBeCloseTo(5, 12)
    const local = [0, 2, 3, 4, 3]
    const alone = epidemic.reproduction({ local, imported: [5, 0, 0, 0, 0] }, interval, [[2, 5]])
    const more = epidemic.reproduction({ local, imported: [5, 4, 4, 0, 0] }, interval, [[2, 5]])
    expect(more.mean[0]).toBeLessThan(alone.mean[0]!)
  })

  test.each([
    [{ local: [1, -1] }, interval, [[2, 2]], /negative incidence/],
    [{ local: [1, Number.NaN] }, interval, [[2, 2]], /negative incidence/],
    [{ local: [1, 2] }, [0.5, 0.5], [[2, 2]], /must be 0/],
    [{ local: [1, 2] }, interval, [[1, 2]], /t_start/],
    [{ local: [1, 2] }, interval, [[2, 3]], /window/],
    [{ local: [1, 2], days: [2, 1] }, interval, [[2, 2]], /ascending/],
  ] as const)('refuses %j', (incidence, w, windows, words) => {
    expect(() => epidemic.reproduction(incidence, w, windows)).toThrow(words)
  })

  test('the serial interval is a distribution with its mean', () => {
    const w = epidemic.serialInterval(4.7, 2.9, 60)
    expect(w.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 6)
    expect(w.reduce((sum, p, k) => sum + k * p, 0)).toBeCloseTo(4.7, 3)
    expect(() => epidemic.serialInterval(1, 1, 5)).toThrow(/mean SI/)
  })
})

describe('what is not reported yet', () => {
  test('a triangle that grows alike in each row is known without doubt', () => {
    const { factors, unreported, standardError } = epidemic.chainLadder([
      [10, 20, 30],
      [20, 40, null],
      [5, null, null],
    ])
    expect(factors).toEqual([2, 1.5])
    expect(unreported).toBeCloseTo(20 + 10, 9)
    expect(standardError).toBeCloseTo(0, 9)
  })

  test('refuses what is no triangle', () => {
    expect(() =>
      epidemic.chainLadder([
        [1, 2],
        [1, 2],
      ]),
    ).toThrow(/triangle/)
    expect(() => epidemic.chainLadder([[1]])).toThrow(RangeError)
    expect(() =>
      epidemic.chainLadder([
        [1, null],
        [1, null],
      ]),
    ).toThrow(RangeError)
  })
})

describe('weighted interval score', () => {
  const levels = [0.05, 0.25, 0.5, 0.75, 0.95]

  test('a sharp forecast that is right scores nothing; parts add up', () => {
    expect(epidemic.weightedInterval(7, levels, [7, 7, 7, 7, 7]).score).toBe(0)
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (observed) => {
        const { score, dispersion, over, under } = epidemic.weightedInterval(observed, levels, [-9, -2, 0, 3, 10])
        expect(score).toBeCloseTo(dispersion + over + under, 9)
        expect(Math.min(over, under)).toBe(0)
      }),
    )
  })

  test('the median alone is half the error over half a weight', () => {
    expect(epidemic.weightedInterval(5, [0.5], [2]).score).toBe(3)
    expect(epidemic.weightedInterval(5, [0.5, 0.9], [2, 9]).score).toBe(3)
    expect(() => epidemic.weightedInterval(5, [0.9], [2])).toThrow(RangeError)
    expect(() => epidemic.weightedInterval(5, [0.5], [])).toThrow(RangeError)
  })

  test('coverage counts what lies within', () => {
    const values = [-9, -2, 0, 3, 10]
    const rows = [0, 3, 5, 11].map((observed) => ({ observed, values }))
    expect(epidemic.scoreForecasts(levels, rows)).toMatchObject({
      coverage50: 0.5,
      coverage90: 0.75,
      medianError: 4.75,
    })
    expect(() => epidemic.scoreForecasts(levels, [])).toThrow(RangeError)
  })
})

describe('compartments', () => {
  const one = { people: [1e5], mobility: [[0]], beta: 0.6, sigma: 0.3, gamma: 0.25, exposed: [0], infectious: [5] }

  test('keep everybody, and end at the final size', () => {
    const [state] = epidemic.seir(one, [400])[0]!
    expect(state!.reduce((sum, n) => sum + n, 0)).toBeCloseTo(1e5, 4)
    expect(state![3] / 1e5).toBeCloseTo(epidemic.finalSize(0.6 / 0.25), 3)
  })

  test('patches without mobility are single runs, with it they keep their number', () => {
    const two = {
      ...one,
      people: [1e5, 5e4],
      mobility: [
        [0, 0],
        [0, 0],
      ],
      exposed: [0, 0],
      infectious: [5, 3],
    }
    const alone = epidemic.seir(two, [50])[0]!
    expect(alone[0]).toEqual(epidemic.seir(one, [50])[0]![0])
    const moving = epidemic.seir(
      {
        ...two,
        mobility: [
          [0, 400],
          [400, 0],
        ],
      },
      [80],
    )[0]!
    for (const [i, n] of two.people.entries()) expect(moving[i]!.reduce((sum, x) => sum + x, 0)).toBeCloseTo(n, 4)
  })

  test('more ill than live there is refused', () => {
    expect(() => epidemic.seir({ ...one, infectious: [2e5] }, [1])).toThrow(RangeError)
    expect(() => epidemic.seir(one, [5, 4])).toThrow(/ascend/)
  })

  test('no outbreak below the threshold; a fit finds the rates it was made with', () => {
    expect(epidemic.finalSize(0.9)).toBe(0)
    expect(epidemic.finalSize(2, 0.4)).toBe(0)
    let [s, infectious] = [998, 2]
    const ill = Array.from({ length: 20 }, () => {
      for (let k = 0; k < 1000; k++) {
        const infected = (1.2 * s * infectious) / 1000
        s -= infected / 1000
        infectious += (infected - 0.4 * infectious) / 1000
      }
      return infectious
    })
    const { r0 } = epidemic.fitOutbreak(ill.map(Math.round), 1000, 2)
    expect(Math.abs(r0 - 3)).toBeLessThan(0.3)
  })

  test('runs die out as often as theory says, equal seeds equally often', () => {
    const share = epidemic.outbreakExtinction(2, 2, { runs: 10_000, seed: 5 })
    expect(Math.abs(share - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / 10_000))
    expect(epidemic.outbreakExtinction(2, 2, { runs: 10_000, seed: 5 })).toBe(share)
    expect(() => epidemic.outbreakExtinction(0, 1, { runs: 1, seed: 1 })).toThrow(RangeError)
  })
})
