import { expect, test } from 'vitest'
import type { Gauge } from './gauges'
import { interpolation } from './model'

/** Ten points of MetPy's interpolation tests. */
const metpy: Gauge[] = [
  [8, 24, 0.064],
  [67, 87, 4.489],
  [79, 48, 6.241],
  [10, 94, 0.1],
  [52, 98, 2.704],
  [53, 66, 2.809],
  [98, 14, 9.604],
  [34, 24, 1.156],
  [15, 60, 0.225],
  [58, 16, 3.364],
]
/** Five points of PyKrige's core tests. */
const pykrige: Gauge[] = [
  [0.3, 1.2, 0.47],
  [1.9, 0.6, 0.56],
  [1.1, 3.2, 0.74],
  [3.3, 4.4, 1.47],
  [4.7, 3.8, 1.74],
]

test('MetPy: Cressman 1.05499444404, natural neighbour 1.009', () => {
  expect(interpolation.cressman(metpy, [30, 30], 40)).toBeCloseTo(1.054_994_444, 8)
  expect(Math.abs(interpolation.naturalNeighbour(metpy, [[30, 30]])[0]! - 1.009)).toBeLessThan(6e-4)
  expect(interpolation.inverseDistance(metpy, [30, 30])).toBeCloseTo(1.342_092_129_8, 9)
})

test.each([
  [{ model: 'linear', slope: 1, nugget: 0 } as const, [2, 2] as const, 0.779_627_730_9, 1.412_567_903_1],
  [{ model: 'exponential', sill: 2, range: 3, nugget: 0 } as const, [2, 2] as const, 0.840_462_237_6, 1.872_022_533],
  [{ model: 'gaussian', sill: 2, range: 4, nugget: 0.1 } as const, [4, 4] as const, 1.645_320_125_1, 0.213_129_848],
])('ordinary kriging by the equations of PyKrige: %j', (variogram, at, value, variance) => {
  const { values, variances } = interpolation.krige(pykrige, [at], variogram)
  expect(values[0]).toBeCloseTo(value, 8)
  expect(variances[0]).toBeCloseTo(variance, 8)
})
