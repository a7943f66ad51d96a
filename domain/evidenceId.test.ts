import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COUNTS, formatEvidenceId, parseEvidenceId } from './evidenceId'
import type { EvidenceId } from './evidenceId'
import { StreamNo } from './ids'
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
const count: fc.Arbitrary<EvidenceId> = fc.record({
  kind: fc.constant('count' as const),
  what: fc.constantFrom(...COUNTS),
  knownTime: moment,
})

test('every id is read back as it was written', () => {
  fc.assert(
    fc.property(fc.oneof(reading, count), (id) => {
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
