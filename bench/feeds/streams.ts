import { mkdir, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectAsync } from 'mqtt'
import { FeedMapping } from '@/domain/feed/mapping'
import { TraceId } from '@/domain/ids'
import { FrameCutter, writeFrame } from '@/domain/formats/jt808/frame'
import { fromHex } from '@/domain/formats/reading'
import { systemClock } from '@/platform/clock'
import { createLog } from '@/platform/log'
import { connectPostgres } from '@/platform/postgres/connect'
import { readEnv } from '@/platform/env'
import type { FeedRecord } from '@/server/catalogue/feedRecord'
import { Adapters } from '@/server/ingest/adapters/adapters'
import { type IntakeBench, gaugesMapping } from '@/tests/support/ingestBench'
import type { BenchServices } from '../services'
import { SEEDS } from './seeds'

export interface FeedsStand {
  readonly services: BenchServices
  readonly intake: IntakeBench
  readonly seconds: number
}

/** What was acknowledged, what of it did not become a durable record, and in what time. */
export interface Taken {
  readonly taken: number
  readonly missing: number
  readonly seconds: number
}

const MQTT_PORT = 21_883
const JT808_PORT = 21_808
const INFLIGHT = 200
const CLIENTS = 4

async function withAdapters<Value>({ services, intake }: FeedsStand, run: () => Promise<Value>): Promise<Value> {
  const log = createLog('bench', { level: 'silent' })
  const adapters = new Adapters({
    ...{ catalogue: intake.catalogue, ingest: intake.ingest, postgres: services.postgres, clock: systemClock },
    log,
    openPostgres: (url) => connectPostgres({ url, log, max: 1 }),
    env: { ...readEnv({}), BELFRY_VAR: intake.folder, MQTT_PORT },
  })
  await adapters.start()
  try {
    return await run()
  } finally {
    await adapters.stop()
  }
}

const registered = ({ intake }: FeedsStand, feed: string, source: object): Promise<FeedRecord> =>
  intake.catalogue.registerFeed(
    intake.world.no,
    FeedMapping.parse({ ...gaugesMapping(), feed, things: { list: [] }, source }),
    'system:bench',
  )

/** Durable rows of a feed, as the live side was told of them: nothing is told before it is on disk. */
function durable({ intake }: FeedsStand, { no }: FeedRecord): number {
  let rows = 0
  for (const record of intake.live) {
    if (record.feed !== no) continue
    if (record.kind === 'observations') rows += record.value.length
    if (record.kind === 'positions') rows += record.track.length
    if (record.kind === 'reports') rows += record.reports.length
  }
  return rows
}

/** Keeps `INFLIGHT` tasks under way until the time is over; resolves with how many were done. */
async function keptBusy(seconds: number, task: (n: number) => Promise<unknown>): Promise<Omit<Taken, 'missing'>> {
  const began = performance.now()
  let n = 0
  let done = 0
  const worker = async (): Promise<void> => {
    while (performance.now() - began < seconds * 1_000) {
      await task(n++)
      done += 1
    }
  }
  await Promise.all(Array.from({ length: INFLIGHT }, () => worker()))
  return { taken: done, seconds: (performance.now() - began) / 1_000 }
}

/** QoS 1 messages of `lines` observations each, by four clients of mqtt.js. */
export async function mqttMessages(stand: FeedsStand, lines: number): Promise<Taken> {
  const feed = await registered(stand, `mqtt-${lines}`, { kind: 'push' })
  const password = await stand.intake.catalogue.rotateFeedKey(feed.no, 'system:bench')
  return withAdapters(stand, async () => {
    const url = `mqtt://127.0.0.1:${MQTT_PORT}`
    const clients = await Promise.all(
      Array.from({ length: CLIENTS }, () => connectAsync(url, { username: feed.key, password })),
    )
    const start = systemClock.now() - 3_600_000
    const { taken, seconds } = await keptBusy(stand.seconds, (n) => {
      const body = Array.from({ length: lines }, (_, i) =>
        JSON.stringify({
          datastream: `${feed.key}-${(n * lines + i) % 500}.level`,
          phenomenonTime: start + n,
          result: i % 20,
        }),
      )
      return clients[n % CLIENTS]?.publishAsync(`trial/${feed.key}`, body.join('\n'), { qos: 1 }) ?? Promise.resolve()
    })
    await Promise.all(clients.map((client) => client.endAsync()))
    return { taken: taken * lines, missing: taken * lines - durable(stand, feed), seconds }
  })
}

const LOCATION = fromHex('0000000000000003021271CA06C623880068014500572107201603050104000012D6') ?? new Uint8Array()

/** Location frames of twenty terminals, each waiting for its answers in windows of fifty. */
export async function jt808Frames(stand: FeedsStand): Promise<Taken> {
  const feed = await registered(stand, 'jt808', {
    ...{ kind: 'listen', protocol: 'jt808', port: JT808_PORT },
    input: {
      format: { kind: 'jt808' },
      time: { kind: 'column', column: 'time' },
      records: {
        kind: 'positions',
        track: { from: 'column', column: 'phone' },
        ...{ longitude: 'longitude', latitude: 'latitude', crs: 'WGS84', subjectKind: 'vehicle' },
      },
    },
  })
  return withAdapters(stand, async () => {
    await sleep(500)
    const began = performance.now()
    const counts = await Promise.all(
      Array.from({ length: 20 }, (_, no) => terminal(`139000000${10 + no}`, began + stand.seconds * 1_000)),
    )
    const taken = counts.reduce((sum, count) => sum + count, 0)
    return { taken, missing: taken - durable(stand, feed), seconds: (performance.now() - began) / 1_000 }
  })
}

/** One terminal until `end`; resolves with the frames that were answered. */
async function terminal(phone: string, end: number): Promise<number> {
  const socket = connectTcp(JT808_PORT, '127.0.0.1')
  await once(socket, 'connect')
  const cutter = new FrameCutter()
  let [sent, answered] = [0, 0]
  while (performance.now() < end) {
    const frames = Array.from({ length: 50 }, () => {
      const body = Uint8Array.from(LOCATION)
      const second = sent % 86_400
      const parts = [Math.floor(second / 3_600), Math.floor(second / 60) % 60, second % 60]
      body.set([...parts.map((part) => Math.floor(part / 10) * 16 + (part % 10))], 25)
      body[24] = 1 + Math.floor(sent / 86_400)
      return writeFrame({ id: 0x0200, phone, serial: sent++ & 0xffff, body })
    })
    socket.write(Buffer.concat(frames))
    while (answered < sent) {
      const [piece] = (await once(socket, 'data')) as [Buffer]
      answered += cutter.push(piece).length
    }
  }
  socket.destroy()
  return answered
}

/** CAP warnings, one a delivery, as an HTTP push brings them. */
export async function capAlerts(stand: FeedsStand): Promise<Taken> {
  const feed = await registered(stand, 'cap', {
    kind: 'push',
    input: {
      format: { kind: 'cap' },
      time: { kind: 'column', column: 'time' },
      records: {
        ...{ kind: 'reports', reportKind: 'warning', key: ['sender', 'identifier'] },
        ...{ title: { 'zh-CN': '{title}', en: '{event}' }, longitude: 'longitude', latitude: 'latitude' },
      },
    },
  })
  const text = Buffer.from(SEEDS.find(({ name }) => name === 'cap')?.bytes ?? []).toString()
  const { taken, seconds } = await keptBusy(stand.seconds, async (n) => {
    const body = Buffer.from(text.replace('160100_0<', `${String(100_000 + n).slice(-6)}_${Math.floor(n / 900_000)}<`))
    const head = {
      contentType: 'application/cap+xml',
      contentEncoding: '',
      traceId: TRACE,
      receivedAt: systemClock.now(),
    }
    for (;;) {
      try {
        return await stand.intake.ingest.push({ feed, body, ...head })
      } catch {
        await sleep(5) // the intake takes 64 bodies at once
      }
    }
  })
  return { taken, missing: taken - durable(stand, feed), seconds }
}

const TRACE = TraceId.parse('cd'.repeat(16))

/** Rows of a view of PostgreSQL, in answers of five thousand. */
export async function sqlRows(stand: FeedsStand): Promise<Taken> {
  const { services, intake, seconds } = stand
  const rows = seconds * 20_000
  await services.postgres.run('CREATE TABLE bench_river (id bigint PRIMARY KEY, stcd text, tm text, z float8)')
  await services.postgres.run(
    `INSERT INTO bench_river SELECT i, 's' || (i % 500), to_char(timestamp '2026-07-01' + (i / 500) * interval '1 min', 'YYYY-MM-DD HH24:MI:SS'), i % 20 FROM generate_series(1, ${rows}) i`,
  )
  await mkdir(join(intake.folder, 'secrets'), { recursive: true })
  await writeFile(join(intake.folder, 'secrets', 'bench-db'), services.urls.DATABASE_URL)
  const feed = await registered(stand, 'sql', {
    ...{ kind: 'sql', dialect: 'postgresql', secret: 'bench-db', limit: 5_000, everySeconds: 1 },
    query:
      'SELECT id, stcd AS "STCD", tm AS "TM", z AS "Z" FROM bench_river WHERE id > $watermark::bigint ORDER BY id LIMIT $limit',
    watermark: { column: 'id', start: '0' },
    input: {
      format: { kind: 'ndjson' },
      time: { kind: 'column', column: 'TM', zone: 'Asia/Shanghai' },
      records: {
        ...{ kind: 'observations', thing: { from: 'column', column: 'STCD' } },
        columns: [{ column: 'Z', property: 'level', unit: 'm' }],
      },
    },
  })
  return withAdapters(stand, async () => {
    const began = performance.now()
    while (durable(stand, feed) < rows && performance.now() - began < 120_000) await sleep(50)
    return { taken: rows, missing: rows - durable(stand, feed), seconds: (performance.now() - began) / 1_000 }
  })
}
