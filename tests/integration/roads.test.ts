import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ClosestAnswer, IsochroneAnswer, MatrixAnswer, NearestAnswer, RouteAnswer } from '@/domain/api/roads'
import type { Road } from '@/domain/city/cityModel'
import { buildRoadGraph } from '@/domain/roads/buildRoadGraph'
import { encodeGraph } from '@/domain/roads/graphCodec'
import { openLoopbackScreen } from '@/server/access/screens'
import { KeptClosures } from '@/server/roads/keptClosures'
import { Roads } from '@/server/roads/roads'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'
import { Officers } from '../support/officers'
import { startWebServer } from '../support/webServer'
import type { WebServer } from '../support/webServer'

let services: TestServices
let server: WebServer
let folder: string
let token: string

/** A square of four streets 1.9 km wide: south, east, north, west. */
const CORNERS = [118, 31, 118.02, 31, 118.02, 31.02, 118, 31.02, 118, 31]
const street = (side: number, changes: Partial<Road> = {}): Road => ({
  code: `999999020100000${side}` as Road['code'],
  source: `way/${side}`,
  name: { 'zh-CN': `${side}号街`, en: `Street ${side}` },
  line: Float64Array.from(CORNERS.slice(2 * side, 2 * side + 4)),
  class: 'primary',
  bridge: false,
  tunnel: false,
  underpass: false,
  layer: 0,
  oneWay: 0,
  width: 12,
  car: true,
  foot: true,
  ...changes,
})
const graphPath = (): string => join(folder, 'graph.bin')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-roads-'))
  await writeFile(graphPath(), encodeGraph(buildRoadGraph([0, 1, 2, 3].map((side) => street(side))).graph))
  services = await openServices()
  server = await startWebServer(services, { roadGraph: graphPath() })
  token = await openLoopbackScreen(server.access)
})
afterAll(async () => {
  await server.stop()
  await services.close()
  await rm(folder, { recursive: true })
})

async function ask(kind: string, body: unknown, cookie = `belfry_session=${token}`): Promise<Response> {
  return fetch(`${server.url}/api/worlds/trial/roads/${kind}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  })
}

const south = [118.01, 31.0001]
const east = [118.0201, 31.01]
const north = [118.01, 31.02]

test('a route goes round the corner, and the other way round at once when a road is closed', async () => {
  const first = RouteAnswer.parse(await (await ask('route', { from: south, to: east })).json())
  expect(first.route!.instructions.map(({ turn, road }) => [turn, road.name!.en])).toEqual([
    ['depart', 'Street 0'],
    ['left', 'Street 1'],
  ])
  // 955 m east and 1 109 m north.
  expect(first.route!.metres).toBeCloseTo(955.2 + 1108.8, -1)
  const change = { source: 'test', reason: 'flood', codes: [], places: [[118.015, 31] as [number, number]] }
  await server.parts.roads.change(server.world, { kind: 'close', ...change })
  const closed = RouteAnswer.parse(await (await ask('route', { from: [118, 31.001], to: east })).json())
  expect(closed.version).toBe(first.version + 1)
  expect(closed.route!.instructions.map(({ road }) => road.name!.en)).toEqual(['Street 3', 'Street 2', 'Street 1'])
  await server.parts.roads.change(server.world, { kind: 'reopen', source: 'test' })
  const again = RouteAnswer.parse(await (await ask('route', { from: south, to: east })).json())
  expect(again.route).toEqual(first.route)
})

const CLOSURES = '/api/worlds/trial/roads/closures'

test('a closure by the interface is kept, audited, told to a server that starts, and only for who may', async () => {
  const closing = { reason: '积水', codes: ['9999990201000000', 'nowhere'], places: [] }
  const officers = new Officers(server)
  const chief = await officers.signIn({ account: 'chief', name: 'Chief', roles: ['operator'] })
  const guest = await officers.signIn({ account: 'guest', name: 'Guest', roles: ['viewer'] })
  expect(await guest.refusal('PUT', `${CLOSURES}/flood`, closing)).toMatch(/^access\./)
  expect(await chief.refusal('PUT', `${CLOSURES}/flood`, { reason: '积水' })).toBe('roads.closesNothing')
  expect(await chief.ask('PUT', `${CLOSURES}/flood`, closing)).toEqual({
    unmatched: { codes: ['nowhere'], places: [] },
  })
  const round = RouteAnswer.parse(await (await ask('route', { from: [118, 31.001], to: east })).json())
  expect(round.counted.closedEdges).toBe(2)
  expect(round.route!.instructions.map(({ road }) => road.name!.en)).toEqual(['Street 3', 'Street 2', 'Street 1'])
  const other = new Roads({ log: services.log, graphOf: graphPath })
  const { postgres, catalogue } = server.parts
  const kept = new KeptClosures({ postgres, catalogue, roads: other, log: services.log })
  await kept.start()
  expect(kept.of(server.world)).toMatchObject([{ source: 'flood', reason: '积水', by: expect.any(String) as string }])
  expect(await chief.ask('DELETE', `${CLOSURES}/flood`)).toEqual({ closures: [] })
  expect(await chief.refusal('DELETE', `${CLOSURES}/flood`)).toBe('roads.noClosure')
  await kept.refresh()
  expect(kept.of(server.world)).toEqual([])
  kept.stop()
  await other.stop()
  expect(await guest.ask('GET', CLOSURES)).toEqual({ closures: [] })
  const entries = await postgres.query({
    name: 'audit',
    text: `SELECT action, object FROM audit WHERE action LIKE 'roads.%' AND result = 'ok' ORDER BY n`,
    values: [],
  })
  expect(entries.map((entry) => String(entry['action']))).toEqual(['roads.close', 'roads.reopen'])
})

test('the other questions answer by their schemas', async () => {
  const nearest = NearestAnswer.parse(await (await ask('nearest', { places: [south, [119, 31]] })).json())
  expect(nearest.places.map((place) => place?.code)).toEqual(['9999990201000000', undefined])
  expect(nearest.places[0]!.offRoadMetres).toBeCloseTo(11.1, 1)
  const matrix = MatrixAnswer.parse(
    await (await ask('matrix', { sources: [south, [119, 31]], targets: [south, east, north] })).json(),
  )
  expect(matrix.seconds[0]![0]).toBe(0)
  expect(matrix.seconds[0]![1]!).toBeLessThan(matrix.seconds[0]![2]!)
  expect(matrix.seconds[1]).toEqual([null, null, null])
  const closest = ClosestAnswer.parse(
    await (await ask('closest', { places: [south, east], target: north, count: 1 })).json(),
  )
  expect(closest.closest.map(({ index }) => index)).toEqual([1])
  const body = { place: south, seconds: [30, 60] }
  const isochrone = IsochroneAnswer.parse(await (await ask('isochrone', body)).json())
  const [half, whole] = isochrone.areas
  expect(whole!.metres / half!.metres).toBeCloseTo(2, 1)
  expect(half!.area.coordinates).toHaveLength(1)
})

test('refuses strangers, nonsense and Worlds without roads', async () => {
  expect((await ask('route', { from: south, to: east }, '')).status).toBe(401)
  expect((await ask('route', { from: south })).status).toBe(400)
  expect((await ask('nearest', { places: [[1000, 0]] })).status).toBe(400)
  expect((await ask('matrix', { sources: Array(1001).fill(south), targets: [south] })).status).toBe(400)
  await rm(graphPath())
  expect((await ask('route', { from: south, to: east })).status).toBe(503)
  await writeFile(graphPath(), 'no graph')
  expect((await ask('route', { from: south, to: east })).status).toBe(503)
  await writeFile(graphPath(), encodeGraph(buildRoadGraph([street(0)]).graph))
  expect(RouteAnswer.parse(await (await ask('route', { from: south, to: north })).json()).route).toBeNull()
})
