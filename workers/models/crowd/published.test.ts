import { expect, test } from 'vitest'
import { crowd } from './model'

test('Weidmann 1993: speeds, and the capacity of 1.22 per m and s near 1.75 per m²', () => {
  expect([0.5, 1.5, 2.5, 3.5, 4.5].map((rho) => Number(crowd.walkingSpeed(rho).toFixed(4)))).toEqual([
    1.2984, 0.8066, 0.4515, 0.2344, 0.0917,
  ])
  const { flow, density } = crowd.walkingCapacity()
  expect(flow).toBeCloseTo(1.2249, 4)
  expect(density).toBeCloseTo(1.751, 2)
})

test('SFPE handbook: a queue of a hundred at a door of one metre, speeds', () => {
  expect(crowd.exitSeconds(100, 1, 0.15, 1.32)).toBeCloseTo(108.225_108_2, 6)
  expect(crowd.sfpeSpeed(0.4, 1.4, 0.266)).toBeCloseTo(1.19, 12)
  expect(crowd.sfpeSpeed(3, 1.4, 0.266)).toBeCloseTo(0.2828, 12)
})
