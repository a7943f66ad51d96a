import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COUNTS, FEED_COUNTS, formatEvidenceId, parseEvidenceId } from './evidenceId'
import type { EvidenceId } from './evidenceId'
import { FeedNo, StreamNo, TrackNo } from './ids'
import { EPOCH_LIMIT, OFFSET_LIMIT } from './seq'
import { epochMillis } from './time'

const moment = fc.integer({ min: -8.64e15, max: 8.64e15 }).map(epochMillis)
const reading: fc.Arbitrary<EvidenceId> = fc.record({
  kind: fc.constant('reading' as const),
  stream: fc.integer({ min: 0, max: 4_294_967_295 }).map((no) => StreamNo.parse(no)),
  phenomenonTime: moment,
  epoch: fc.integer({ min: 0, max: EPOCH_LIMIT - 1 }),
  offset: fc.integer({ min: 0, max: OFFSET_LIMIT - 1 }),
})
const speed: fc.Arbitrary<EvidenceId> = fc.record({
  kind: fc.constant('speed' as const),
  track: fc.integer({ min: 0, max: 4_294_967_295 }).map((no) => TrackNo.parse(no)),
  phenomenonTime: moment,
  epoch: fc.integer({ min: 0, max: EPOCH_LIMIT - 1 }),
  offset: fc.integer({ min: 0, max: OFFSET_LIMIT - 1 }),
})
const count: fc.Arbitrary<EvidenceId> = fc.record({
  kind: fc.constant('count' as const),
  what: fc.constantFrom(...COUNTS),
  knownTime: moment,
})

const report: fc.Arbitrary<EvidenceId> = fc.record({
  kind: fc.constant('report' as const),
  report: fc.uuid(),
  revisedAt: moment,
})
const feedNo = fc.integer({ min: 0, max: 65_535 }).map((no) => FeedNo.parse(no))
const minute = fc.integer({ min: 0, max: 8.64e15 })
const feed: fc.Arbitrary<EvidenceId> = fc.record({
  kind: fc.constant('feed' as const),
  feed: feedNo,
  what: fc.constantFrom(...FEED_COUNTS),
  from: minute,
  to: minute,
  by: fc.constantFrom('', 'server1', 'east-2', '-'),
  knownTime: moment,
})
const promise: fc.Arbitrary<EvidenceId> = fc.record({
  kind: fc.constant('promise' as const),
  feed: feedNo,
  knownTime: moment,
})
const limit: fc.Arbitrary<EvidenceId> = fc.record({
  kind: fc.constant('limit' as const),
  stream: fc.integer({ min: 0, max: 4_294_967_295 }).map((no) => StreamNo.parse(no)),
  threshold: fc.constantFrom('alert', '警戒', 'a/b@3', 'x.y:z+1'),
  knownTime: moment,
})

test('every id is read back as it was written', () => {
  fc.assert(
    fc.property(fc.oneof(reading, speed, count, report, feed, promise, limit), (id) => {
      expect(parseEvidenceId(formatEvidenceId(id))).toEqual(id)
    }),
  )
})

test('text that no id can be is refused', () => {
  for (const text of [
    '',
    'reading/1@2',
    'reading/-1@2/3-4',
    'reading/4294967296@2/3-4',
    'reading/1@2/3-4/5',
    'count/everything/5',
    'count/streams/',
    ' count/streams/5',
    'report/1@5',
    'feed/1/everything/0-60000/@5',
    'feed/70000/late/0-60000/@5',
    'promise/x@5',
    'limit/1/@5',
    'count/streams/5 OR 1=1',
  ])
    expect(parseEvidenceId(text), text).toBeUndefined()
})

test('whatever the text, what is read is written as the same question', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const id = parseEvidenceId(text)
      if (id !== undefined) expect(parseEvidenceId(formatEvidenceId(id))).toEqual(id)
    }),
  )
})
