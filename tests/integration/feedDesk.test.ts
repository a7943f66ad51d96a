import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LogRecord } from '@/domain/batch'
import { ContractVersions, FeedDesk, LayersView, MappingPreview } from '@/domain/api/feedDesk'
import { IngestReceipt } from '@/domain/api/ingest'
import { QuarantineList } from '@/domain/api/quarantine'
import { Entered, WarningsView } from '@/domain/api/warnings'
import { TraceId } from '@/domain/ids'
import { systemClock } from '@/platform/clock'
import { makeFirstAdministrator } from '@/server/access/firstAdministrator'
import { systemActor } from '@/server/command/commandContext'
import { ContractKeeper } from '@/server/ingest/contracts/contractKeeper'
import { Carrier } from '@/server/ingest/adapters/carrier'
import { createIngest } from '@/server/ingest/createIngest'
import type { Ingest } from '@/server/ingest/createIngest'
import { eventually } from '../support/screen'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'
import { cookieOf, startWebServer, trialMapping } from '../support/webServer'
import type { WebServer } from '../support/webServer'

const password = 'a long enough password'
let services: TestServices
let server: WebServer
let ingest: Ingest
let folder: string
let cookie = ''
const live: LogRecord[] = []

beforeAll(async () => {
  services = await openServices()
  server = await startWebServer(services)
  folder = await mkdtemp(join(tmpdir(), 'belfry-desk-'))
  const { catalogue, metrics } = server.inner
  ingest = createIngest({
    ...{ catalogue, clickhouse: services.clickhouse, postgres: services.postgres, clock: systemClock },
    ...{ log: services.log, metrics, live: { offer: (record: LogRecord) => void live.push(record) } },
    env: {
      ...{ BELFRY_VAR: folder, BELFRY_SERVER_ID: 'desk', BELFRY_LOG_MAX_BYTES: 64 * 1024 ** 2, DURABILITY: 'logFsync' },
    },
  })
  await ingest.start()
  const intake = { push: ingest.push.bind(ingest), state: ingest.state.bind(ingest), adapters: () => [] }
  Object.assign(server.parts, { intake })
  await makeFirstAdministrator({ ...server.access, handOver: (made) => Promise.resolve(void (first = made.password)) })
  cookie = await firstSignIn()
})
afterAll(async () => {
  await ingest.stop()
  await server.stop()
  await services.close()
  await rm(folder, { recursive: true, force: true })
})

let first = ''
async function firstSignIn(): Promise<string> {
  const token = cookieOf(await call('POST', '/api/session', { account: 'admin', password: first })) ?? ''
  await call('PUT', '/api/session/password', { current: first, next: password }, token)
  return token
}

const call = (method: string, path: string, body?: unknown, token = cookie): Promise<Response> =>
  fetch(`${server.url}${path}`, {
    method,
    headers: {
      cookie: `belfry_session=${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const at = (path: string): string => `/api/worlds/trial${path}`
const push = (lines: readonly unknown[]): Promise<IngestReceipt> =>
  ingest.push({
    feed: server.inner.catalogue.feedByKey(server.world.no, 'gauges') ?? server.feed,
    body: Buffer.from(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')),
    ...{ contentType: 'application/x-ndjson', contentEncoding: '', receivedAt: systemClock.now() },
    traceId: TraceId.parse('ef'.repeat(16)),
  })
const worldNow = (): number => server.inner.catalogue.worldTime(server.world.no)
const reading = (gauge: number, ago: number, result: number) => ({
  ...{ datastream: `gauge-${gauge}.level`, phenomenonTime: Math.floor(worldNow() - ago), result },
})

test('the four layers reconcile to the unit: received is refused, re-sent or kept, and kept is stored', async () => {
  const sent = [reading(1, 60_000, 1), reading(2, 60_000, 2), reading(3, 61_000, 3)]
  await push([...sent, '{"datastream":7}'])
  await push(sent)
  const layers = async () => {
    const { feeds } = LayersView.parse(await (await call('GET', at('/layers'))).json())
    return feeds.find(({ feed }) => feed === server.feed.no)
  }
  await eventually('all is counted and stored', async () => (await layers())?.stored === 3, 30_000)
  await eventually('the minute is written', async () => (await layers())?.received === 7, 30_000)
  expect(await layers()).toMatchObject({
    ...{ received: 7, rejected: 1, duplicates: 3, accepted: 3, stored: 3, waiting: 0, unexplained: 0 },
  })
})

test('a refused record is mended and sent again; the refusal is kept and says that it was', async () => {
  const list = async (): Promise<QuarantineList> =>
    QuarantineList.parse(await (await call('GET', at('/quarantine'))).json())
  const refused = async () => (await list()).entries.find(({ sample }) => sample === '{"datastream":7}')
  await eventually('the refusal is stored', async () => (await refused()) !== undefined, 30_000)
  const entry = await refused()
  const body = { seq: entry?.seq, form: 'rows', text: JSON.stringify(reading(4, 30_000, 4)) }
  const receipt = IngestReceipt.parse(await (await call('POST', at('/feeds/gauges/resubmit'), body)).json())
  expect(receipt).toMatchObject({ accepted: 1, rejected: 0 })
  expect((await list()).mended).toEqual([entry?.seq])
})

test('a contract has versions; one is signed once, by the text that was read', async () => {
  const versions = async () =>
    ContractVersions.parse(await (await call('GET', at('/feeds/gauges/contracts'))).json()).versions
  const [held] = await versions()
  const sign = (digest: string): Promise<Response> =>
    call('POST', at('/feeds/gauges/contracts/sign'), { version: 1, digest })
  expect((await sign('0'.repeat(64))).status).toBe(409)
  expect((await sign(held?.digest ?? '')).status).toBe(204)
  expect((await sign(held?.digest ?? '')).status).toBe(409)
  const mapping = trialMapping('trial')
  const changed = { ...mapping, contract: { ...mapping.contract, latenessSeconds: 77, breachAction: 'degrade' } }
  expect((await call('POST', at('/feeds'), { mapping: changed })).status).toBe(200)
  expect((await versions()).map(({ version, signedBy }) => [version, signedBy === null])).toEqual([
    [2, true],
    [1, false],
  ])
})

test('a broken hour degrades the feed as its contract says, a sound one lifts that; a person blocks and opens it', async () => {
  const { catalogue } = server.inner
  const command = {
    ...{ actor: systemActor('contracts'), postgres: services.postgres, clock: systemClock },
    worldTime: catalogue.worldTime.bind(catalogue),
  }
  const keeper = new ContractKeeper({ catalogue, clickhouse: services.clickhouse, log: services.log, command })
  const judged = async (completeness: number, version: number): Promise<void> => {
    const hour = Math.floor(worldNow() / 3_600_000) * 3_600
    await services.clickhouse.command({
      name: 'test',
      sql: `INSERT INTO feed_quality SELECT ${server.world.no}, ${server.feed.no}, toDateTime(${hour}, 'UTC'), 0.5, 'C', 10, 5, '{"completeness":${completeness}}', '[]', now(), ${version}`,
    })
    await keeper.look()
  }
  await judged(0.5, 1)
  expect(catalogue.feedByKey(server.world.no, 'gauges')).toMatchObject({
    standing: 'degraded',
    standingReason: 'volume',
  })
  await push([reading(5, 5_000, 5)])
  const suspect = live.findLast((record) => record.kind === 'observations')
  expect(suspect?.kind === 'observations' ? suspect.quality[0] : 0).toBe(512)
  const desk = FeedDesk.parse(await (await call('GET', at('/feeds'))).json())
  expect(desk.feeds[0]).toMatchObject({
    version: 2,
    standing: 'degraded',
    hours: [{ breaches: [{ clause: 'volume' }] }],
  })
  await judged(1, 2)
  expect(catalogue.feedByKey(server.world.no, 'gauges')?.standing).toBe('good')
  expect((await call('PUT', at('/feeds/gauges/standing'), { standing: 'blocked', reason: '仪表检修' })).status).toBe(
    204,
  )
  const parts = { ingest, clock: systemClock, catalogue }
  const carrier = new Carrier(parts, server.feed)
  const bytes = Buffer.from(JSON.stringify(reading(6, 5_000, 6)))
  await expect(carrier.carry({ bytes }, new AbortController().signal)).rejects.toThrow('feed.blocked')
  expect((await call('PUT', at('/feeds/gauges/standing'), { standing: 'good', reason: '已修复' })).status).toBe(204)
  expect((await carrier.carry({ bytes }, new AbortController().signal))?.accepted).toBe(1)
})

test('a mapping shows what it makes of an unseen file before anybody registers it', async () => {
  const { contract, world, name } = trialMapping('trial')
  const mapping = {
    ...{ version: 1, feed: 'new-csv', name, contract, world },
    properties: [{ key: 'rain', name, unit: 'mm' }],
    source: {
      kind: 'push',
      input: {
        format: { kind: 'csv' },
        time: { kind: 'column', column: '时间', zone: 'Asia/Shanghai' },
        records: {
          ...{ kind: 'observations', thing: { from: 'column', column: '站号' } },
          columns: [{ column: '雨量', property: 'rain', unit: 'mm' }],
        },
      },
    },
  }
  const sample = '站号,时间,雨量\nr1,2026-07-18 10:00,3.5\nr2,2026-07-18 10:00,oops\n'
  const preview = async (document: unknown): Promise<MappingPreview> =>
    MappingPreview.parse(await (await call('POST', at('/feeds/preview'), { mapping: document, sample })).json())
  expect(await preview(mapping)).toMatchObject({
    ...{ problems: [], columns: ['站号', '时间', '雨量'], rows: 2, records: 1 },
    observations: [{ stream: 'r1.rain', time: Date.parse('2026-07-18T10:00:00+08:00'), value: 3.5 }],
    refused: [{ reason: 'valueUnreadable', sample: 'r2,2026-07-18 10:00,oops' }],
  })
  const broken = await preview({ ...mapping, properties: [] })
  expect(broken.problems[0]?.message).toContain('names rain, which is not under properties')
  expect(server.inner.catalogue.feedByKey(server.world.no, 'new-csv')).toBeUndefined()
})

test('a warning entered by hand holds until it is lifted; what was known before is still told as it was', async () => {
  const warnings = async (knownTime?: number) => {
    const query = knownTime === undefined ? '' : `?knownTime=${knownTime}`
    return WarningsView.parse(await (await call('GET', at(`/warnings${query}`))).json())
  }
  const entered = async (body: object): Promise<string> => {
    const answer = await call('POST', at('/entries/warnings'), {
      event: '暴雨',
      area: '主城 4 区',
      issuer: '市气象台',
      ...body,
    })
    return Entered.parse(await answer.json()).key
  }
  const yellow = await entered({ colour: 'yellow' })
  await eventually('the warning is stored', async () => (await warnings()).warnings.length === 1, 30_000)
  const before = await warnings()
  expect(before.warnings[0]).toMatchObject({
    ...{ identifier: yellow, issuer: '市气象台', event: '暴雨', colour: 'yellow', area: '主城 4 区', byHand: true },
    headline: '市气象台发布暴雨黄色预警',
  })
  const red = await entered({ colour: 'red', msgType: 'Update', replaces: yellow })
  await eventually('red replaces yellow', async () => (await warnings()).warnings[0]?.identifier === red, 30_000)
  expect((await warnings()).warnings).toHaveLength(1)
  await entered({ colour: 'red', msgType: 'Cancel', replaces: red })
  await eventually('it is lifted', async () => (await warnings()).warnings.length === 0, 30_000)
  expect((await warnings(before.knownTime)).warnings.map(({ colour }) => colour)).toEqual(['yellow'])
  const unknown = { event: 'x', area: 'x', issuer: 'x', colour: 'blue', msgType: 'Cancel', replaces: yellow }
  expect((await call('POST', at('/entries/warnings'), unknown)).status).toBe(404)
})

test('a figure by telephone is a report with its reporter, in a feed of its own', async () => {
  const body = { quantity: '被困人数', place: '和平路下穿', value: 5, unit: '人', reporter: '辖区派出所' }
  expect(Entered.parse(await (await call('POST', at('/entries/figures'), body)).json()).accepted).toBe(1)
  const feed = server.inner.catalogue.feedByKey(server.world.no, 'manual-figures')
  const reports = live.flatMap((record) =>
    record.kind === 'reports' && record.feed === feed?.no ? record.reports : [],
  )
  expect(reports[0]).toMatchObject({
    ...{ kind: 'figure', magnitude: 5, title: { 'zh-CN': '和平路下穿 被困人数' } },
    properties: { unit: '人', reporter: '辖区派出所', byHand: 1 },
  })
})
