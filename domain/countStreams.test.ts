import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Datastream } from './catalogue'
import { countStreams } from './countStreams'
import { epochMillis } from './time'

const stream = (no: number, covered = true): Datastream =>
  Datastream.parse({
    no,
    feed: 1,
    key: `s${no}`,
    name: { 'zh-CN': '站', en: 'gauge' },
    thing: `t${no}`,
    property: 'level',
    periodSeconds: 60,
    staleAfterSeconds: 100,
    covered,
  })

test('on time up to the last millisecond, silent after it, never heard is neither', () => {
  const heard = new Map([
    [0, 900_000],
    [1, 899_999],
  ])
  const counts = countStreams(
    [stream(0), stream(1), stream(2), stream(3, false)],
    (no) => heard.get(no),
    epochMillis(1e6),
  )
  expect(counts).toEqual({ streams: 3, streamsOnTime: 1, streamsSilent: 1, streamsNeverHeard: 1 })
})

test('every covered stream is in exactly one total', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.option(fc.integer({ min: 0, max: 2e6 })))), (rows) => {
      const streams = rows.map(([covered], no) => stream(no, covered))
      const counts = countStreams(streams, (no) => rows[no]?.[1] ?? undefined, epochMillis(1e6))
      expect(counts.streams).toBe(rows.filter(([covered]) => covered).length)
      expect(counts.streamsOnTime + counts.streamsSilent + counts.streamsNeverHeard).toBe(counts.streams)
    }),
  )
})
