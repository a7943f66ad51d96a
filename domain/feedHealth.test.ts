import { expect, test } from 'vitest'
import { feedStateAt } from './feedHealth'
import { epochMillis } from './time'

const promise = { periodSeconds: 60, latenessMs: 30_000 }
const at = (known: number, phenomenon: number) => feedStateAt(promise, { known, phenomenon }, epochMillis(1_000_000))

test('a feed is on time, late or silent by its own contract, each up to the last millisecond', () => {
  expect(feedStateAt(promise, undefined, epochMillis(1_000_000))).toBe('never')
  expect(at(1_000_000, 910_000)).toBe('onTime')
  expect(at(1_000_000, 909_999)).toBe('late')
  expect(at(880_000, 910_000)).toBe('onTime')
  expect(at(879_999, 910_000)).toBe('silent')
})
