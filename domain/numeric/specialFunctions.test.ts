import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  betaI,
  gammaP,
  gammaQ,
  gammaQuantile,
  logGamma,
  normalCdf,
  normalQuantile,
  studentTQuantile,
} from './specialFunctions'

test('the gamma function counts permutations', () => {
  expect(Math.exp(logGamma(6))).toBeCloseTo(120, 9)
  expect(Math.exp(2 * logGamma(0.5))).toBeCloseTo(Math.PI, 12)
})

test('a gamma variable of shape 1 is exponential', () => {
  for (const x of [0.01, 1, 3, 20]) {
    expect(gammaP(1, x)).toBeCloseTo(1 - Math.exp(-x), 13)
    expect(gammaQ(1, x) / Math.exp(-x)).toBeCloseTo(1, 12)
  }
})

test('quantiles undo their distribution functions', () => {
  const share = fc.double({ min: 1e-4, max: 1 - 1e-4, noNaN: true })
  fc.assert(
    fc.property(share, fc.double({ min: 0.2, max: 300, noNaN: true }), (p, shape) => {
      expect(gammaP(shape, gammaQuantile(p, shape))).toBeCloseTo(p, 10)
      expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 12)
    }),
  )
})

test('the normal tail keeps its digits', () => {
  expect(normalCdf(-8) / 6.220_960_574_271_785e-16).toBeCloseTo(1, 9)
  expect(normalQuantile(0.975)).toBeCloseTo(1.959_963_984_540_054, 12)
})

test("Student's t with one degree of freedom is Cauchy, with many normal", () => {
  expect(studentTQuantile(0.75, 1)).toBeCloseTo(1, 10)
  expect(studentTQuantile(0.975, 10)).toBeCloseTo(2.228_138_852, 8)
  expect(studentTQuantile(0.975, 1e7)).toBeCloseTo(normalQuantile(0.975), 5)
})

test('the incomplete beta is symmetric', () => {
  expect(betaI(2, 3, 0.4) + betaI(3, 2, 0.6)).toBeCloseTo(1, 14)
  expect(betaI(1, 1, 0.3)).toBeCloseTo(0.3, 14)
})
