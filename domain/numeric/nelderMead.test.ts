import { expect, test } from 'vitest'
import { nelderMead } from './nelderMead'

test("finds the bottom of Rosenbrock's valley", () => {
  const { at, value } = nelderMead(([x = 0, y = 0]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [-1.2, 1])
  expect(at[0]).toBeCloseTo(1, 6)
  expect(at[1]).toBeCloseTo(1, 6)
  expect(value).toBeLessThan(1e-12)
})

test('walks around places where the cost is no number', () => {
  const { at } = nelderMead(([x = 0]) => (x < 0 ? Number.NaN : (x - 3) ** 2), [0.5])
  expect(at[0]).toBeCloseTo(3, 5)
})
