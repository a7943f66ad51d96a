import { expect, test } from 'vitest'
import { anomaly } from './model'

test('NIST handbook 6.3.2.4: EWMA limits and first values', () => {
  const { values, upper, lower } = anomaly.ewma([52, 47, 53, 49.3, 50.1], 0.3, { target: 50, deviation: 2.0539 }, 3)
  expect(upper).toBeCloseTo(52.5884, 3)
  expect(lower).toBeCloseTo(47.4115, 3)
  expect(values.map((value) => Number(value.toFixed(2)))).toEqual([50.6, 49.52, 50.56, 50.18, 50.16])
})

test('Iglewicz and Hoaglin: 0.6745 and the fallback 1.253314', () => {
  expect(anomaly.robustZ([1, 2, 3, 4, 100])).toEqual([-1.349, -0.6745, 0, 0.6745, 65.4265])
  expect(anomaly.robustZ([5, 5, 5, 5, 5, 6])[5]).toBeCloseTo(4.787_307_889, 9)
})

test('Rosner 1983: critical values of 54 points, 5 %', () => {
  const { criticals } = anomaly.gesd(
    Array.from({ length: 54 }, (_, i) => i % 7),
    3,
    0.05,
  )
  expect(criticals.map((value) => Math.floor(value * 1000) / 1000)).toEqual([3.158, 3.151, 3.143])
})

test('NAB: the sigmoid a width before the end of a window', () => {
  expect(anomaly.nabSigmoid(-1)).toBeCloseTo(0.986_61, 5)
  expect(anomaly.nabSigmoid(0)).toBeCloseTo(0, 12)
})
