import { expect, test } from 'vitest'
import { dispatch } from './model'

test('assignments of the SciPy tests and the OR-Tools guide', () => {
  const total = (cost: number[][]): number | undefined => {
    const found = dispatch.assign(cost)
    return found.ok ? found.value.total : undefined
  }
  expect(
    total([
      [400, 150, 400],
      [400, 450, 600],
      [300, 225, 300],
    ]),
  ).toBe(850)
  expect(
    total([
      [10, 10, 8],
      [9, 8, 1],
      [9, 7, 4],
    ]),
  ).toBe(18)
  const guide = [
    [90, 80, 75, 70],
    [35, 85, 55, 65],
    [125, 95, 90, 95],
    [45, 110, 95, 115],
    [50, 100, 90, 100],
  ]
  expect(total(guide)).toBe(265)
})

test('the cheapest flow of the OR-Tools guide costs 150', () => {
  const found = dispatch.minCostFlow({
    from: [0, 0, 1, 1, 1, 2, 2, 3, 4],
    to: [1, 2, 2, 3, 4, 3, 4, 4, 2],
    capacity: [15, 8, 20, 4, 10, 15, 4, 20, 5],
    cost: [4, 4, 2, 2, 6, 1, 3, 2, 3],
    supply: [20, 0, 0, -5, -15],
  })
  expect(found.ok && found.value.cost).toBe(150)
})
