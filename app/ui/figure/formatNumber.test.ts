import { expect, test } from 'vitest'
import { formatLabel, formatNumber } from './formatNumber'

test('thousands commas, fixed decimals, a true minus', () => {
  expect(formatNumber(1234.5, 1, 'zh-CN')).toBe('1,234.5')
  expect(formatNumber(-3.2, 1, 'en')).toBe('−3.2')
  expect(formatNumber(0, 1, 'zh-CN')).toBe('0.0')
})

test('what rounds to zero carries no sign', () => {
  expect(formatNumber(-0.04, 1, 'en')).toBe('0.0')
})

test('labels have as few digits as they need', () => {
  expect([0.25, 2.5, 24, 1500].map((value) => formatLabel(value, 'en'))).toEqual(['0.25', '2.5', '24', '1,500'])
})
