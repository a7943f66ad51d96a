import { expect, test } from 'vitest'
import type { FeedNo, WorldNo } from '@/domain/ids'
import { minutes } from '@/domain/time'
import { FeedMeter } from './feedMeter'

const feed = { no: 3 as FeedNo, world: 1 as WorldNo }
const counts = (received: number, late = 0) => ({
  received,
  accepted: received,
  duplicates: 0,
  corrections: 0,
  late,
  rejected: 0,
  flagged: 0,
})
const at = (minute: number, ms = 0): number => minutes(minute) + ms

test('a measure is of closed minutes alone, and says which', () => {
  const meter = new FeedMeter('s1')
  meter.open(at(100))
  meter.add(feed, counts(5, 1), at(100, 10))
  expect(meter.measure(feed.no, at(100, 20)).lastHour.received).toBe(0)
  meter.add(feed, counts(7), at(101, 5))
  const measure = meter.measure(feed.no, at(101, 30_000))
  expect(measure.counted).toEqual({ from: at(100), to: at(100), by: 's1' })
  expect([measure.lastHour.received, measure.lastHour.late, measure.lastMinute.received]).toEqual([5, 1, 5])
  expect(meter.measure(feed.no, at(103)).lastMinute.received).toBe(0)
})

test('an hour is sixty minutes: what is older leaves it', () => {
  const meter = new FeedMeter('s1')
  meter.open(at(100))
  for (let minute = 100; minute < 200; minute++) meter.add(feed, counts(1), at(minute, 7))
  const { lastHour, counted } = meter.measure(feed.no, at(200))
  expect(lastHour.received).toBe(60)
  expect(counted).toEqual({ from: at(140), to: at(199), by: 's1' })
})

test('minutes that were counted before a restart count on, the broken one with its rest', () => {
  const meter = new FeedMeter('s1')
  const before = { world: feed.world, feed: feed.no }
  meter.open(at(130, 30_000), [
    { ...before, minute: at(129), ...counts(4) },
    { ...before, minute: at(130), ...counts(2) },
  ])
  meter.add(feed, counts(3), at(130, 40_000))
  const { lastHour, lastMinute, counted } = meter.measure(feed.no, at(131, 1))
  expect([lastHour.received, lastMinute.received]).toEqual([9, 5])
  expect(counted.from).toBe(at(71))
})
