import fc from 'fast-check'
import { expect, test } from 'vitest'
import { solveLinear } from './solveLinear'

test('the solution put back gives the right side', () => {
  const entry = fc.double({ min: -10, max: 10, noNaN: true })
  fc.assert(
    fc.property(
      fc.array(entry, { minLength: 16, maxLength: 16 }),
      fc.array(entry, { minLength: 4, maxLength: 4 }),
      (a, b) => {
        const [matrix, x] = [Float64Array.from(a), Float64Array.from(b)]
        for (let i = 0; i < 4; i++) matrix[i * 4 + i]! += 50
        const kept = Float64Array.from(matrix)
        expect(solveLinear(matrix, 4, [x])).toBe(true)
        for (let i = 0; i < 4; i++) {
          const sum = [0, 1, 2, 3].reduce((total, k) => total + kept[i * 4 + k]! * x[k]!, 0)
          expect(sum).toBeCloseTo(b[i]!, 9)
        }
      },
    ),
  )
})

test('a singular matrix is refused', () => {
  expect(solveLinear(Float64Array.of(1, 2, 2, 4), 2, [Float64Array.of(1, 2)])).toBe(false)
})

test('a zero on the diagonal is no obstacle', () => {
  const x = Float64Array.of(3, 5)
  expect(solveLinear(Float64Array.of(0, 1, 1, 0), 2, [x])).toBe(true)
  expect([...x]).toEqual([5, 3])
})
