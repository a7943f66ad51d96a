import { gzipSync } from 'node:zlib'
import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '@/platform/clock'
import { failureOf } from '@/server/http/apiErrors'
import { ingestRoutes } from '@/server/http/ingestRoutes'
import { type IntakeBench, openIntake } from '../support/ingestBench'
import { type TestServices, openServices } from '../support/services'

let services: TestServices
let bench: IntakeBench
let app: FastifyInstance
let key: string

beforeAll(async () => {
  services = await openServices()
  bench = await openIntake(services)
  key = await bench.catalogue.rotateFeedKey(bench.feed.no, 'system:test')
  const clock = { anchorWorld: systemClock.now(), anchorReal: systemClock.now(), rate: 1 }
  await bench.catalogue.ensureWorld({ ...bench.world, key: 'other', clock })
  app = Fastify()
  app.setErrorHandler((cause, _request, reply) => {
    const { status, body } = failureOf(cause, 'trace')
    return reply.code(status).send(body)
  })
  await app.register(ingestRoutes({ ingest: bench.ingest, catalogue: bench.catalogue, clock: systemClock }).plugin)
})
afterAll(async () => {
  await app.close()
  await bench.close()
  await services.close()
})

const line = (): string => JSON.stringify({ datastream: 'a.level', phenomenonTime: systemClock.now(), result: 1 })

function post(
  payload: string | Buffer,
  { url = '/api/worlds/trial/feeds/gauges/records', ...headers }: Record<string, string> = {},
) {
  const given = { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson', ...headers }
  return app.inject({ method: 'POST', url, payload, headers: given })
}

test('a push with its key is answered with a receipt that carries the trace of its traceparent', async () => {
  const trace = 'c'.repeat(32)
  const answer = await post(gzipSync(`${line()}\n{"bad"`), {
    'content-encoding': 'gzip',
    traceparent: `00-${trace}-${'d'.repeat(16)}-01`,
  })
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toMatchObject({
    traceId: trace,
    received: 2,
    accepted: 1,
    rejected: 1,
    refused: [{ line: 2, reason: 'notJson' }],
  })
})

test.each([
  ['a wrong key', { authorization: 'Bearer nobody' }, 401],
  ['no key', { authorization: '' }, 401],
  ['a World that is not there', { url: '/api/worlds/nowhere/feeds/gauges/records' }, 404],
  ['a feed that is not there', { url: '/api/worlds/trial/feeds/none/records' }, 404],
  ['another World', { url: '/api/worlds/other/feeds/gauges/records' }, 409],
  ['another form', { 'content-type': 'text/csv' }, 415],
  ['another encoding', { 'content-encoding': 'br' }, 415],
  ['nothing readable', { 'content-encoding': 'gzip' }, 400],
])('%s is refused', async (_name, headers, status) => {
  const answer = await post(line(), headers)
  expect([answer.statusCode, typeof answer.json<{ code: unknown }>().code]).toEqual([status, 'string'])
})

test('a body beyond its bounds is refused, packed or not', async () => {
  expect((await post(Buffer.alloc(17 * 1024 ** 2, 32))).statusCode).toBe(413)
  expect((await post(gzipSync(Buffer.alloc(70 * 1024 ** 2, 32)), { 'content-encoding': 'gzip' })).statusCode).toBe(413)
})

test('an intake that stops asks to come back later', async () => {
  await bench.ingest.stop()
  const answer = await post(line())
  expect([answer.statusCode, answer.json()]).toMatchObject([
    503,
    { code: expect.stringMatching(/^ingest\./) as string },
  ])
})
