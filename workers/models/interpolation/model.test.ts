import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normal, seeded } from '@/domain/numeric/seeded'
import type { Gauge, Place } from './gauges'
import { interpolation } from './model'

const chance = seeded(21)
const plane = ([x, y]: Place): number => 3 + 2 * x - y
const sloping = Array.from({ length: 30 }, (): Gauge => {
  const place: Place = [10 * chance.next(), 10 * chance.next()]
  return [...place, plane(place)]
})
const variogram = { model: 'exponential', sill: 2, range: 6, nugget: 0 } as const
const inside = fc.tuple(fc.double({ min: 3, max: 7, noNaN: true }), fc.double({ min: 3, max: 7, noNaN: true }))

describe('every method', () => {
  const methods: Record<string, (gauges: readonly Gauge[], at: Place) => number | null> = {
    idw: (gauges, at) => interpolation.inverseDistance(gauges, at, 2),
    natural: (gauges, at) => interpolation.naturalNeighbour(gauges, [at])[0]!,
    kriging: (gauges, at) => interpolation.krige(gauges, [at], variogram).values[0]!,
    cressman: (gauges, at) => interpolation.cressman(gauges, at, 8),
    barnes: (gauges, at) => interpolation.barnes(gauges, at, { kappa: 4 }),
  }

  test.each(Object.entries(methods))('%s gives a constant field back, in any order of the gauges', (_name, method) => {
    const flat = sloping.map(([x, y]): Gauge => [x, y, 7])
    fc.assert(
      fc.property(inside, (at) => {
        expect(method(flat, at)).toBeCloseTo(7, 7)
        expect(method([...sloping].reverse(), at)).toBeCloseTo(method(sloping, at)!, 7)
      }),
      { numRuns: 25 },
    )
  })

  test.each(Object.entries(methods))(
    '%s drops a gauge that gives no number and refuses none at all',
    (_name, method) => {
      const broken: Gauge[] = [...sloping, [5, 5, Number.NaN]]
      expect(method(broken, [5, 5])).toBe(method(sloping, [5, 5]))
      expect(() => method([[1, 1, Number.NaN]], [0, 0])).toThrow(RangeError)
      expect(() => method([], [0, 0])).toThrow(RangeError)
    },
  )

  test.each(['idw', 'natural', 'kriging'])('%s meets a gauge exactly; two at one place are their mean', (name) => {
    const [x, y, value] = sloping[4]!
    expect(methods[name]!(sloping, [x, y])).toBeCloseTo(value, 9)
    expect(methods[name]!([...sloping, [x, y, value + 2]], [x, y])).toBeCloseTo(value + 1, 9)
  })
})

test("Sibson's neighbours reproduce a plane and end at the hull", () => {
  fc.assert(
    fc.property(inside, (at) => {
      expect(interpolation.naturalNeighbour(sloping, [at])[0]).toBeCloseTo(plane(at), 6)
    }),
  )
  expect(interpolation.naturalNeighbour(sloping, [[50, 50]])).toEqual([null])
})

describe('kriging', () => {
  test('its variance is nothing at a gauge and rises away from it', () => {
    const [x, y] = sloping[0]!
    const { variances } = interpolation.krige(
      sloping,
      [
        [x, y],
        [x + 0.3, y],
        [100, 100],
      ],
      variogram,
    )
    expect(variances[0]).toBeCloseTo(0, 9)
    expect(variances[1]).toBeGreaterThan(0)
    expect(variances[2]).toBeGreaterThan(variances[1]!)
  })

  test('says how it was degraded with two gauges', () => {
    const few: Gauge[] = [
      [0, 0, 1],
      [9, 0, 5],
    ]
    expect(
      interpolation.krige(
        few,
        [
          [1, 0],
          [8, 0],
        ],
        variogram,
      ),
    ).toEqual({
      values: [1, 5],
      variances: [null, null],
      quality: ['DEGRADED(nearest)'],
    })
  })

  test('with more than 500 gauges uses the nearest, close to the answer of all', () => {
    const many = Array.from({ length: 520 }, (): Gauge => {
      const place: Place = [10 * chance.next(), 10 * chance.next()]
      return [...place, Math.sin(place[0])]
    })
    const local = interpolation.krige(many, [[5, 5]], variogram).values[0]!
    const whole = interpolation.krige(many.slice(0, 500), [[5, 5]], variogram).values[0]!
    expect(Math.abs(local - whole)).toBeLessThan(0.05)
  })
})

test('a variogram fitted to correlated gauges beats plain distance weights when left out one by one', () => {
  const waves = Array.from({ length: 12 }, () => [normal(chance), normal(chance), 6.28 * chance.next()] as const)
  const field = (x: number, y: number): number =>
    waves.reduce((sum, [kx, ky, phase]) => sum + Math.cos(0.4 * (kx * x + ky * y) + phase), 0)
  const gauges = Array.from({ length: 60 }, (): Gauge => {
    const [x, y] = [20 * chance.next(), 20 * chance.next()]
    return [x, y, field(x, y)]
  })
  const fitted = interpolation.fitVariogram(gauges, 'gaussian')
  const [kriging, idw] = [
    (rest: Gauge[], at: Place): number => interpolation.krige(rest, [at], fitted).values[0]!,
    (rest: Gauge[], at: Place): number => interpolation.inverseDistance(rest, at),
  ].map((method) =>
    gauges.reduce((sum, gauge, i) => sum + (method(gauges.toSpliced(i, 1), [gauge[0], gauge[1]]) - gauge[2]) ** 2, 0),
  )
  expect(kriging!).toBeLessThan(0.9 * idw!)
  expect(() => interpolation.fitVariogram([[0, 0, 1]])).toThrow(RangeError)
})
