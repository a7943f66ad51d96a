import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { callsBetween } from './calls'
import { simulateDay } from './day'
import type { DayRequest } from './day'
import { ALL_SERIES, FEEDS } from './simulation'
import { THINGS } from './things'

const SLOW = 120_000
/** The hours in which the storm begins. */
const HOURS = [16, 18] as const
const start = Date.parse('2026-07-20T00:00:00+08:00')

function digest(request: DayRequest): {
  hash: string
  lines: number
  feeds: Set<string>
  truths: number
  outside: number
} {
  const hash = createHash('sha256')
  const out = { hash: '', lines: 0, feeds: new Set<string>(), truths: 0, outside: 0 }
  for (const line of simulateDay(request)) {
    hash.update(line).update('\n')
    out.lines++
    const record = JSON.parse(line) as { feed?: string; truth?: string; phenomenonTime?: number }
    if (record.feed !== undefined) out.feeds.add(record.feed)
    if (record.truth !== undefined) out.truths++
    if (Math.abs((record.phenomenonTime ?? start + 43_200_000) - start - 43_200_000) > 44_000_000) out.outside++
  }
  return { ...out, hash: hash.digest('hex') }
}

test('two thousand places of twenty kinds belong to twelve departments and more', () => {
  expect(THINGS.length).toBeGreaterThan(2_000)
  expect(new Set(THINGS.map(({ kind }) => kind)).size).toBe(20)
  expect(new Set(ALL_SERIES.map(({ kind }) => kind.feed)).size).toBe(FEEDS.length - 2)
})

test('the hours of the storm in all feeds are the same to the byte, whole and without drift', { timeout: SLOW }, () => {
  const first = digest({ seed: 7, day: '2026-07-20', hours: HOURS })
  expect(digest({ seed: 7, day: '2026-07-20', hours: HOURS })).toEqual(first)
  expect([...first.feeds].sort()).toEqual([...FEEDS].map((feed) => `linjiang-${feed}`).sort())
  expect(first.truths).toBeGreaterThan(20)
  expect(first.outside).toBe(0)
  const due = ALL_SERIES.reduce((sum, { kind }) => sum + 7_200 / kind.periodSeconds, 0)
  expect(first.lines).toBeGreaterThan(due * 0.93)
})

test('a sound hour has no fault in its log', { timeout: SLOW }, () => {
  expect(digest({ seed: 7, day: '2026-07-20', hours: [11, 12], faults: new Set() }).truths).toBe(0)
  expect(() => [...simulateDay({ seed: 7, day: 'tomorrow' })]).toThrow(RangeError)
})

test('calls follow the storm, and do not depend on how the span is cut', () => {
  const at = (hours: number): number => start + hours * 3_600_000
  const dry = callsBetween(7, at(3), at(4))
  const wet = callsBetween(7, at(17), at(18))
  expect(wet.length).toBeGreaterThan(dry.length * 5)
  expect(wet.filter(({ topic }) => topic === 'ponding').length).toBeGreaterThan(wet.length * 0.3)
  expect([...callsBetween(7, at(17), at(17.4)), ...callsBetween(7, at(17.4), at(18))]).toEqual(wet)
})
