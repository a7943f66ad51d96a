import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Catalogue } from '@/domain/catalogue'
import { ApiError } from '@/domain/api/errors'
import { HealthView } from '@/domain/api/health'
import { KeyframeView } from '@/domain/api/picture'
import { WorldList } from '@/domain/api/worlds'
import { SessionView } from '@/domain/api/session'
import type { Actor } from '@/domain/api/session'
import { firstBrokenAudit } from '@/server/access/audit'
import { makeFirstAdministrator } from '@/server/access/firstAdministrator'
import { authorise } from '@/server/access/authorise'
import { openLoopbackScreen } from '@/server/access/screens'
import { systemClock } from '@/platform/clock'
import { inTransaction } from '@/platform/postgres/transaction'
import { CatalogueStore } from '@/server/catalogue/catalogueStore'
import type { RouteEntry } from '@/server/http/route'
import { readMapping } from '@/server/ingest/mappingFiles'
import { eventually } from '../support/screen'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'
import { startWebServer } from '../support/webServer'
import type { WebServer } from '../support/webServer'

let services: TestServices
let server: WebServer
let tokens: Record<'administrator' | 'screen' | 'nobody', string | undefined>

const actors: Record<keyof typeof tokens, Actor | null> = {
  administrator: { kind: 'person', id: 'p', name: 'P', roles: ['administrator'] },
  screen: { kind: 'screen', id: 's', name: 'S' },
  nobody: null,
}

beforeAll(async () => {
  services = await openServices()
  server = await startWebServer(services)
  tokens = {
    administrator: await administratorToken(),
    screen: await openLoopbackScreen(server.access),
    nobody: undefined,
  }
})
afterAll(async () => {
  await server.stop()
  await services.close()
})

async function administratorToken(): Promise<string> {
  await makeFirstAdministrator({ ...server.access, handOver: () => Promise.resolve() })
  await services.postgres.run('UPDATE accounts SET must_change_password = false')
  const [row] = await services.postgres.query({ name: 'one', text: 'SELECT id::text AS id FROM accounts', values: [] })
  return inTransaction(services.postgres, (tx) => server.access.sessions.open(tx, { account: String(row?.['id']) }))
}

const pathOf = ({ path }: RouteEntry): string =>
  path
    .replace(':world', 'trial')
    .replace(/:(screen|alarm)\b/, '01a1fe56-3b92-738a-b2bc-fff109337c71')
    .replace(/:\w+/g, 'x')

const cookie = (token: string | undefined): OutgoingHttpHeaders =>
  token === undefined ? {} : { cookie: `belfry_session=${token}` }

interface Answered {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** As a program sends it: with any Host and Origin, which `fetch` would not let us write. */
function send(method: string, path: string, headers: OutgoingHttpHeaders = {}): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asked = request(`${server.url}${path}`, { method, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => (text += part))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
    })
    asked.on('error', reject)
    asked.end()
  })
}

describe('every route', () => {
  test('is refused to exactly those whom the table of rights does not name', async () => {
    expect(server.web.entries.length).toBeGreaterThan(20)
    for (const entry of server.web.entries) {
      for (const [who, actor] of Object.entries(actors) as [keyof typeof tokens, Actor | null][]) {
        if (who !== 'nobody' && entry.action === 'session.close') continue // would end the session of the next case
        const { status } = await send(entry.method, pathOf(entry), {
          ...cookie(tokens[who]),
          forwarded: 'for=10.0.0.1',
        })
        const refused = status === 401 || status === 403
        const may = authorise(actor, entry.action)
        expect(refused, `${who} ${entry.method} ${entry.path} ${status}`).toBe(!may)
        if (refused) expect(status).toBe(who === 'nobody' ? 401 : 403)
      }
    }
  })

  test('is in the OpenAPI document with its right, and the document names no other', async () => {
    const document = JSON.parse((await send('GET', '/api/openapi.json')).text) as {
      openapi: string
      paths: Record<string, Record<string, { 'x-action': string }>>
    }
    expect(document.openapi).toBe('3.1.0')
    const told = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { 'x-action': action }]) => `${method.toUpperCase()} ${path} ${action}`),
    )
    const entries = server.web.entries.map(
      ({ method, path, action }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')} ${action}`,
    )
    expect(told.sort()).toEqual(entries.sort())
  })

  test('answers a world that does not exist with 404 and a code', async () => {
    for (const entry of server.web.entries.filter(({ path, method }) => path.includes(':world') && method === 'GET')) {
      const path = entry.path.replace(':world', 'atlantis')
      const query = '?stream=0&from=1&to=2&knownTime=1&streams=0&source=count%2Fstreams%2F1'
      const { status, text } = await send('GET', `${path}${query}`, cookie(tokens.administrator))
      expect([entry.path, status, ApiError.parse(JSON.parse(text)).code]).toEqual([entry.path, 404, 'world.unknown'])
    }
  })
})

test('a refusal carries code, sentence and the trace of its request', async () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
  const { status, headers, text } = await send('GET', '/api/nothing-here', { traceparent })
  const body = ApiError.parse(JSON.parse(text))
  expect([status, body.code, body.traceId]).toEqual([404, 'http.noSuchPath', '4bf92f3577b34da6a3ce929d0e0e4736'])
  expect(headers['x-trace-id']).toBe(body.traceId)
  expect((await send('GET', '/health/live')).headers['x-trace-id']).toMatch(/^[0-9a-f]{32}$/)
})

test.each([
  ['GET', { host: 'evil.example' }, 403],
  ['GET', { host: 'localhost:80' }, 200],
  ['GET', { host: '192.168.1.5' }, 403],
  ['DELETE', { origin: 'http://evil.example' }, 403],
  ['DELETE', { 'sec-fetch-site': 'cross-site' }, 403],
  ['DELETE', { origin: 'null' }, 403],
  ['DELETE', {}, 204],
])('%s with %o is answered %i', async (method, headers, status) => {
  expect((await send(method, '/api/session', headers as OutgoingHttpHeaders)).status).toBe(status)
})

test('an answer of the interface runs nothing, is framed by nobody and is kept by no cache', async () => {
  const { headers } = await send('GET', '/api/session')
  expect(headers).toMatchObject({
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
  })
})

test('the catalogue is sent once per version', async () => {
  const first = await send('GET', '/api/worlds/trial/catalogue', cookie(tokens.screen))
  expect(Catalogue.parse(JSON.parse(first.text)).datastreams).toHaveLength(20)
  const again = { ...cookie(tokens.screen), 'if-none-match': first.headers.etag ?? '' }
  expect(await send('GET', '/api/worlds/trial/catalogue', again)).toMatchObject({ status: 304, text: '' })
})

test('a large answer is packed for who takes it', async () => {
  const packed = { ...cookie(tokens.screen), 'accept-encoding': 'gzip' }
  expect((await send('GET', '/api/openapi.json', packed)).headers['content-encoding']).toBe('gzip')
  expect((await send('GET', '/api/openapi.json')).headers).not.toHaveProperty('content-encoding')
})

test('worlds and health answer what their schemas say', async () => {
  const worlds = WorldList.parse(JSON.parse((await send('GET', '/api/worlds', cookie(tokens.screen))).text))
  expect(worlds.worlds.map(({ key }) => key)).toEqual(['trial'])
  expect(HealthView.parse(JSON.parse((await send('GET', '/health')).text)).state).toBe('ready')
  expect((await send('GET', '/health/ready')).status).toBe(200)
})

test('metrics are for the machine itself and name the path, not the person', async () => {
  const { status, text } = await send('GET', '/metrics')
  expect(status).toBe(200)
  expect(text).toContain('belfry_http_seconds_count')
  expect(text).not.toContain('belfry_session')
  expect((await send('GET', '/metrics', { 'x-forwarded-for': '10.0.0.1' })).status).toBe(401)
})

test('a bad question is answered 400 with the place of the mistake', async () => {
  const { status, text } = await send('GET', '/api/worlds/trial/series?stream=0&from=now&to=1', cookie(tokens.screen))
  expect([status, ApiError.parse(JSON.parse(text))]).toMatchObject([
    400,
    { code: 'http.badRequest', args: { where: 'from' } },
  ])
})

test('a keyframe over HTTP is at most a second old, though screens share one for ten', async () => {
  const { live } = server.inner
  await eventually('leads', () => live.state().worlds[0]?.role === 'leading')
  const value = async () => {
    const { text } = await send('GET', '/api/worlds/trial/keyframe?channel=readings', cookie(tokens.screen))
    const { body } = KeyframeView.parse(JSON.parse(text))
    return body.channel === 'readings' ? body.value[0] : undefined
  }
  const now = systemClock.now()
  await server.inner.observe(server.world.no, [[0, now, 1]])
  await eventually('first value', async () => (await value()) === 1, 2500)
  await server.inner.observe(server.world.no, [[0, now + 1, 2]])
  await eventually('second value', async () => (await value()) === 2, 2500)
})

describe('the key of a feed', () => {
  const make = (feed: string) => send('POST', `/api/worlds/trial/feeds/${feed}/key`, cookie(tokens.administrator))
  const makeKey = async () => (JSON.parse((await make('gauges')).text) as { key: string }).key
  const actorOf = async (key: string) =>
    SessionView.parse(JSON.parse((await send('GET', '/api/session', { authorization: `Bearer ${key}` })).text)).actor

  test('is told once, opens its feed on every server, ends with the next one, and leaves an audit row', async () => {
    const { postgres, log } = services
    const other = new CatalogueStore({ postgres, clock: systemClock, log })
    await other.start()
    const first = await makeKey()
    expect(await actorOf(first)).toMatchObject({ kind: 'feed', name: 'gauges' })
    await eventually('the other server knows the key', () => other.feedOfKey(first)?.key === 'gauges', 2000)
    const second = await makeKey()
    expect([await actorOf(first), (await actorOf(second))?.kind]).toEqual([null, 'feed'])
    await eventually('the other server knows the next', () => other.feedOfKey(second)?.key === 'gauges', 2000)
    expect(other.feedOfKey(first)).toBeUndefined()
    await other.stop()
    const text = `SELECT actor ~ '^person:[0-9a-f-]{36}$' AS person, object, result FROM audit WHERE action = 'feeds.rotateKey'`
    const rows = await postgres.query({ name: 'acts', text, values: [] })
    const act = { person: true, object: `feed:${server.feed.no}`, result: 'ok' }
    expect(rows).toEqual([act, act])
    expect(await firstBrokenAudit(postgres)).toBeUndefined()
  })

  test('is not made for a feed that is not there, nor for one that is replayed from files', async () => {
    const mapping = readMapping(await readFile('scenarios/feeds/quakes.yaml', 'utf8'), 'quakes.yaml')
    await server.inner.catalogue.registerFeed(server.world.no, mapping, 'system:test')
    for (const [feed, status, code] of [
      ['nothing', 404, 'feed.unknown'],
      ['quakes', 409, 'feed.isReplayed'],
    ] as const) {
      const answer = await make(feed)
      expect([answer.status, ApiError.parse(JSON.parse(answer.text)).code]).toEqual([status, code])
    }
  })
})
