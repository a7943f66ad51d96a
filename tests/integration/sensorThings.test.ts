import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertNative } from '@/platform/clickhouse/insert'
import { openLoopbackScreen } from '@/server/access/screens'
import { sensorThingsFormat } from '@/domain/formats/sensorThings'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'
import { startWebServer, streamOf } from '../support/webServer'
import type { WebServer } from '../support/webServer'

let services: TestServices
let server: WebServer
let cookie = ''
let first = 0
/** World time of the newest row, whole minutes. */
let now = 0

beforeAll(async () => {
  services = await openServices()
  server = await startWebServer(services)
  cookie = await openLoopbackScreen(server.access)
  now = Math.floor(server.inner.catalogue.worldTime(server.world.no) / 60_000) * 60_000 - 60_000
  first = streamOf(server, 0)
  const rows = Array.from({ length: 120 }, (_, i) => ({
    stream: Number(streamOf(server, i % 2)),
    time: now - Math.floor(i / 2) * 60_000,
    value: i % 2 === 0 ? 60 - Math.floor(i / 2) : 7,
    seq: i + 1,
  }))
  // A correction that became known a minute later.
  rows.push({ stream: first, time: now - 10 * 60_000, value: 999, seq: 1_000 })
  await insertNative(services.clickhouse, {
    table: 'observations',
    rows: rows.length,
    columns: [
      { name: 'world', type: 'UInt16', values: Uint16Array.from(rows, () => server.world.no) },
      { name: 'stream', type: 'UInt32', values: Uint32Array.from(rows, ({ stream }) => stream) },
      { name: 'phenomenon_time', type: 'DateTime64(3)', values: Float64Array.from(rows, ({ time }) => time) },
      {
        name: 'known_time',
        type: 'DateTime64(3)',
        values: Float64Array.from(rows, ({ time, seq }) => (seq === 1_000 ? now - 5 * 60_000 : time)),
      },
      { name: 'value', type: 'Float64', values: Float64Array.from(rows, ({ value }) => value) },
      { name: 'quality', type: 'UInt16', values: Uint16Array.from(rows, () => 0) },
      { name: 'feed', type: 'UInt16', values: Uint16Array.from(rows, () => server.feed.no) },
      { name: 'seq', type: 'UInt64', values: BigUint64Array.from(rows, ({ seq }) => BigInt(seq)) },
      { name: 'recorded_at', type: 'DateTime', values: Uint32Array.from(rows, ({ time }) => time / 1_000) },
    ],
  })
})
afterAll(async () => {
  await server.stop()
  await services.close()
})

type Page = { value: Record<string, unknown>[]; '@iot.count'?: number; '@iot.nextLink'?: string }

async function ask(path: string, status = 200): Promise<Page & Record<string, unknown>> {
  const url = path.startsWith('/api') ? path : `/api/worlds/trial/sta/v1.1${path}`
  const answer = await fetch(server.url + url, { headers: { cookie: `belfry_session=${cookie}` } })
  const body = (await answer.json()) as Page & Record<string, unknown>
  expect([path, answer.status, answer.status === 200 ? '' : body['code']]).toEqual([
    path,
    status,
    status === 200 ? '' : body['code'],
  ])
  return body
}
const iso = (at: number): string => new Date(at).toISOString()

test('the service names its sets; entities link to each other, and a property is asked for by itself', async () => {
  const root = await ask('')
  expect(root.value.map(({ name }) => name)).toContain('Observations')
  const thing = await ask("/Things('gauge-3')")
  expect(thing).toMatchObject({ '@iot.id': 'gauge-3', '@iot.selfLink': "/api/worlds/trial/sta/v1.1/Things('gauge-3')" })
  const streams = await ask(String(thing['Datastreams@iot.navigationLink']))
  expect(streams.value).toHaveLength(1)
  expect(await ask(`/Datastreams(${first})/Thing/name`)).toEqual({ name: expect.any(String) as string })
  expect(await ask(`/Datastreams(${first})/ObservedProperty`)).toMatchObject({ '@iot.id': 'level' })
  await ask("/Things('nobody')", 404)
  await ask('/Nothings', 404)
})

test('$filter, $orderby, $top, $skip, $count and $select work together on entities', async () => {
  const query = new URLSearchParams({
    $filter: "startswith(Thing/name,'gauge-1') and not (id eq 0) and (length(name) gt 3 or false)",
    ...{ $orderby: 'Thing/name desc', $top: '3', $skip: '1', $count: 'true', $select: 'name' },
  })
  const page = await ask(`/Datastreams?${query}`)
  expect(page['@iot.count']).toBe(11)
  expect(page.value).toHaveLength(3)
  expect(Object.keys(page.value[0] ?? {}).toSorted()).toEqual(['@iot.id', '@iot.selfLink', 'name'])
  const next = await ask(page['@iot.nextLink'] ?? '')
  expect(next['@iot.count']).toBe(11)
  expect(next.value.map((one) => one['@iot.id'])).not.toEqual(page.value.map((one) => one['@iot.id']))
  await ask(`/Things?$filter=${encodeURIComponent("name eq 'x' and (")}`, 400)
  await ask(`/Things?$filter=${encodeURIComponent('drop(name) eq 1')}`, 400)
  await ask('/Things?$expand=Nonsense', 400)
})

test('$expand goes along navigation with options of its own', async () => {
  const expand =
    'Datastreams($select=name;$expand=Observations($top=2;$orderby=phenomenonTime desc;$count=true),ObservedProperty)'
  const thing = await ask(`/Things('gauge-0')?${new URLSearchParams({ $expand: expand })}`)
  const [stream] = thing['Datastreams'] as Record<string, unknown>[]
  expect(stream).toMatchObject({ 'Observations@iot.count': 60, ObservedProperty: { '@iot.id': 'level' } })
  expect((stream?.['Observations'] as { result: number }[]).map(({ result }) => result)).toEqual([60, 59])
})

test('Observations are filtered in the store, and are those of a known time', async () => {
  const path = `/Datastreams(${first})/Observations`
  const from = iso(now - 12 * 60_000)
  const filtered = (more: Record<string, string> = {}) =>
    ask(
      `${path}?${new URLSearchParams({ $filter: `phenomenonTime ge ${from} and result gt 48`, $count: 'true', ...more })}`,
    )
  const all = await filtered()
  expect(all['@iot.count']).toBe(12)
  expect(all.value.map(({ result }) => result)).toContain(999)
  const before = await filtered({ knownTime: iso(now - 6 * 60_000) })
  expect(before.value.map(({ result }) => result)).not.toContain(999)
  const injected = encodeURIComponent('result eq 1) OR (1 eq 1')
  await ask(`${path}?$filter=${injected}`, 400)
  const ofBoth = await ask(
    `/Observations?${new URLSearchParams({ $filter: `Datastream/id eq ${first}`, $count: 'true' })}`,
  )
  expect(ofBoth['@iot.count']).toBe(60)
})

test('what is published is read back by our own reader, every field kept, and the use is counted', async () => {
  const page = await ask(`/Datastreams(${first})/Observations?$expand=Datastream&$top=50`)
  const reading = sensorThingsFormat(new TextEncoder().encode(JSON.stringify(page)))
  expect(reading.refused).toEqual([])
  expect(reading.rows.map(({ fields }) => fields['result'])).toEqual(page.value.map(({ result }) => result))
  expect(new Set(reading.rows.map(({ fields }) => fields['datastream']))).toEqual(new Set([first]))
  await expect
    .poll(async () => services.postgres.query({ name: '', text: 'SELECT way, times FROM feed_uses', values: [] }), {
      timeout: 20_000,
    })
    .toMatchObject([{ way: 'sensorThings' }])
})
