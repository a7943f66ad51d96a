import { expect, test } from 'vitest'
import { inOrder, newestOf, safeStep } from './watermark'

const rows = (...values: (string | number)[]) => values.map((at) => ({ at }))

test('the newest value is told by digits, by size or as text, and never goes back', () => {
  expect(newestOf('9', rows('10', '2'), 'at')).toBe('10')
  expect(newestOf(undefined, rows(1.5, -3), 'at')).toBe('1.5')
  expect(newestOf('2026-07-02', rows('2026-07-01'), 'at')).toBe('2026-07-02')
  expect(newestOf('9007199254740993', rows('9007199254740992'), 'at')).toBe('9007199254740993')
})

test('a full answer is left at its last value but one; with one value it cannot be left', () => {
  expect(safeStep('0', rows(1, 2, 3, 3), 'at')).toBe('2')
  expect(safeStep('0', rows(3, 3, 3), 'at')).toBeUndefined()
  // Asked with >=: what was held comes again and is no step.
  expect(safeStep('2', rows(2, 3, 3), 'at')).toBeUndefined()
})

test('order is seen, ties are in order', () => {
  expect(inOrder(rows(1, 1, 2, 10), 'at')).toBe(true)
  expect(inOrder(rows(1, 3, 2), 'at')).toBe(false)
})
