import { expect, test } from 'vitest'
import { lockoutAfter } from './lockout'

test('four wrong passwords are free, then the wait doubles up to an hour', () => {
  const waits = [1, 4, 5, 6, 7, 12, 40].map((failures) => lockoutAfter(failures) / 1000)
  expect(waits).toEqual([0, 0, 30, 60, 120, 3600, 3600])
})
