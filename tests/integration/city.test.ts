import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CityView } from '@/domain/api/city'
import { openLoopbackScreen } from '@/server/access/screens'
import { writePackage } from '@/workers/city/package/writePackage'
import type { WrittenPackage } from '@/workers/city/package/writePackage'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'
import { tinyCity } from '@/workers/city/tinyCity'
import { startWebServer } from '../support/webServer'
import type { WebServer } from '../support/webServer'

let services: TestServices
let server: WebServer
let cities: string
let written: WrittenPackage
let token: string

beforeAll(async () => {
  cities = await mkdtemp(join(tmpdir(), 'belfry-cities-'))
  written = await writePackage(tinyCity(), { cities, stamp: 'test' })
  services = await openServices()
  server = await startWebServer(services, { cities })
  token = await openLoopbackScreen(server.access)
})
afterAll(async () => {
  await server.stop()
  await services.close()
  await rm(cities, { recursive: true })
})

const ask = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}): Promise<Response> =>
  fetch(`${server.url}${path}`, { ...init, headers: { cookie: `belfry_session=${token}`, ...headers } })
const codeOf = async (answer: Response): Promise<unknown> => ((await answer.json()) as { code: unknown }).code

test('a World without a package says so, and how far the making of one is', async () => {
  const none = await ask('/api/worlds/trial/city')
  expect([none.status, await codeOf(none)]).toEqual([404, 'city.none'])
  await writeFile(join(cities, '.building-trial.json'), '{"step":"terrain","share":0.4}')
  const building = await ask('/api/worlds/trial/city')
  expect(await building.json()).toMatchObject({ code: 'city.building', args: { step: 'terrain', share: 0.4 } })
  await rm(join(cities, '.building-trial.json'))
})

test('a World shows the package that it was given, and every file comes as it was written', async () => {
  await server.inner.catalogue.setCity(server.world.no, 'tiny', 'system:test')
  const view = CityView.parse(await (await ask('/api/worlds/trial/city')).json())
  expect(view.digest).toBe(written.digest)
  const sums = await ask(`${view.root}/buildings/tileset.json`)
  expect(sums.headers.get('cache-control')).toContain('immutable')
  for (const path of [
    view.manifest.roads.graph,
    view.manifest.terrain.raster,
    'buildings/13/6697/3364.glb',
    'manifest.json',
  ]) {
    const plain = Buffer.from(
      await (await ask(`${view.root}/${path}`, { 'accept-encoding': 'identity' })).arrayBuffer(),
    )
    const packed = await ask(`${view.root}/${path}`, { 'accept-encoding': 'br' })
    expect(packed.headers.get('content-encoding')).toBe(path.endsWith('.tif') ? null : 'br')
    expect(Buffer.from(await packed.arrayBuffer()).equals(plain)).toBe(true)
    expect(packed.headers.get('etag')).toBe(`"${createHash('sha256').update(plain).digest('hex')}"`)
    const again = await ask(`${view.root}/${path}`, { 'if-none-match': packed.headers.get('etag') ?? '' })
    expect(again.status).toBe(304)
  }
})

test('a raster is read in pieces', async () => {
  const path = `/tiles/tiny/${written.digest}/terrain/dem.tif`
  const whole = Buffer.from(await (await ask(path)).arrayBuffer())
  const part = await ask(path, { range: 'bytes=4-11' })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 4-11/${whole.length}`])
  expect(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(4, 12))).toBe(true)
  const rest = await ask(path, { range: `bytes=${whole.length - 3}-` })
  expect((await rest.arrayBuffer()).byteLength).toBe(3)
  expect((await ask(path, { range: `bytes=${whole.length}-` })).status).toBe(416)
})

test.each([
  '../../../etc/passwd',
  '..%2f..%2fmanifest.json',
  '%2e%2e/tiny/manifest.json',
  'SHA256SUMS',
  'nothing.json',
])('%s is no file of the package', async (path) => {
  const answer = await ask(`/tiles/tiny/${written.digest}/${path}`)
  expect(answer.status).toBe(404)
})

test('an old digest, a foreign name and a stranger get nothing', async () => {
  const old = await ask(`/tiles/tiny/${'0'.repeat(64)}/manifest.json`)
  expect([old.status, await codeOf(old)]).toEqual([404, 'city.changed'])
  expect((await ask(`/tiles/..%2ftiny/${written.digest}/manifest.json`)).status).toBe(404)
  expect((await ask(`/tiles/tiny/${written.digest}/manifest.json`, { cookie: '' })).status).toBe(401)
})

test('a screen may not choose the city', async () => {
  const body = JSON.stringify({ city: null })
  const answer = await ask('/api/worlds/trial/city', { 'content-type': 'application/json' }, { method: 'PUT', body })
  expect(answer.status).toBe(403)
})

test('a package that is written anew is found under its new digest', async () => {
  const model = tinyCity()
  const fewer = { ...model, buildings: model.buildings.slice(0, 10) }
  const next = await writePackage(fewer, { cities, stamp: 'test' })
  expect(next.digest).not.toBe(written.digest)
  const view = CityView.parse(await (await ask('/api/worlds/trial/city')).json())
  expect(view.digest).toBe(next.digest)
  expect(view.manifest.buildings.count).toBe(10)
})
