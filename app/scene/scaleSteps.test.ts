import { expect, test } from 'vitest'
import { roundBelow, scaleBar } from './scaleSteps'

test('round lengths are 1, 2 and 5 times powers of ten', () => {
  expect([1, 1.9, 2, 4.9, 7, 999, 0.3].map(roundBelow)).toEqual([1, 1, 2, 2, 5, 500, 0.2])
})

test('a scale bar is a round length that fits', () => {
  const { metres, pixels } = scaleBar(13, 120)
  expect(metres).toBe(1000)
  expect(pixels).toBeCloseTo(1000 / 13)
})
