import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crowd } from './model'

const density = fc.double({ min: 0, max: 7, noNaN: true })

describe('walking', () => {
  test('slows down as it gets denser, from free to still', () => {
    fc.assert(
      fc.property(density, density, (one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)]
        expect(crowd.walkingSpeed(more)).toBeLessThanOrEqual(crowd.walkingSpeed(less))
        expect(crowd.sfpeSpeed(more, 1.4, 0.266)).toBeLessThanOrEqual(crowd.sfpeSpeed(less, 1.4, 0.266) + 1e-9)
      }),
    )
    expect(crowd.walkingSpeed(0)).toBe(1.34)
    expect(crowd.walkingSpeed(5.4)).toBe(0)
    for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => crowd.walkingSpeed(bad)).toThrow(RangeError)
  })

  test('no density lets more people through than the capacity', () => {
    const { flow } = crowd.walkingCapacity()
    fc.assert(
      fc.property(density, (one) => {
        expect(one * crowd.walkingSpeed(one)).toBeLessThanOrEqual(flow + 1e-9)
      }),
    )
  })

  test('a wider exit is faster, its edges do not count, and none is too narrow unsaid', () => {
    expect(crowd.exitSeconds(100, 2.3, 0.15, 1)).toBeCloseTo(50, 9)
    expect(crowd.exitSeconds(0, 1, 0.15, 1.3)).toBe(0)
    expect(() => crowd.exitSeconds(10, 0.3, 0.15, 1.3)).toThrow(RangeError)
    expect(() => crowd.exitSeconds(Number.NaN, 1, 0, 1)).toThrow(RangeError)
  })
})

test('two equal counts halve the variance; the surer one pulls', () => {
  const { count, deviation } = crowd.fuseCounts([
    [100, 10],
    [120, 10],
  ])
  expect(count).toBeCloseTo(110, 9)
  expect(deviation).toBeCloseTo(10 / Math.SQRT2, 9)
  expect(
    crowd.fuseCounts([
      [100, 1],
      [120, 100],
    ]).count,
  ).toBeCloseTo(100, 1)
  expect(() => crowd.fuseCounts([])).toThrow(RangeError)
  expect(() => crowd.fuseCounts([[5, 0]])).toThrow(RangeError)
})

test('levels have no gap and their limits belong where they should', () => {
  expect([3.24, 3.23, 1.39, 0.93, 0.46, 0].map((space) => crowd.fruinLevel('walkway', space)).join('')).toBe('ABCDEF')
  expect(crowd.fruinLevel('queue', 1.21)).toBe('A')
  const limits = { yellow: 2, orange: 4, red: 5 }
  expect([0, 2, 3.99, 4, 5, 99].map((d) => crowd.densityAlert(d, limits))).toEqual([
    'green',
    'yellow',
    'yellow',
    'orange',
    'red',
    'red',
  ])
  expect(() => crowd.fruinLevel('queue', -1)).toThrow(RangeError)
})

test('a dense crowd that moves as one has no pressure, one that shakes is turbulent', () => {
  expect(crowd.crowdPressure(6, 0)).toEqual({ pressure: 0, isTurbulent: false })
  expect(crowd.crowdPressure(4, 0.005).isTurbulent).toBe(true)
  expect(() => crowd.crowdPressure(-1, 0)).toThrow(RangeError)
})
