import { once } from 'node:events'
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect as connectTcp } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { connectAsync } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { FrameCutter, readFrame, writeFrame } from '@/domain/formats/jt808/frame'
import { fromHex } from '@/domain/formats/reading'
import { systemClock } from '@/platform/clock'
import { AdapterStand, freePort, stationInput, stationRecord, until } from '../support/adapterStand'

let stand: AdapterStand

beforeAll(async () => {
  stand = await AdapterStand.open()
})
afterAll(() => stand.close())

const POSITIONS = {
  kind: 'positions',
  track: { from: 'column', column: 'phone' },
  ...{ longitude: 'longitude', latitude: 'latitude', crs: 'WGS84', subjectKind: 'vehicle' },
}

test('a poll pages by links, sends its token and watermark, takes 304, and one source at 429 starves nobody', async () => {
  const asked: { url: string; auth: string | undefined; etag: string | undefined }[] = []
  const good = await stand.serve((request, response) => {
    asked.push({ url: request.url ?? '', auth: request.headers.authorization, etag: request.headers['if-none-match'] })
    const { searchParams } = new URL(request.url ?? '', 'http://x')
    // The second visit asks from its watermark on: one page, which from then on is as it was.
    if (searchParams.get('since') === '2026-07-20 08:02:00') {
      if (request.headers['if-none-match'] === '"two"') return void response.writeHead(304).end()
      return void response.setHeader('ETag', '"two"').end(JSON.stringify({ data: [stationRecord('p1', 2, 1.2)] }))
    }
    const second = searchParams.get('page') === '2'
    const list = second ? [stationRecord('p1', 2, 1.2)] : [stationRecord('p1', 0, 1), stationRecord('p1', 1, 1.1)]
    response.setHeader('ETag', '"one"')
    response.end(JSON.stringify({ data: list, ...(second ? {} : { next: '/list?page=2' }) }))
  })
  let tries = 0
  const busy = await stand.serve((_request, response) => {
    tries += 1
    response.writeHead(429, { 'Retry-After': '600' }).end()
  })
  await mkdir(join(stand.bench.folder, 'secrets'), { recursive: true })
  await writeFile(join(stand.bench.folder, 'secrets', 'water'), 'abc\n')
  const common = { kind: 'poll', everySeconds: 1, input: stationInput({ kind: 'json', records: 'data' }) }
  const feed = await stand.feedOf('poll-good', {
    ...common,
    url: `${good}/list`,
    auth: { kind: 'bearer', secret: 'water' },
    paging: { kind: 'link', path: 'next' },
    watermark: { column: 'TM', parameter: 'since', start: '2026-07-01 00:00:00' },
  })
  await stand.feedOf('poll-busy', { ...common, url: `${busy}/list` })
  const own = await stand.begin()
  await until(() => stand.rowsOf(feed).length === 3 && asked.length >= 5)
  expect(stand.rowsOf(feed)).toEqual([1, 1.1, 1.2])
  expect(asked[0]).toMatchObject({ auth: 'Bearer abc', etag: undefined })
  expect(asked[0]?.url).toContain('since=2026-07-01+00')
  // The tag of a first page says nothing of the pages behind it, nor of another address.
  expect(asked.slice(0, 5).map(({ etag }) => etag)).toEqual([undefined, undefined, undefined, '"two"', '"two"'])
  expect(asked[2]?.url).toContain('since=2026-07-20+08%3A02')
  expect(tries).toBe(1)
  const states = own.states()
  expect(states.find((state) => state.feed === 'poll-busy')).toMatchObject({ status: 'failing', failures: 1 })
  expect(states.find((state) => state.feed === 'poll-good')).toMatchObject({ status: 'carrying', accepted: 3 })
})

test('a server that lies is refused and survived: wrong length, no end, another host, a bomb, half an answer', async () => {
  const bomb = gzipSync(Buffer.alloc(80 * 1024 ** 2, 0x20))
  const liar = await stand.serve((request, response) => {
    switch (request.url?.split('?')[0]) {
      case '/round':
        return void response.end('{"data":[],"next":"/round"}')
      case '/away':
        return void response.end('{"data":[],"next":"http://192.0.2.1/steal"}')
      case '/bomb':
        return void response.setHeader('Content-Encoding', 'gzip').end(bomb)
      case '/half':
        response.writeHead(200, { 'Content-Length': '1000' }).write('{"data":[')
        return void setTimeout(() => response.destroy(), 20)
      case '/moved':
        return void response.writeHead(302, { Location: 'http://192.0.2.1/' }).end()
      default:
        response.end('{"data":7}')
    }
  })
  const paging = { kind: 'link', path: 'next' }
  const lies = ['round', 'away', 'bomb', 'half', 'moved']
  for (const lie of lies) {
    const form = stationInput({ kind: 'json', records: 'data' })
    await stand.feedOf(`lie-${lie}`, { kind: 'poll', url: `${liar}/${lie}`, everySeconds: 3600, paging, input: form })
  }
  const nonsense = await stand.feedOf('lie-nonsense', {
    kind: 'poll',
    url: `${liar}/x`,
    input: stationInput({ kind: 'json', records: 'data' }),
  })
  const own = await stand.begin()
  const failing = (): string[] =>
    own.states().flatMap((state) => (state.feed.startsWith('lie-') && state.status === 'failing' ? [state.feed] : []))
  await until(() => failing().length === lies.length && stand.refusedOf(nonsense).length > 0, 40_000)
  // The adapters of the test before may have asked once, too.
  expect(new Set(stand.refusedOf(nonsense))).toEqual(new Set(['recordsMissing']))
})

test('files of a watched folder are taken once, in GB18030 too; an unfinished one is left, a broken one set aside', async () => {
  const drop = join(stand.bench.folder, 'drop', 'rain')
  const form = stationInput({ kind: 'csv', encoding: 'gb18030' }, { files: ['*.csv'] })
  const feed = await stand.feedOf('drops', { kind: 'folder', folder: 'rain', everySeconds: 1, input: form })
  await mkdir(drop, { recursive: true })
  // 站名 in GB18030
  const head = Buffer.concat([Buffer.from('STCD,TM,Z,'), Buffer.from('d5bec3fb', 'hex'), Buffer.from('\n')])
  const good = Buffer.concat([head, Buffer.from('d1,2026-07-20 08:00,3.5,x\nd1,2026-07-20 08:05,bad,x\n')])
  await writeFile(join(drop, 'half.csv.tmp'), good)
  await writeFile(join(drop, 'one.csv'), good)
  await writeFile(join(drop, 'two.csv'), Buffer.from('STCD\xff\xff,TM', 'latin1'))
  await stand.begin()
  await until(async () => (await readdir(drop)).join() === 'half.csv.tmp,refused,taken')
  expect(await readdir(join(drop, 'taken'))).toEqual(['one.csv', 'two.csv'])
  await rename(join(drop, 'half.csv.tmp'), join(drop, 'one.csv'))
  await until(async () => (await readdir(join(drop, 'taken'))).length === 3)
  expect(stand.rowsOf(feed)).toEqual([3.5])
  expect(new Set(stand.refusedOf(feed))).toEqual(new Set(['valueUnreadable', 'notText']))
})

test('MQTT: a foreign client publishes with its feed key; PUBACK means durable; other topics and keys are refused', async () => {
  const feed = await stand.feedOf('mqtt-own', { kind: 'push' })
  const key = await stand.bench.catalogue.rotateFeedKey(feed.no, 'system:test')
  const port = await freePort()
  await stand.begin({ MQTT_PORT: port })
  const url = `mqtt://127.0.0.1:${port}`
  const client = await connectAsync(url, { username: 'gauge', password: key, protocolVersion: 4, reconnectPeriod: 0 })
  await Promise.all(
    Array.from({ length: 200 }, (_, i) =>
      client.publishAsync(
        'trial/mqtt-own/a',
        JSON.stringify({ datastream: 'm.level', phenomenonTime: systemClock.now() - i, result: i }),
        { qos: 1 },
      ),
    ),
  )
  expect(stand.rowsOf(feed)).toHaveLength(200)
  const away = new Promise<void>((resolve) => client.once('close', () => resolve()))
  client.publish('trial/gauges', '{}', { qos: 1 })
  await away
  await client.endAsync(true)
  const five = connectAsync(url, { username: 'gauge', password: key, protocolVersion: 5, reconnectPeriod: 0 })
  await expect(five).rejects.toThrow(/protocol version/)
  await expect(connectAsync(url, { username: 'gauge', password: 'wrong', reconnectPeriod: 0 })).rejects.toThrow(
    /not authorized|bad user/i,
  )
  expect(stand.rowsOf(feed)).toHaveLength(200)
})

test('MQTT of another broker is taken with QoS 1', async () => {
  const { Aedes } = await import('aedes')
  const { createServer: createTcp } = await import('node:net')
  const broker = await Aedes.createBroker()
  const server = createTcp(broker.handle).listen(0, '127.0.0.1')
  await once(server, 'listening')
  stand.closing.push(
    () => broker.close(),
    () => server.close(),
  )
  const url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`
  const feed = await stand.feedOf('mqtt-far', {
    kind: 'mqtt',
    topics: ['water/#'],
    input: stationInput({ kind: 'ndjson' }),
  })
  await stand.begin({ MQTT_URL: url })
  const client = await connectAsync(url)
  let sent = 0
  await until(async () => {
    await client.publishAsync('water/x', JSON.stringify(stationRecord('f1', sent % 60, ++sent)), { qos: 1 })
    return stand.rowsOf(feed).length >= 20
  })
  await client.endAsync()
  const taken = stand.rowsOf(feed)
  expect(taken).toEqual(taken.map((_, i) => (taken[0] ?? 0) + i))
})

test('JT/T 808: terminals are answered when durable; sub-packages, broken frames, strangers', async () => {
  const port = await freePort()
  const only = { column: 'kind', values: ['location'] }
  const feed = await stand.feedOf('buses', {
    ...{ kind: 'listen', protocol: 'jt808', port, terminals: ['13800138000'] },
    input: { format: { kind: 'jt808' }, time: { kind: 'column', column: 'time' }, records: POSITIONS, only },
  })
  await stand.begin()
  const location = fromHex('0000000000000003021271CA06C623880068014500572107201603050104000012D6') ?? new Uint8Array()
  const phone = '13800138000'
  const answers: { serial: number; id: number; result: number | undefined }[] = []
  const cutter = new FrameCutter()
  await until(
    () =>
      new Promise<boolean>((resolve) => {
        const probe = connectTcp(port, '127.0.0.1', () => {
          probe.destroy()
          resolve(true)
        }).on('error', () => resolve(false))
      }),
  )
  const socket = connectTcp(port, '127.0.0.1')
  stand.closing.push(() => socket.destroy())
  socket.on('data', (bytes) => {
    for (const frame of cutter.push(bytes)) {
      const read = readFrame(frame)
      if (!read.ok) continue
      const { id, body } = read.value
      answers.push({ serial: (body[0] ?? 0) * 256 + (body[1] ?? 0), id, result: id === 0x8100 ? body[2] : body[4] })
    }
  })
  const batch = Uint8Array.from([0, 1, 0, 0, location.length, ...location.with(27, 0x07)])
  socket.write(writeFrame({ id: 0x0100, phone, serial: 1, body: new Uint8Array(25) }))
  socket.write(writeFrame({ id: 0x0200, phone, serial: 2, body: location }))
  socket.write(writeFrame({ id: 0x0704, phone, serial: 3, part: { total: 2, no: 1 }, body: batch.subarray(0, 20) }))
  socket.write(writeFrame({ id: 0x0704, phone, serial: 4, part: { total: 2, no: 2 }, body: batch.subarray(20) }))
  socket.write(Uint8Array.of(0x7e, 1, 2, 3, 0x7e))
  socket.write(writeFrame({ id: 0x0200, phone: '13900000000', serial: 5, body: location }))
  await until(() => answers.length === 5)
  answers.sort((a, b) => a.serial - b.serial)
  expect(answers).toEqual([
    { serial: 1, id: 0x8100, result: 0 },
    ...[2, 3, 4].map((serial) => ({ serial, id: 0x8001, result: 0 })),
    { serial: 5, id: 0x8001, result: 1 },
  ])
  const places = stand.bench.live.flatMap((one) =>
    one.kind === 'positions' && one.feed === feed.no ? [...one.phenomenonTime] : [],
  )
  expect(places).toHaveLength(2)
  await until(() => stand.refusedOf(feed).length === 1)
  expect(stand.refusedOf(feed)).toEqual(['frameShort'])
})

test('a WebSocket is listened to, and again after it broke', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  stand.closing.push(() => server.close())
  const asked: string[] = []
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      // By what was asked: the adapters of the test before may connect once more and be stopped.
      const turn = asked.push(data.toString()) - 1
      socket.send(JSON.stringify(stationRecord('w1', turn, turn + 1)))
      // Only when the record has come: a reset overtakes what was sent before it.
      if (turn === 0) void until(() => stand.rowsOf(feed).length === 1).then(() => socket.terminate())
    })
  })
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const feed = await stand.feedOf('socket', {
    kind: 'webSocket',
    url,
    subscribe: 'all',
    input: stationInput({ kind: 'ndjson' }),
  })
  await stand.begin()
  await until(() => stand.rowsOf(feed).length === 2)
  expect(stand.rowsOf(feed)).toEqual([1, 2])
  expect(asked).toEqual(['all', 'all'])
})

test('a view is read from its watermark on, and never written', async () => {
  await stand.services.postgres.run('CREATE TABLE st_river_r (stcd text, tm timestamptz, z numeric)')
  await stand.services.postgres.run(
    "INSERT INTO st_river_r SELECT 's1', timestamptz '2026-07-20 00:00Z' + i * interval '1 min', i FROM generate_series(1, 25) i",
  )
  await mkdir(join(stand.bench.folder, 'secrets'), { recursive: true })
  await writeFile(join(stand.bench.folder, 'secrets', 'hydro-db'), stand.services.urls.DATABASE_URL)
  const query =
    'SELECT stcd AS "STCD", to_char(tm AT TIME ZONE \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS"Z"\') AS "TM", z AS "Z" FROM st_river_r WHERE tm > $watermark::timestamptz ORDER BY tm LIMIT $limit'
  const watermark = { column: 'TM', start: '2026-07-20T00:00:00Z' }
  const source = { kind: 'sql', dialect: 'postgresql', secret: 'hydro-db', limit: 10, everySeconds: 1, watermark }
  const feed = await stand.feedOf('view', { ...source, query, input: stationInput({ kind: 'ndjson' }) })
  const evil = await stand.feedOf('view-evil', {
    ...source,
    query: "SELECT setval('log_epochs', 9) WHERE $watermark::text <> ''",
    input: stationInput({ kind: 'ndjson' }),
  })
  const own = await stand.begin()
  await until(() => stand.rowsOf(feed).length === 25)
  await stand.services.postgres.run("INSERT INTO st_river_r VALUES ('s1', '2026-07-20 01:00Z', 99)")
  await until(() => stand.rowsOf(feed).length === 26)
  expect(stand.rowsOf(feed)).toEqual([...Array.from({ length: 25 }, (_, i) => i + 1), 99])
  await until(() => own.states().find((state) => state.feed === evil.key)?.status === 'failing')
  expect(own.states().find((state) => state.feed === evil.key)?.lastError).toMatch(/read-only/)
})
