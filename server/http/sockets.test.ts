import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { epochMillis } from '@/domain/time'
import { endAt } from './sockets'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const DAY = 24 * 3_600_000

function trial(days: number) {
  const told: string[] = []
  let left = (): void => undefined
  const socket = {
    emit: (event: string) => told.push(event),
    disconnect: () => told.push('disconnect'),
    once: (_event: 'disconnect', fn: () => void) => (left = fn),
  }
  const start = Date.UTC(2026, 0, 1)
  vi.setSystemTime(start)
  const clock = { now: () => epochMillis(vi.getMockedSystemTime()?.getTime() ?? 0) }
  endAt(socket, epochMillis(start + days * DAY), clock)
  return { told, leave: () => left() }
}

test.each([1, 400])('a socket ends with its session of %d days, told before it is cut', (days) => {
  const { told } = trial(days)
  vi.advanceTimersByTime(days * DAY - 1)
  expect(told).toEqual([])
  vi.advanceTimersByTime(1)
  expect(told).toEqual(['signedOut', 'disconnect'])
})

test('a socket that left is not told any more', () => {
  const { told, leave } = trial(1)
  leave()
  vi.advanceTimersByTime(2 * DAY)
  expect(told).toEqual([])
})
