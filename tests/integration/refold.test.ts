import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { LogRecord, OutboxEvent } from '@/domain/batch'
import { FeedMapping } from '@/domain/feed/mapping'
import { RowState } from '@/domain/fold/columns'
import { foldSituation } from '@/domain/fold/foldSituation'
import { PictureStore } from '@/domain/fold/picture'
import { pictureHash } from '@/domain/fold/pictureHash'
import { restorePosition, restoreReading, restoreSilence } from '@/domain/fold/restore'
import type { FeedNo, TraceId } from '@/domain/ids'
import { Report } from '@/domain/report'
import { epochMillis } from '@/domain/time'
import type { World } from '@/domain/world'
import { worldTimeAt } from '@/domain/world'
import { systemClock } from '@/platform/clock'
import { createMetrics } from '@/platform/metrics'
import { uuidv5 } from '@/platform/uuidv5'
import { CatalogueStore } from '@/server/catalogue/catalogueStore'
import type { FeedRecord } from '@/server/catalogue/feedRecord'
import { acknowledgeAlarm } from '@/server/command/acknowledgeAlarm'
import { createDetect } from '@/server/detect/createDetect'
import type { Detect } from '@/server/detect/createDetect'
import { createIngest } from '@/server/ingest/createIngest'
import type { Ingest } from '@/server/ingest/createIngest'
import { SegmentLog } from '@/server/ingest/log/segmentLog'
import { createLive } from '@/server/live/createLive'
import type { Live } from '@/server/live/createLive'
import { firstBrokenAudit } from '@/server/access/audit'
import { testWorld } from '../support/liveServer'
import { eventually } from '../support/screen'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'
import { trialMapping } from '../support/webServer'

/** World seconds in one of the machine's: five minutes of the World take ten seconds. */
const RATE = 30
const GAUGES = 10
const QUIET = 5
const TRACE = 'c'.repeat(32) as TraceId
const id = (kind: string, n: number): string => uuidv5('refold', kind, n)

let services: TestServices
let folder: string
let catalogue: CatalogueStore
let live: Live
let ingest: Ingest
let detect: Detect
let world: World
let feed: FeedRecord

const worldNow = (): number => worldTimeAt(world.clock, systemClock.now())
const line = (gauge: number, phenomenonTime: number, result: number): string =>
  JSON.stringify({ datastream: `gauge-${gauge}.level`, phenomenonTime, result })

function mapping(): FeedMapping {
  const base = trialMapping('refold')
  const name = base.name
  const line5 = { key: 'alarm', name, op: '>=', value: 5, level: 2, deadband: 0.2 }
  return FeedMapping.parse({
    ...base,
    streams: Array.from({ length: GAUGES }, (_, gauge) => ({
      thing: `gauge-${gauge}`,
      property: 'level',
      thresholds: gauge < 2 ? [line5] : [],
    })),
    staleAfterSeconds: 90,
  })
}

beforeAll(async () => {
  services = await openServices()
  folder = await mkdtemp(join(tmpdir(), 'belfry-refold-'))
  const { postgres, clickhouse, redis, log } = services
  catalogue = new CatalogueStore({ postgres, clock: systemClock, log })
  await catalogue.start()
  const start = systemClock.now()
  const draft = testWorld('refold', start)
  const clock = { ...draft.clock, rate: RATE }
  const { no } = await catalogue.ensureWorld({ ...draft, clock })
  feed = await catalogue.registerFeed(no, mapping(), 'system:test')
  const shared = { postgres, clickhouse, redis, catalogue, clock: systemClock, log, metrics: createMetrics('test') }
  live = createLive({ ...shared, serverId: 'refold', append: (made) => ingest.append(made) })
  const env = {
    BELFRY_VAR: folder,
    BELFRY_SERVER_ID: 'refold',
    BELFRY_LOG_MAX_BYTES: 2 ** 28,
    DURABILITY: 'logFsync',
  } as const
  ingest = createIngest({ ...shared, live, env })
  await live.start()
  await ingest.start()
  detect = createDetect({ ...shared, live, append: (made) => ingest.append(made), meter: ingest.meter, graceMs: 0 })
  detect.start()
  await eventually('leads', () => live.state().worlds[0]?.role === 'leading')
  world = await catalogue.setClock(no, { ...clock, anchorReal: systemClock.now() }, 'system:test')
})
afterAll(async () => {
  await detect.stop()
  await catalogue.stop()
  await services.close()
  await rm(folder, { recursive: true, force: true })
})

test('five minutes live, from the log, and from the store in another order are one picture', async () => {
  await record()
  await eventually('outbox carried', async () => live.picture(world.no)?.outboxN === (await lastEvent()))
  await eventually('everything stored', () => ingest.state().pendingRows === 0)
  const picture = live.picture(world.no)
  if (picture === undefined) throw new Error('no picture')
  expect(picture.readings.state[streamOf(QUIET)]).toBe(RowState.silent)
  expect([...picture.alarms.values()].map(({ key, state }) => [key, state])).toEqual([
    ['gauge-1.level/alarm', 'acknowledged'],
  ])
  expect(picture.reports.size).toBe(3)
  const hash = pictureHash(picture)
  await detect.stop()
  await live.stop()
  await ingest.stop()

  const records = await readLog()
  expect(new Set(records.map((record) => record.kind))).toEqual(
    new Set(['observations', 'positions', 'reports', 'silences', 'outbox', 'quarantine']),
  )
  expect(pictureHash(refolded(records))).toBe(hash)
  expect(pictureHash(refolded(records))).toBe(hash)
  expect(pictureHash(await fromStore())).toBe(hash)
  // The other way round: a record less, or one value another, is another picture.
  expect(pictureHash(refolded(records.filter((record) => record.kind !== 'silences')))).not.toBe(hash)
  expect(await firstBrokenAudit(services.postgres)).toBeUndefined()
}, 90_000)

/** Pushes ten gauges each world-second-and-a-half, with everything that goes wrong with data. */
async function record(): Promise<void> {
  const begun = worldNow()
  for (let round = 0; worldNow() - begun < 300_000; round++) {
    const now = worldNow()
    const elapsed = now - begun
    const lines: string[] = []
    for (let gauge = 0; gauge < GAUGES; gauge++) {
      if (gauge === QUIET && elapsed > 30_000) continue
      lines.push(line(gauge, now, levelOf(gauge, elapsed)))
    }
    if (round % 10 === 3) lines.push(line(2, now - 120_000, 99), line(3, now, levelOf(3, elapsed)))
    if (round % 10 === 5) lines.push(line(4, now, -1)) // another value of the same moment: a correction
    if (round % 10 === 7) lines.push('{"datastream": "gauge-0.level", "phenomenonTime":')
    await push(lines)
    await appendOther(round, now)
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
  const [open] = live.picture(world.no)?.alarms.values() ?? []
  if (open === undefined) throw new Error('no alarm was raised')
  const actor = { kind: 'person', id: 'p', name: 'P', roles: ['operator'] } as const
  const { postgres } = services
  const worldTime = () => epochMillis(worldNow())
  await acknowledgeAlarm(
    { actor: { ...actor, roles: ['operator'] }, postgres, clock: systemClock, worldTime },
    { world: world.no, id: open.id },
  )
}

/** Gauge 0 goes over its line and back, gauge 1 stays over it, the others wander. */
function levelOf(gauge: number, elapsed: number): number {
  if (gauge === 0) return elapsed > 60_000 && elapsed < 150_000 ? 6 : 3
  if (gauge === 1) return elapsed > 90_000 ? 7 : 2
  return Math.round(Math.sin(elapsed / 20_000 + gauge) * 1000) / 1000
}

async function push(lines: readonly string[]): Promise<void> {
  await ingest.push({
    feed,
    body: Buffer.from(lines.join('\n')),
    contentType: 'application/x-ndjson',
    contentEncoding: '',
    traceId: TRACE,
    receivedAt: systemClock.now(),
  })
}

async function appendOther(round: number, now: number): Promise<void> {
  const head = { world: world.no, feed: 0 as FeedNo, traceId: TRACE, knownTime: epochMillis(now) }
  const track = Uint32Array.of(round % 4)
  const moving = { speed: Float32Array.of(round), heading: Float32Array.of(Number.NaN), quality: Uint16Array.of(0) }
  const at = { phenomenonTime: Float64Array.of(now), longitude: Float64Array.of(114 + round / 1e4) }
  await ingest.append({ kind: 'positions', ...head, track, ...at, latitude: Float64Array.of(30), ...moving })
  if (round % 20 !== 0) return
  const n = (round / 20) % 3
  const title = { 'zh-CN': `第 ${round} 报`, en: `Report ${round}` }
  const about = { id: id('report', n), feed: 0 as FeedNo, kind: 'call', key: String(n), title, properties: { round } }
  const times = { phenomenonTime: epochMillis(now), knownTime: epochMillis(now), revisedAt: epochMillis(now) }
  await ingest.append({ kind: 'reports', ...head, reports: [{ ...about, ...times }] })
}

function streamOf(gauge: number): number {
  return catalogue.streamNo(world.no, `gauge-${gauge}.level`) ?? -1
}

async function lastEvent(): Promise<number> {
  const sql = { name: 'lastEvent', text: 'SELECT event_n FROM world_counters WHERE world = $1', values: [world.no] }
  return (await services.postgres.query(sql))[0]?.['event_n'] as number
}

async function readLog(): Promise<LogRecord[]> {
  const log = new SegmentLog({
    folder: join(folder, 'segments', 'refold'),
    clock: systemClock,
    log: services.log,
    durability: 'log',
    maxBytes: 2 ** 28,
    nextEpoch: () => Promise.resolve(9999),
    onDurable: () => undefined,
  })
  await log.open()
  const records: LogRecord[] = []
  for await (const one of log.read({ epoch: 0, offset: 0 })) if (one.world === world.no) records.push(one)
  await log.close()
  return records
}

function refolded(records: readonly LogRecord[]): PictureStore {
  const picture = new PictureStore()
  for (const one of records) {
    if (one.kind === 'observations') foldSituation(picture, { kind: 'observed', batch: one })
    else if (one.kind === 'positions') foldSituation(picture, { kind: 'positioned', batch: one })
    else if (one.kind === 'reports') foldSituation(picture, { kind: 'reported', batch: one })
    else if (one.kind === 'silences') foldSituation(picture, { kind: 'fellSilent', batch: one })
    else if (one.kind === 'outbox') foldSituation(picture, { kind: 'commanded', batch: one })
  }
  return picture
}

const SEQ = 'bitShiftRight(seq, 40) AS epoch, bitAnd(seq, 1099511627775) AS offset'
const TIMES = `toUnixTimestamp64Milli(phenomenon_time) AS phenomenonTime, toUnixTimestamp64Milli(known_time) AS knownTime`
const Numbers = z.object({
  no: z.number(),
  phenomenonTime: z.number(),
  knownTime: z.number(),
  quality: z.number(),
  epoch: z.number(),
  offset: z.number(),
})
const nullable = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN)

/** Every row of the store, silences before what they are about, the rest in an order of the store's choosing. */
async function fromStore(): Promise<PictureStore> {
  const picture = new PictureStore()
  const ask = <Row extends z.ZodType>(row: Row, sql: string): Promise<z.output<Row>[]> =>
    services.clickhouse
      .rows({ name: 'refold', sql: sql.replace('WORLD', `world = ${world.no}`) })
      .then((rows) => row.array().parse(rows))
  const silences = await ask(
    z.object({ body: z.string() }),
    `SELECT body FROM city_events WHERE WORLD AND n = 0 ORDER BY rand()`,
  )
  const Silence = z.object({ stream: z.number(), lastPhenomenonTime: z.number(), since: z.number() })
  for (const { body } of silences) restoreSilence(picture, Silence.parse(JSON.parse(body)))
  const readings = await ask(
    Numbers.extend({ value: z.number() }),
    `SELECT stream AS no, ${TIMES}, value, quality, ${SEQ} FROM observations WHERE WORLD ORDER BY rand()`,
  )
  expect(readings.length).toBeGreaterThan(500)
  for (const row of readings) restoreReading(picture, row)
  const positions = await ask(
    Numbers.extend({ longitude: z.number(), latitude: z.number(), speed: nullable, heading: nullable }),
    `SELECT track AS no, ${TIMES}, longitude, latitude, speed, heading, quality, ${SEQ} FROM positions WHERE WORLD ORDER BY rand()`,
  )
  for (const row of positions) restorePosition(picture, row)
  const reports = await ask(z.object({ body: z.string() }), `SELECT body FROM reports WHERE WORLD ORDER BY rand()`)
  const head = { world: world.no, feed: 0 as FeedNo, epoch: 0, offset: 0, traceId: TRACE }
  const times = { knownTime: epochMillis(0), recordedAt: epochMillis(0) }
  for (const { body } of reports) {
    const batch = { ...head, ...times, kind: 'reports', reports: [Report.parse(JSON.parse(body))] } as const
    foldSituation(picture, { kind: 'reported', batch })
  }
  const Event = z.object({ n: z.number(), kind: z.string(), body: z.string(), actor: z.string(), at: z.number() })
  const events = await ask(
    Event,
    `SELECT n, kind, body, actor, toUnixTimestamp64Milli(known_time) AS at FROM city_events WHERE WORLD AND n > 0 ORDER BY n`,
  )
  const made = events.map((event) => ({ ...event, body: JSON.parse(event.body) as unknown })) as OutboxEvent[]
  foldSituation(picture, { kind: 'commanded', batch: { ...head, ...times, kind: 'outbox', events: made } })
  return picture
}
