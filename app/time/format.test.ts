import { expect, test } from 'vitest'
import { clockOf, clockWithSeconds, dayOf, spanParts, stampOf } from './format'

const at = Date.parse('2016-07-20T09:42:08Z')

test('clocks are those of the city, not of the machine', () => {
  expect(clockWithSeconds(at, 'Asia/Shanghai')).toBe('17:42:08')
  expect(clockOf(at, 'Europe/London')).toBe('10:42')
  expect(clockOf(Date.parse('2016-07-20T16:05:00Z'), 'Asia/Shanghai')).toBe('00:05')
})

test('days and stamps', () => {
  expect(dayOf(at, 'Asia/Shanghai', 'zh-CN')).toBe('7月20日周三')
  expect(stampOf(at, 'Asia/Shanghai')).toBe('2016-07-20 17:42:08')
})

test('a span has at most two parts and never a zero part', () => {
  const text = (ms: number) => spanParts(ms).map((part) => `${part.n} ${part.unit}`)
  expect(text(12_400)).toEqual(['12 seconds'])
  expect(text(23 * 60_000)).toEqual(['23 minutes'])
  expect(text(82 * 60_000)).toEqual(['1 hours', '22 minutes'])
  expect(text(3 * 86_400_000)).toEqual(['3 days'])
  expect(text(-5)).toEqual(['0 seconds'])
})
