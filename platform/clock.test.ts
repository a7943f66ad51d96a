import { expect, test } from 'vitest'
import { manualClock, randomToken, systemClock, uuidv7 } from './clock'

test('a UUIDv7 carries its millisecond, its version and its variant', () => {
  const clock = manualClock(1_795_132_800_001)
  const id = uuidv7(clock)
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(1_795_132_800_001)
})

test('ids of a later millisecond sort later, ids of one millisecond differ', () => {
  const clock = manualClock(1000)
  const ids = Array.from({ length: 50 }, () => {
    clock.advance(1)
    return uuidv7(clock)
  })
  expect([...ids].sort()).toEqual(ids)
  expect(uuidv7(clock)).not.toBe(uuidv7(clock))
})

test('a manual clock stands still until told', () => {
  const clock = manualClock(5)
  expect([clock.now(), clock.now(), clock.advance(10), clock.now()]).toEqual([5, 5, 15, 15])
})

test('the system clock is in milliseconds', () => {
  expect(Math.abs(systemClock.now() - Date.parse(new Date(systemClock.now()).toISOString()))).toBeLessThan(1)
})

test('a short token is refused', () => {
  expect(() => randomToken(8)).toThrow('16 bytes')
  expect(randomToken(32)).toHaveLength(43)
})
