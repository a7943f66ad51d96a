import { afterAll, beforeAll, expect, test } from 'vitest'
import { Evidence } from '@/domain/api/evidence'
import { PictureView } from '@/domain/api/picture'
import { formatEvidenceId } from '@/domain/evidenceId'
import type { FeedHealth } from '@/domain/feedHealth'
import { measureFeedCount, measurePromise } from '@/domain/feedHealth'
import { FeedMapping } from '@/domain/feed/mapping'
import type { Measured } from '@/domain/measured'
import { measureCount, measureLimit, measureReport } from '@/domain/measureReading'
import { Report } from '@/domain/report'
import { epochMillis, hours, minutes } from '@/domain/time'
import type { EpochMillis } from '@/domain/time'
import { systemClock } from '@/platform/clock'
import { uuidv5 } from '@/platform/uuidv5'
import { openLoopbackScreen } from '@/server/access/screens'
import { FeedMeter } from '@/server/ingest/feedMeter'
import type { FeedMinute } from '@/server/ingest/feedMeter'
import { FeedMinuteWriter } from '@/server/ingest/feedMinuteWriter'
import { heldMinutes } from '@/server/ingest/heldMinutes'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'
import { startWebServer, trialMapping } from '../support/webServer'
import type { WebServer } from '../support/webServer'

let services: TestServices
let server: WebServer
let cookie: string
const START = Math.floor(systemClock.now() / 60_000) * 60_000
const now = epochMillis(START)

beforeAll(async () => {
  services = await openServices()
  server = await startWebServer(services, { anchorWorld: epochMillis(START) })
  cookie = await openLoopbackScreen(server.access)
})
afterAll(async () => {
  await server.stop()
  await services.close()
})

const get = async (path: string): Promise<unknown> => {
  const answer = await fetch(`${server.url}/api/worlds/trial/${path}`, {
    headers: { cookie: `belfry_session=${cookie}` },
  })
  expect(answer.status, path).toBe(200)
  return answer.json()
}
/** The evidence of a number as a screen asks for it. */
async function evidenceOf(of: Measured): Promise<Evidence> {
  if (of.source?.kind !== 'query') throw new Error('A number that can be asked has a question.')
  return Evidence.parse(await get(`evidence?source=${encodeURIComponent(of.source.id)}`))
}

const counts = (received: number, late: number) => ({
  received,
  accepted: received,
  duplicates: 1,
  corrections: 0,
  late,
  rejected: 0,
  flagged: 2,
})

/** One server's intake over some minutes up to START, each counted and written; the meter as it stands then. */
async function counted(name: string, perMinute: readonly number[], held?: FeedMinute[]): Promise<FeedMeter> {
  const meter = new FeedMeter(name)
  let clock = START - minutes(perMinute.length)
  meter.open(held === undefined ? clock : START, held)
  const own = { clickhouse: services.clickhouse, clock: { now: () => epochMillis(clock) }, log: services.log, meter }
  const writer = new FeedMinuteWriter({ ...own, server: () => `${name}-7` })
  for (const received of perMinute) {
    meter.add({ no: server.feed.no, world: server.world.no }, counts(received, received % 3), clock + 10)
    clock += minutes(1)
  }
  await writer.stop()
  return meter
}

/** The health of the feed as the leader tells it, by what its own intake counted. */
function healthOf(meter: FeedMeter, at: EpochMillis): FeedHealth {
  const { lastHour, lastMinute, counted: span } = meter.measure(server.feed.no, at)
  const { received: _received, ...hour } = lastHour
  return {
    feed: server.feed.no,
    state: 'onTime',
    streamsExpected: 20,
    streamsOnTime: 20,
    expectedPerMinute: 20,
    receivedPerMinute: lastMinute.received,
    ...hour,
    counted: span,
  }
}

test('every count of a feed strip is summed again from the minutes that its server wrote, also after a restart', async () => {
  const meter = await counted('east', [12, 30, 7, 9, 11])
  await counted('west', [100, 100])
  const health = healthOf(meter, now)
  for (const what of ['received', 'late', 'duplicates', 'corrections', 'rejected', 'flagged'] as const) {
    const shown = measureFeedCount(health, what, now)
    const evidence = await evidenceOf(shown)
    expect(evidence.recomputed, what).toEqual(shown)
    expect(evidence.minutes?.every(({ server: by }) => by === 'east-7')).toBe(true)
  }
  expect(health).toMatchObject({ receivedPerMinute: 11, duplicates: 5, flagged: 10 })
  const held = await heldMinutes(services.clickhouse, { server: 'east', from: START - hours(1) })
  const again = healthOf(await counted('east2', [], held as FeedMinute[]), now)
  expect([again.receivedPerMinute, again.duplicates, again.late]).toEqual([11, 5, health.late])
})

test('a look back has the feeds as they were then, counted over every server, and each count is proved', async () => {
  const view = PictureView.parse(await get(`picture?knownTime=${START}`))
  const feeds = view.channels.find((channel) => channel.channel === 'feeds')
  const health = feeds?.feeds.find(({ feed }) => feed === server.feed.no)
  // east and west of the test before: 11 + 100 in the last minute.
  expect(health).toMatchObject({ state: 'never', receivedPerMinute: 111, duplicates: 7, expectedPerMinute: 20 })
  const shown = measureFeedCount(health!, 'received', now)
  expect((await evidenceOf(shown)).recomputed).toEqual(shown)
  const earlier = PictureView.parse(await get(`picture?knownTime=${START - minutes(3)}`))
  const before = earlier.channels.find((channel) => channel.channel === 'feeds')
  expect(before?.feeds[0]?.receivedPerMinute).toBe(30)
})

test('what a feed promised and what a limit is stand in the catalogue', async () => {
  const limited = FeedMapping.parse({
    ...trialMapping('trial', 'limited'),
    things: { list: [{ key: 'limited-1' }] },
    streams: [
      {
        thing: 'limited-1',
        property: 'level',
        periodSeconds: 30,
        thresholds: [{ key: 'alert', name: { 'zh-CN': '警戒', en: 'alert' }, op: '>=', value: 24.5, level: 3 }],
      },
    ],
  })
  const { catalogue } = server.inner
  const feed = await catalogue.registerFeed(server.world.no, limited, 'system:test')
  const promise = measurePromise(feed.no, 2, now)
  expect((await evidenceOf(promise)).recomputed).toEqual(promise)
  const stream = catalogue.datastream(server.world.no, catalogue.streamNo(server.world.no, 'limited-1.level')!)!
  const limit = measureLimit(stream.no, stream.thresholds[0]!, 'm', now)
  expect((await evidenceOf(limit)).recomputed).toEqual(limit)
})

const report = (revisedAt: number, magnitude: number): Report =>
  Report.parse({
    id: uuidv5('countedEvidence', 'quake'),
    feed: server.feed.no,
    kind: 'quake',
    key: 'q1',
    title: { 'zh-CN': '试验', en: 'Trial' },
    phenomenonTime: START - minutes(30),
    knownTime: revisedAt,
    revisedAt,
    magnitude,
    unit: 'M',
  })

test('a reported magnitude is read again from its revision, the later one beside it; the day counts it once', async () => {
  const [first, second] = [report(START - minutes(20), 5.1), report(START - minutes(10), 5.4)]
  for (const [i, one] of [first, second, first].entries()) {
    const seconds = (ms: number) => `toDateTime64(${ms / 1000}, 3, 'UTC')`
    await services.clickhouse.command({
      name: 'insertReport',
      sql: `INSERT INTO reports VALUES (${server.world.no}, '${one.id}', 'quake', ${seconds(one.phenomenonTime)},
        ${seconds(one.knownTime)}, '${JSON.stringify(one)}', ${one.feed}, ${(i % 2) + 1}, now())`,
    })
  }
  for (const one of [first, second]) {
    const shown = measureReport(one)
    const evidence = await evidenceOf(shown)
    expect(evidence.recomputed).toEqual(shown)
    expect(evidence.rows.filter(({ used }) => used).map(({ value }) => value)).toEqual([one.magnitude])
    expect([evidence.rowsTotal, evidence.pending]).toEqual([2, false])
  }
  const day = measureCount('reportsOfDay', 1, now)
  expect((await evidenceOf(day)).recomputed).toEqual(day)
  const nextDay = measureCount('reportsOfDay', 0, epochMillis(START + hours(24)))
  expect((await evidenceOf(nextDay)).recomputed).toEqual(nextDay)
})

test('a revision that nobody recorded has no number', async () => {
  const id = formatEvidenceId({ kind: 'report', report: uuidv5('countedEvidence', 'none'), revisedAt: now })
  expect(Evidence.parse(await get(`evidence?source=${encodeURIComponent(id)}`))).toMatchObject({
    recomputed: { kind: 'absent' },
    rows: [],
    pending: false,
  })
})
