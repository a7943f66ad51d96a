import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Report } from '@/domain/report'
import { epochMillis } from '@/domain/time'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import { systemClock } from '@/platform/clock'
import { ReportMemory } from '@/server/ingest/reportMemory'
import { AdapterStand, freePort, stationInput, until } from '../support/adapterStand'

let stand: AdapterStand

beforeAll(async () => {
  stand = await AdapterStand.open()
})
afterAll(() => stand.close())

test('pages are counted up for a feed without an input of its own, and a first page that stands hides no later one', async () => {
  const start = systemClock.now() - 600_000
  const lines = (page: number) => [{ datastream: 'pages.level', phenomenonTime: start + page, result: page }]
  let last = 2
  const tags: (string | undefined)[] = []
  const server = await stand.serve((request, response) => {
    const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('p'))
    if (page === 1) tags.push(request.headers['if-none-match'])
    if (request.headers['if-none-match'] !== undefined) return void response.writeHead(304).end()
    response.setHeader('ETag', `"${page}"`).end(JSON.stringify(page > last ? [] : lines(page)))
  })
  const paging = { kind: 'page', parameter: 'p' }
  const feed = await stand.feedOf('pages', { kind: 'poll', url: `${server}/list`, everySeconds: 1, paging })
  await stand.begin()
  await until(() => stand.rowsOf(feed).length === 2)
  last = 3
  await until(() => stand.rowsOf(feed).length === 3)
  expect(stand.rowsOf(feed)).toEqual([1, 2, 3])
  expect(new Set(tags)).toEqual(new Set([undefined]))
})

test('a file that cannot be taken does not hold up those behind it', async () => {
  const drop = join(stand.bench.folder, 'drop', 'stuck')
  const feed = await stand.feedOf('stuck', {
    ...{ kind: 'folder', folder: 'stuck', everySeconds: 1 },
    input: stationInput({ kind: 'csv' }, { files: ['*.csv'] }),
  })
  await mkdir(join(drop, 'taken'), { recursive: true })
  // Where the first one would be moved to stands a folder that cannot be made: its name is too long with its time.
  const long = `a${'x'.repeat(250)}.csv`
  await writeFile(join(drop, 'taken', long), '')
  await writeFile(join(drop, long), 'STCD,TM,Z\nq1,2026-07-20 08:00,1\n')
  await writeFile(join(drop, 'b.csv'), 'STCD,TM,Z\nq1,2026-07-20 08:05,2\n')
  const own = await stand.begin()
  await until(() => stand.rowsOf(feed).length === 2)
  await until(() => own.states().some((state) => state.feed === 'stuck' && state.status === 'failing'))
  expect(await readdir(join(drop, 'taken'))).toContain('b.csv')
})

test('MQTT: a key that was rotated ends the connection, and a packet over the limit is cut off while it comes', async () => {
  const feed = await stand.feedOf('mqtt-keys', { kind: 'push' })
  const port = await freePort()
  await stand.begin({ MQTT_PORT: port })
  const key = await stand.bench.catalogue.rotateFeedKey(feed.no, 'system:test')
  const options = { username: 'gauge', reconnectPeriod: 0 }
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { ...options, password: key })
  const message = JSON.stringify({ datastream: 'k.level', phenomenonTime: systemClock.now() - 1_000, result: 1 })
  await client.publishAsync('trial/mqtt-keys', message, { qos: 1 })
  const away = new Promise<void>((resolve) => client.once('close', () => resolve()))
  const next = await stand.bench.catalogue.rotateFeedKey(feed.no, 'system:test')
  await away
  const again = await connectAsync(`mqtt://127.0.0.1:${port}`, { ...options, password: next })
  again.on('error', () => undefined)
  const cut = new Promise<void>((resolve) => again.once('close', () => resolve()))
  again.publish('trial/mqtt-keys', Buffer.alloc(40 * 1024 ** 2, 0x20), { qos: 1 })
  await cut
  await Promise.all([client.endAsync(true), again.endAsync(true)])
  expect(stand.rowsOf(feed)).toEqual([1])
})

test('of a view no row is lost where a full answer ends inside one moment', async () => {
  await stand.services.postgres.run('CREATE TABLE ties (stcd text, tm timestamp, z numeric)')
  // 7 moments of 12 stations each, asked for 10 rows at a time.
  await stand.services.postgres.run(
    "INSERT INTO ties SELECT 't' || s, timestamp '2026-07-20 00:00' + m * interval '1 min', m * 100 + s FROM generate_series(1, 7) m, generate_series(1, 12) s",
  )
  await mkdir(join(stand.bench.folder, 'secrets'), { recursive: true })
  await writeFile(join(stand.bench.folder, 'secrets', 'ties-db'), stand.services.urls.DATABASE_URL)
  const feed = await stand.feedOf('ties', {
    ...{ kind: 'sql', dialect: 'postgresql', secret: 'ties-db', limit: 10, everySeconds: 1 },
    query: `SELECT stcd AS "STCD", tm::text AS "TM", z::float8 AS "Z" FROM ties WHERE tm > $watermark::timestamp ORDER BY tm LIMIT $limit`,
    watermark: { column: 'TM', start: '2026-07-20 00:00:00' },
    input: stationInput({ kind: 'ndjson' }),
  })
  await stand.begin()
  await until(() => stand.rowsOf(feed).length === 84)
  const told = Array.from({ length: 84 }, (_, i) => (Math.floor(i / 12) + 1) * 100 + (i % 12) + 1)
  expect(stand.rowsOf(feed).toSorted((a, b) => a - b)).toEqual(told)
})

test('warnings new to memory and store cost no question each; one that the store holds is known as a re-send', async () => {
  const { clickhouse, log } = stand.services
  const asked: string[] = []
  const counting: ClickHouse = {
    ...{ command: (one) => clickhouse.command(one), insertBytes: (one, bytes) => clickhouse.insertBytes(one, bytes) },
    ...{ ping: (ms) => clickhouse.ping(ms), close: () => clickhouse.close() },
    rows: (one) => {
      asked.push(one.name)
      return clickhouse.rows(one)
    },
  }
  const world = stand.bench.world.no
  const warning = (n: number): Report => ({
    id: `00000000-0000-5000-8000-${String(n).padStart(12, '0')}`,
    ...{ feed: stand.bench.feed.no, kind: 'warning', key: `w${n}`, title: { 'zh-CN': '暴雨', en: 'Rain' } },
    ...{ phenomenonTime: epochMillis(1_000), knownTime: epochMillis(n), revisedAt: epochMillis(1_000), properties: {} },
  })
  const stored = warning(1)
  await clickhouse.command({
    name: 'insertReport',
    sql: `INSERT INTO reports (world, id, kind, phenomenon_time, known_time, body, feed, seq, recorded_at)
      SELECT {world:UInt16}, {id:UUID}, 'warning', now(), now(), {body:String}, 1, 1, now()`,
    params: { world, id: stored.id, body: JSON.stringify(stored) },
  })
  const memory = new ReportMemory({ clickhouse: counting, log })
  for (let n = 1; n <= 300; n++) {
    await memory.prepare(world, [warning(n).id])
    expect(memory.fresh([warning(n)])).toHaveLength(n === 1 ? 0 : 1)
  }
  expect(asked).toEqual(['storedReports', 'heldReports'])
  memory.share(true)
  await memory.prepare(world, [warning(301).id])
  expect(asked.at(-1)).toBe('heldReports')
})
