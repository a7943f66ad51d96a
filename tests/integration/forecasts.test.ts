import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ForecastList, ForecastView } from '@/domain/api/forecasts'
import type { CityModel } from '@/domain/city/cityModel'
import { ComponentCodes } from '@/domain/city/componentCode'
import { FeedMapping } from '@/domain/feed/mapping'
import { unpackFrame } from '@/domain/flood/framePack'
import type { ModelRun } from '@/domain/runs/modelRun'
import { hasProduct } from '@/domain/runs/runState'
import { systemClock } from '@/platform/clock'
import { createMetrics } from '@/platform/metrics'
import { Conflict, NotFound } from '@/platform/errors'
import { beatRun, moveRun } from '@/platform/runs/runRows'
import { openLoopbackScreen } from '@/server/access/screens'
import { addModifier, approveRun, cancelRun, endModifierNow, modifiersOf, promoteRun } from '@/server/forecasts/acts'
import { writePackage } from '@/workers/city/package/writePackage'
import { at, tinyCity } from '@/workers/city/tinyCity'
import { JobQueue } from '@/workers/jobQueue'
import { createRunJob } from '@/workers/runJob'
import { RunAsker } from '@/workers/runs/runAsker'
import { eventually } from '../support/screen'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'
import { startWebServer } from '../support/webServer'
import type { WebServer } from '../support/webServer'

const MINUTE = 60_000
const GAUGES = 3
let services: TestServices
let server: WebServer
let folder: string
let token: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-forecasts-'))
  await writePackage(cityWithUnderpass(), { cities: join(folder, 'cities'), stamp: 'test' })
  services = await openServices()
  server = await startWebServer(services, { cities: join(folder, 'cities'), blobs: join(folder, 'blobs') })
  const { catalogue, live } = server.inner
  await catalogue.setCity(server.world.no, 'tiny', 'system:test')
  await catalogue.registerFeed(server.world.no, rainMapping(), 'system:test')
  token = await openLoopbackScreen(server.access)
  await eventually('leads', () => live.leads(server.world.no))
})
afterAll(async () => {
  await server.stop()
  await services.close()
  await rm(folder, { recursive: true })
})

/** The tiny city with a hollow under a street, its pump, and a pump station at the end of its drain. */
function cityWithUnderpass(): CityModel {
  const city = tinyCity()
  const { metres } = city.terrain
  for (let row = 68; row <= 72; row++) for (let column = 58; column <= 62; column++) metres[row * 101 + column] = 17
  const [longitude = 0, latitude = 0] = at(300, -600)
  const [east = 0, north = 0] = at(700, -400)
  const name = { 'zh-CN': '试验下穿', en: 'Trial underpass' }
  const codes = new ComponentCodes()
  const figures = { pumpCubicMetresPerSecond: 0.05 }
  return {
    ...city,
    lines: city.lines.map((line) => (line.class === 'drain' ? { ...line, network: 'pump-1' } : line)),
    facilities: [
      {
        code: codes.add('990199', 'underpass'),
        source: 'tiny/underpass-1',
        name,
        kind: 'underpass',
        longitude,
        latitude,
        figures,
      },
      {
        ...{ code: codes.add('990199', 'facility'), source: 'tiny/pump-1', name, kind: 'pumping' as const },
        ...{ longitude: east, latitude: north, figures: { capacityCubicMetresPerSecond: 0.2 } },
      },
    ],
  }
}

function rainMapping(): FeedMapping {
  const name = { 'zh-CN': '雨', en: 'Rain' }
  const place = (k: number) => {
    const [longitude, latitude] = at(-900 + 900 * k, 300 * k)
    return { longitude, latitude }
  }
  const things = Array.from({ length: GAUGES }, (_, k) => ({
    ...{ key: `rain-${k}`, name, properties: ['rain-5min'] },
    ...place(k),
  }))
  const [longitude, latitude] = at(300, -600)
  return FeedMapping.parse({
    ...{ version: 1, feed: 'rain', name, source: { kind: 'push' }, staleAfterSeconds: 600 },
    contract: {
      ...{ owner: 'Test', steward: 'Test', periodSeconds: 60, latenessSeconds: 60, licence: 'none' },
      ...{ classification: 'public', legalBasis: 'none', onBreach: 'none', newStreams: 'refuse' },
    },
    world: { key: 'trial', kind: 'exercise', name, timeZone: 'Asia/Shanghai', view: server.world.view },
    properties: [
      { key: 'rain-5min', name, unit: 'mm', decimals: 1 },
      { key: 'water-depth', name, unit: 'cm', decimals: 1 },
    ],
    things: { list: [...things, { key: 'underpass-1', name, longitude, latitude, properties: ['water-depth'] }] },
  })
}

const streamNo = (key: string): number => server.inner.catalogue.streamNo(server.world.no, key)!

/** Heavy rain of the last half an hour, and water that rises in the underpass by 2 cm a minute. */
async function pour(mm: number): Promise<void> {
  const now = server.inner.catalogue.worldTime(server.world.no)
  const rows = Array.from({ length: 30 }, (_, k) => {
    const time = now - (29 - k) * MINUTE
    const rain = Array.from({ length: GAUGES }, (_none, g) => [streamNo(`rain-${g}.rain-5min`), time, mm] as const)
    return [...rain, [streamNo('underpass-1.water-depth'), time, 2 * k] as const]
  }).flat()
  await server.inner.observe(server.world.no, rows)
}

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${server.url}/api/worlds/trial/forecasts${path}`, {
    ...init,
    headers: { cookie: `belfry_session=${token}`, 'content-type': 'application/json' },
  })
const list = async (): Promise<ForecastList> => ForecastList.parse(await (await ask('')).json())
const newest = async (): Promise<ModelRun | undefined> => (await list()).runs[0]

async function until(what: string, holds: (run: ModelRun | undefined) => boolean): Promise<ModelRun> {
  for (let k = 0; k < 400; k++) {
    const run = await newest()
    if (run !== undefined && holds(run)) return run
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
  throw new Error(`${what}: ${JSON.stringify(await newest())}`)
}

test('rain over the line asks for a run by itself; with nobody to carry it out a rule takes its place, and says so', async () => {
  expect((await list()).runs).toEqual([])
  await pour(4)
  const asked = await until('asked', () => true)
  expect(asked).toMatchObject({ kind: 'official', trigger: 'rain-15min', author: 'system:trigger', notice: 'NEW' })
  expect(asked.inputs[0]).toMatchObject({ key: 'rain-5min', coverage: 1 })
  await until('late', (run) => run?.state === 'late')
  const ruled = await until('rule', (run) => run?.state === 'fallback')
  expect(ruled).toMatchObject({ rung: 'rule', reason: 'noWorker', confidence: { grade: 'low' } })
  const { result } = ForecastView.parse(await (await ask(`/${ruled.id}`)).json())
  // 58 cm now and 2 cm a minute: over three lines, and 90 cm in 16 minutes.
  const [underpass] = result!.underpasses
  expect(underpass!.minutesToLines.slice(0, 3)).toEqual([0, 0, 0])
  expect(underpass!.minutesToLines[3]).toBeCloseTo(16, 0)
  expect(result!.frames).toEqual([])
})

test('a worker carries runs out; frames come as differences; the same request gives the same bytes', async () => {
  const { clickhouse, postgres, redis, log, redisPrefix } = services
  const stopping = new AbortController()
  const host = { varFolder: folder, nodePath: 'no-node', threads: 1 }
  const context = { clickhouse, postgres, log, clock: systemClock, signal: stopping.signal, ...host }
  const runJob = createRunJob(context, createMetrics('test'))
  const queue = new JobQueue({ redis, runJob, clock: systemClock, log, prefix: redisPrefix })
  queue.start()
  const asker = new RunAsker({ postgres, queue, log })
  asker.start()
  try {
    await pour(4)
    const run = await server.parts.forecasts.ask(server.inner.catalogue.world('trial')!, {
      kind: 'official',
      author: 'test',
    })
    // On a busy machine the ladder may take the coarse grid: what is proved here holds on both.
    const made = await eventuallyRun(run.id)
    expect(made.rung).not.toBe('rule')
    const { result } = ForecastView.parse(await (await ask(`/${run.id}`)).json())
    expect(result).toMatchObject({ rung: made.rung, massErrorQuanta: '0', rain: { measured_mmh: 48 } })
    expect(result!.frames).toHaveLength(19)
    const frame = await ask(`/${run.id}/frames/0`)
    const bytes = new Uint8Array(await frame.arrayBuffer())
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(result!.frames[0]!.blob)
    expect(unpackFrame(bytes).size).toBeGreaterThan(0)
    expect(result!.underpasses[0]!.minutesToLines[0]).toBeLessThan(60)
    const [held] = (await server.parts.forecasts.runs(server.world)).filter(({ run: one }) => one.id === run.id)
    const again = await server.parts.forecasts.repeat(server.world, held!, 'test')
    const repeated = await eventuallyRun(again.id)
    expect(repeated).toMatchObject({ kind: 'whatIf', repeats: run.id, result: made.result })
  } finally {
    stopping.abort()
    await asker.stop()
    await queue.stop()
  }
}, 150_000)

test('a worker that falls silent in its run gives way to the rule within five seconds', async () => {
  await pour(4)
  const { forecasts } = server.parts
  const world = server.inner.catalogue.world('trial')!
  const { id } = await forecasts.ask(world, { kind: 'whatIf', author: 'test', assumption: { kind: 'nowcast' } })
  await moveRun(services.postgres, id, 'running', { heartbeatAt: systemClock.now() })
  await beatRun(services.postgres, { id, at: systemClock.now(), progress: 0.4 })
  const died = performance.now()
  const run = await eventuallyRun(id)
  expect(run).toMatchObject({ state: 'fallback', rung: 'rule', reason: 'workerSilent' })
  expect(performance.now() - died).toBeLessThan(5000)
  // Past its deadline a run that lives gives way as well, and may still come.
  const { id: slow } = await forecasts.ask(world, {
    kind: 'whatIf',
    author: 'slow',
    assumption: { kind: 'persistence', holdMinutes: 1, halfLifeMinutes: 5 },
  })
  await moveRun(services.postgres, slow, 'running', {
    patch: { deadline: systemClock.now() },
    heartbeatAt: systemClock.now() + MINUTE,
  })
  expect(await eventuallyRun(slow)).toMatchObject({ state: 'fallback', rung: 'rule', reason: 'deadline' })
  // The model's own product, should it still come, is better and takes the rule's place.
  const late = await moveRun(services.postgres, id, 'draft', { patch: { rung: 'full' } })
  expect(late?.state).toBe('draft')
}, 60_000)

test('modifiers are part of every official run until they expire; a what-if has its own and never stands for it', async () => {
  const { forecasts } = server.parts
  const world = server.inner.catalogue.world('trial')!
  const draft = { kind: 'pumpOut', target: 'x', reason: 'fuse', minutes: 30 } as const
  const modifier = await addModifier(server.parts, world, { draft, author: 'person-1' })
  expect(modifier).toMatchObject({ author: 'person-1', reason: 'fuse' })
  expect(modifier.expiresAt - modifier.createdAt).toBe(30 * MINUTE)
  const official = await forecasts.ask(world, { kind: 'official', author: 'test' })
  expect(official.modifiers.map(({ id }) => id)).toEqual([modifier.id])
  const own = { ...draft, target: 'y' }
  const modifiers = modifiersOf(server.parts, world, { drafts: [own], author: 'person-2' })
  const whatIf = await forecasts.ask(world, { kind: 'whatIf', author: 'person-2', modifiers })
  expect(whatIf.request).not.toBe(official.request)
  expect((await list()).runs.map(({ id }) => id)).not.toContain(whatIf.id)
  await endModifierNow(server.parts, world, { id: modifier.id, author: 'person-1' })
  expect(await forecasts.modifiers(world)).toEqual([])
  await expect(endModifierNow(server.parts, world, { id: modifier.id, author: 'x' })).rejects.toThrow(NotFound)
})

test('what is approved is official until another is; a what-if is promoted first; cancelled is told and stays', async () => {
  const { forecasts } = server.parts
  const world = server.inner.catalogue.world('trial')!
  const held = async (id: string) => forecasts.run(world, id)
  const made = async (kind: 'official' | 'whatIf', target: string): Promise<string> => {
    const modifiers = modifiersOf(server.parts, world, {
      drafts: [{ kind: 'pumpOut', target, reason: 'trial', minutes: 30 }],
      author: 'p',
    })
    const { id } = await forecasts.ask(world, { kind, author: 'p', modifiers })
    await moveRun(services.postgres, id, 'fallback', { patch: { rung: 'rule' } })
    return id
  }
  const [first, second] = [await made('official', 'a'), await made('whatIf', 'b')]
  expect(await approveRun(server.parts, await held(first), 'chief')).toMatchObject({
    state: 'approved',
    approvedBy: 'chief',
  })
  await expect(approveRun(server.parts, await held(second), 'chief')).rejects.toThrow(Conflict)
  await promoteRun(server.parts, await held(second), 'chief')
  await approveRun(server.parts, await held(second), 'chief')
  expect((await held(first)).run.state).toBe('superseded')
  const cancelled = await cancelRun(server.parts, await held(second), { author: 'chief', reason: 'wrong gauge' })
  expect(cancelled).toMatchObject({ state: 'cancelled', notice: 'CANCELLED', reason: 'wrong gauge' })
  await expect(approveRun(server.parts, await held(second), 'chief')).rejects.toThrow(Conflict)
})

/** The run once it has a product. */
async function eventuallyRun(id: string): Promise<ModelRun> {
  for (let k = 0; k < 450; k++) {
    const { run } = await server.parts.forecasts.run(server.world, id)
    if (hasProduct(run.state)) return run
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
  const { run } = await server.parts.forecasts.run(server.world, id)
  throw new Error(`No product: ${JSON.stringify(run)}`)
}
