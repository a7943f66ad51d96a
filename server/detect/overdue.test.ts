import { expect, test } from 'vitest'
import { Datastream } from '@/domain/catalogue'
import { PictureStore } from '@/domain/fold/picture'
import { restoreReading } from '@/domain/fold/restore'
import { epochMillis } from '@/domain/time'
import { overdueStreams } from './overdue'

const stream = (no: number, more: object = {}) =>
  Datastream.parse({
    no,
    feed: 1,
    key: `s${no}`,
    name: { 'zh-CN': '流', en: 'Stream' },
    thing: 't',
    property: 'p',
    periodSeconds: 10,
    staleAfterSeconds: 60,
    ...more,
  })

function pictureWith(times: Readonly<Record<number, number>>): PictureStore {
  const picture = new PictureStore()
  for (const [no, phenomenonTime] of Object.entries(times)) {
    restoreReading(picture, { no: Number(no), phenomenonTime, knownTime: 0, value: 1, quality: 0, epoch: 1, offset: 0 })
  }
  return picture
}

test('a stream is overdue after staleAfter, since the moment it was due; the never heard is not', () => {
  const { readings } = pictureWith({ 0: 100_000, 1: 150_000 })
  const found = overdueStreams([stream(0), stream(1), stream(2)], readings, epochMillis(160_001))
  expect(found.map(({ stream: { no }, last, since }) => [no, last, since])).toEqual([[0, 100_000, 160_000]])
})

test('masked and uncovered streams are not expected to speak', () => {
  const { readings } = pictureWith({ 0: 0, 1: 0 })
  const streams = [stream(0, { masked: true }), stream(1, { covered: false })]
  expect(overdueStreams(streams, readings, epochMillis(1e9))).toEqual([])
})

test('once it is told as silent it is found no more', () => {
  const picture = pictureWith({})
  const row = { no: 0, phenomenonTime: 0, knownTime: 0, value: 1, quality: 0, epoch: 1, offset: 0 }
  restoreReading(picture, { ...row, silentSince: 60_000 })
  expect(overdueStreams([stream(0)], picture.readings, epochMillis(1e9))).toEqual([])
  restoreReading(picture, { ...row, phenomenonTime: 5000, offset: 1 })
  expect(overdueStreams([stream(0)], picture.readings, epochMillis(1e9))).toHaveLength(1)
})
