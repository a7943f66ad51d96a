import { expect, test } from 'vitest'
import { Uuid } from '@/domain/ids'
import { uuidv5 } from './uuidv5'

test('the same parts give the same id, other parts another one', () => {
  const id = uuidv5('world', 'threshold', 'gauge/alarm', 1_700_000_000_000)
  expect(Uuid.safeParse(id).success).toBe(true)
  expect(id[14]).toBe('5')
  expect(uuidv5('world', 'threshold', 'gauge/alarm', 1_700_000_000_000)).toBe(id)
  expect(uuidv5('world', 'threshold', 'gauge/alarm', 1_700_000_000_001)).not.toBe(id)
  expect(uuidv5('a', 'bc')).not.toBe(uuidv5('ab', 'c'))
})
