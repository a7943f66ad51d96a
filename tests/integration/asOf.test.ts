import { afterAll, beforeAll, expect, test } from 'vitest'
import { Series } from '@/domain/api/series'
import { PictureView } from '@/domain/api/picture'
import type { ReadingsView } from '@/domain/api/picture'
import type { ObservationBatch } from '@/domain/batch'
import { foldSituation } from '@/domain/fold/foldSituation'
import { PictureStore } from '@/domain/fold/picture'
import { pictureHash } from '@/domain/fold/pictureHash'
import type { FeedNo, TraceId } from '@/domain/ids'
import { Quality } from '@/domain/quality'
import { epochMillis, hours, minutes } from '@/domain/time'
import { openLoopbackScreen } from '@/server/access/screens'
import { History } from '@/server/history/history'
import { pictureAsOf } from '@/server/history/pictureAsOf'
import { storeObservations } from '../support/liveServer'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'
import { startWebServer, streamOf } from '../support/webServer'
import type { WebServer } from '../support/webServer'

const at = (clock: string): number => Date.parse(`2026-07-18T${clock}:00+08:00`)
let services: TestServices
let server: WebServer
let cookie: string
let offset = 0

beforeAll(async () => {
  services = await openServices()
  server = await startWebServer(services, { anchorWorld: epochMillis(at('15:00')) })
  cookie = await openLoopbackScreen(server.access)
})
afterAll(async () => {
  await server.stop()
  await services.close()
})

type Said = readonly [gauge: number, phenomenonTime: number, value: number, quality?: number]

/** A durable record as the intake makes it: all rows became known at one moment. */
async function known(knownTime: number, rows: readonly Said[], times = 1): Promise<ObservationBatch> {
  const batch: ObservationBatch = {
    kind: 'observations',
    world: server.world.no,
    feed: server.feed.no,
    epoch: 3,
    offset,
    knownTime: epochMillis(knownTime),
    recordedAt: epochMillis(Date.parse('2026-11-21T06:00:00Z')),
    traceId: '0'.repeat(32) as TraceId,
    stream: Uint32Array.from(rows, ([gauge]) => streamOf(server, gauge)),
    phenomenonTime: Float64Array.from(rows, ([, time]) => time),
    value: Float64Array.from(rows, ([, , value]) => value),
    quality: Uint16Array.from(rows, ([, , , quality]) => quality ?? 0),
  }
  offset += rows.length
  for (let i = 0; i < times; i++) await storeObservations(services.clickhouse, batch)
  return batch
}

const get = async (path: string): Promise<unknown> => {
  const answer = await fetch(`${server.url}/api/worlds/trial/${path}`, {
    headers: { cookie: `belfry_session=${cookie}` },
  })
  expect(answer.status, path).toBe(200)
  return answer.json()
}
async function valueAsOf(gauge: number, clock: number): Promise<number | undefined> {
  const picture = PictureView.parse(await get(`picture?knownTime=${clock}`))
  const readings = picture.channels.find((view): view is ReadingsView => view.channel === 'readings')
  const row = readings?.stream.indexOf(streamOf(server, gauge)) ?? -1
  return readings?.value[row]
}

test('what arrived at 14:09 is not known at 14:07, though it speaks of 14:05, and is known later', async () => {
  await known(at('14:01'), [[0, at('14:00'), 1]])
  await known(at('14:09'), [[0, at('14:05'), 2, Quality.late]], 3)
  expect(await valueAsOf(0, at('14:07'))).toBe(1)
  expect(await valueAsOf(0, at('14:09'))).toBe(2)
  expect(await valueAsOf(0, at('14:00'))).toBeUndefined()
})

test('a correction counts from its arrival, and a late older record never replaces a newer one', async () => {
  await known(at('14:10'), [[1, at('14:10'), 5]])
  await known(at('14:20'), [[1, at('14:10'), 5.5, Quality.correction]], 2)
  await known(at('14:30'), [[1, at('13:00'), 99, Quality.late]])
  expect(await valueAsOf(1, at('14:15'))).toBe(5)
  expect(await valueAsOf(1, at('14:25'))).toBe(5.5)
  expect(await valueAsOf(1, at('14:40'))).toBe(5.5)
})

test('a stream that spoke last long before the recent hours is still in the picture, as silent', async () => {
  await known(at('14:00') - hours(24 * 30), [[2, at('14:00') - hours(24 * 30), 7]])
  const picture = PictureView.parse(await get(`picture?knownTime=${at('14:00')}`))
  const readings = picture.channels.find((view): view is ReadingsView => view.channel === 'readings')
  const row = readings?.stream.indexOf(streamOf(server, 2)) ?? -1
  expect([readings?.value[row], readings?.state[row]]).toEqual([7, 2])
  expect(readings?.silentSince[row]).toBe(at('14:00') - hours(24 * 30) + minutes(3))
})

test('a reading from the future stands only where there is no other, even one that is long past', async () => {
  await known(at('04:00'), [[5, at('04:00'), 1]])
  await known(at('14:00'), [
    [5, at('20:00'), 2, Quality.future],
    [6, at('20:00'), 3, Quality.future],
  ])
  expect(await valueAsOf(5, at('14:01'))).toBe(1)
  expect(await valueAsOf(6, at('14:01'))).toBe(3)
  await known(at('14:02'), [[6, at('14:02'), 4]])
  expect(await valueAsOf(6, at('14:03'))).toBe(4)
})

test('the picture from the store is the fold of the records, in whatever order they came', async () => {
  const start = at('16:00')
  const folded = new PictureStore()
  const said: ObservationBatch[] = []
  for (let minute = 0; minute < 30; minute++) {
    const rows: Said[] = Array.from({ length: 10 }, (_, i) => [
      10 + i,
      start + minutes(minute - (i % 4)),
      minute * 10 + i,
    ])
    said.push(await known(start + minutes(minute), rows, 1 + (minute % 2)))
  }
  for (const batch of said.reverse()) foldSituation(folded, { kind: 'observed', batch })
  const end = epochMillis(start + minutes(29))
  const history = new History(server.world, services)
  const streams = server.inner.catalogue
    .catalogue(server.world.no)
    .datastreams.filter(({ no }) => no >= streamOf(server, 10))
  const asked = await pictureAsOf(history, end, streams)
  const only = new PictureStore()
  for (let no = 0; no < asked.readings.length; no++) {
    if (!streams.some((stream) => stream.no === no) || asked.readings.state[no] === 0) continue
    foldSituation(only, { kind: 'observed', batch: oneRow(asked, no) })
  }
  // The store's picture also tells who is overdue, which the fold learns by an event: only the readings are compared.
  expect(pictureHash(only)).toBe(pictureHash(folded))
})

function oneRow({ readings }: PictureStore, no: number): ObservationBatch {
  return {
    kind: 'observations',
    world: server.world.no,
    feed: 1 as FeedNo,
    epoch: readings.epoch[no]!,
    offset: readings.offset[no]!,
    knownTime: epochMillis(readings.knownTime[no]!),
    recordedAt: epochMillis(0),
    traceId: '' as TraceId,
    stream: Uint32Array.of(no),
    phenomenonTime: Float64Array.of(readings.phenomenonTime[no]!),
    value: Float64Array.of(readings.value[no]!),
    quality: Uint16Array.of(readings.quality[no]!),
  }
}

test('a day of a stream keeps its extremes when it is thinned, and counts a re-insert once', async () => {
  const start = at('00:00')
  const rows: Said[] = Array.from({ length: 1440 }, (_, i) => [
    3,
    start + minutes(i),
    i === 777 ? 1000 : i === 778 ? -1000 : 10,
  ])
  await known(at('14:00'), rows, 2)
  const no = streamOf(server, 3)
  const whole = Series.parse(await get(`series?stream=${no}&from=${start}&to=${start + hours(24)}`))
  expect([whole.time.length, whole.thinned]).toEqual([1440, false])
  const thin = Series.parse(await get(`series?stream=${no}&from=${start}&to=${start + hours(24)}&maxPoints=100`))
  expect(thin.thinned).toBe(true)
  expect(thin.time.length).toBeLessThanOrEqual(102)
  expect([Math.max(...thin.value), Math.min(...thin.value)]).toEqual([1000, -1000])
  expect(thin.time).toEqual([...thin.time].sort((a, b) => a - b))
  const before = Series.parse(
    await get(`series?stream=${no}&from=${start}&to=${start + hours(24)}&knownTime=${at('13:59')}`),
  )
  expect(before.time).toEqual([])
})

test('the usual band is P10, median and P90 of the same hour of earlier days, in local time', async () => {
  const rows: Said[] = []
  for (let day = 1; day <= 10; day++) {
    for (let hour = 0; hour < 24; hour++) rows.push([4, at('00:30') - hours(24 * day) + hours(hour), hour * 100 + day])
  }
  await known(at('14:00'), rows, 2)
  const no = streamOf(server, 4)
  const { baseline } = Series.parse(await get(`series?stream=${no}&from=${at('00:00')}&to=${at('23:00')}`))
  expect(baseline?.days).toBe(10)
  const eight = baseline?.time.indexOf(at('08:30')) ?? -1
  expect(baseline?.p50[eight]).toBeCloseTo(805.5, 6)
  expect(baseline?.p10[eight]).toBeCloseTo(801.9, 6)
  expect(baseline?.p90[eight]).toBeCloseTo(809.1, 6)
})
