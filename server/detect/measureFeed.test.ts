import { expect, test } from 'vitest'
import { Catalogue } from '@/domain/catalogue'
import { PictureStore } from '@/domain/fold/picture'
import { restoreReading } from '@/domain/fold/restore'
import { Report } from '@/domain/report'
import { epochMillis } from '@/domain/time'
import { measureFeed } from './measureFeed'

const names = { 'zh-CN': '雨', en: 'Rain' }
const stream = (no: number) => ({
  no,
  feed: 3,
  key: `s${no}`,
  name: names,
  thing: 't',
  property: 'p',
  periodSeconds: 60,
  staleAfterSeconds: 180,
})
const catalogue = Catalogue.parse({
  version: 1,
  feeds: [{ no: 3, key: 'rain', name: names, owner: names, steward: names, licence: 'l', periodSeconds: 60 }],
  things: [],
  properties: [],
  datastreams: [stream(0), stream(1), stream(2)],
  tracks: [],
})
const [feed] = catalogue.feeds

const counts = { receivedPerMinute: 4, accepted: 9, duplicates: 1, corrections: 0, late: 0, rejected: 2, flagged: 0 }

function measured(now: number, heard: Readonly<Record<number, number>>) {
  const picture = new PictureStore()
  for (const [no, time] of Object.entries(heard)) {
    const at = { phenomenonTime: time, knownTime: time + 500, epoch: 1, offset: 0 }
    restoreReading(picture, { no: Number(no), value: 1, quality: 0, ...at })
  }
  if (feed === undefined) throw new Error('no feed')
  const asked = { feed, catalogue, picture, latenessMs: 30_000, rate: 2, heard: undefined, counts }
  return measureFeed({ ...asked, now: epochMillis(now) })
}

test('never, on time, late, silent: by the contract in World time', () => {
  expect(measured(0, {}).state).toBe('never')
  expect(measured(0, {})).not.toHaveProperty('lastKnownTime')
  expect(measured(60_000, { 0: 10_000 }).state).toBe('onTime')
  expect(measured(101_000, { 0: 10_000 }).state).toBe('late')
  expect(measured(140_000, { 0: 10_000 }).state).toBe('silent')
})

test('counts streams on time out of those expected, and what the clock lets expect in a minute', () => {
  const health = measured(200_000, { 0: 10_000, 1: 30_000 })
  expect(health).toMatchObject({
    streamsExpected: 3,
    streamsOnTime: 1,
    expectedPerMinute: 6,
    lastPhenomenonTime: 30_000,
  })
})

test('a feed of reports is heard from the newest of its own reports that the picture holds', () => {
  if (feed === undefined) throw new Error('no feed')
  const picture = new PictureStore()
  const report = (no: number, of: number, phenomenonTime: number, knownTime: number) =>
    Report.parse({
      id: `01a1fe56-3b92-738a-b2bc-fff10933700${no}`,
      feed: of,
      kind: 'quake',
      key: String(no),
      title: names,
      ...{ phenomenonTime, knownTime, revisedAt: phenomenonTime },
    })
  for (const one of [report(1, 3, 10_000, 12_000), report(2, 3, 9000, 15_000), report(3, 4, 60_000, 60_000)])
    picture.reports.set(one.id, one)
  const asked = { feed, catalogue, picture, latenessMs: 30_000, rate: 2, heard: undefined, counts }
  const health = measureFeed({ ...asked, now: epochMillis(20_000) })
  expect(health).toMatchObject({ state: 'onTime', lastPhenomenonTime: 10_000, lastKnownTime: 15_000 })
})
