import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import * as parser from 'socket.io-msgpack-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ScreenToServer, ServerToScreen } from '@/domain/api/socket'
import { ApiError } from '@/domain/api/errors'
import { WallOrders, WallView } from '@/domain/api/wall'
import { PROTOCOL } from '@/domain/fold/delta'
import { makeFirstAdministrator } from '@/server/access/firstAdministrator'
import { firstBrokenAudit } from '@/server/access/audit'
import { openLoopbackScreen } from '@/server/access/screens'
import { eventually } from '../support/screen'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'
import { cookieOf, startWebServer } from '../support/webServer'
import type { WebServer } from '../support/webServer'

const PASSWORD = 'a long enough password'
const WALL = '/api/walls/main'
let services: TestServices
let server: WebServer
let desk: string
let screen: string
const tiles: Tile[] = []

beforeAll(async () => {
  services = await openServices()
  server = await startWebServer(services)
  let first = ''
  await makeFirstAdministrator({ ...server.access, handOver: (made) => Promise.resolve(void (first = made.password)) })
  const once = cookieOf(await send('/api/session', 'POST', { account: 'admin', password: first }, '')) ?? ''
  await send('/api/session/password', 'PUT', { current: first, next: PASSWORD }, once)
  desk = cookieOf(await send('/api/session', 'POST', { account: 'admin', password: PASSWORD }, '')) ?? ''
  screen = await openLoopbackScreen(server.access)
})
afterAll(async () => {
  for (const tile of tiles) tile.socket.disconnect()
  await server.stop()
  await services.close()
})

function send(path: string, method: string, body?: unknown, cookie = desk): Promise<Response> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' }
  const init = body === undefined ? {} : { body: JSON.stringify(body) }
  return fetch(`${server.url}${path}`, { method, ...init, headers: { ...json, cookie: `belfry_session=${cookie}` } })
}
const act = async (body: unknown): Promise<WallOrders> =>
  WallOrders.parse(await (await send(`${WALL}/acts`, 'POST', body)).json())
const view = async (): Promise<WallView> => WallView.parse(await (await send(WALL, 'GET')).json())
const codeOf = async (answer: Response): Promise<string> => ApiError.parse(await answer.json()).code

/** A tile that draws nothing: the socket of one, and every order that reached it. */
interface Tile {
  readonly socket: Socket<ServerToScreen, ScreenToServer>
  readonly orders: { readonly at: number; readonly of: WallOrders }[]
}

async function openTile(): Promise<Tile> {
  const extraHeaders = { cookie: `belfry_session=${screen}` }
  const socket: Tile['socket'] = io(server.url, {
    parser,
    transports: ['websocket'],
    auth: { protocol: PROTOCOL },
    extraHeaders,
    forceNew: true,
  })
  const tile: Tile = { socket, orders: [] }
  tiles.push(tile)
  socket.on('orders', (of) => void tile.orders.push({ at: performance.now(), of }))
  const of = (await socket.timeout(10_000).emitWithAck('watchWall', { wall: 'main' })) as WallOrders
  tile.orders.push({ at: performance.now(), of })
  return tile
}
const newest = (tile: Tile): WallOrders => tile.orders.at(-1)!.of

test('a wall that nobody laid out is one screen that shows what is usual', async () => {
  const { orders, screens, acts, skew } = await view()
  expect(orders).toMatchObject({ layout: { version: 0, body: { columns: 1, rows: 1 } }, state: { version: 0 } })
  expect([screens, acts, skew]).toEqual([[], [], undefined])
})

test('an act reaches every tile within a second, and a tile that starts again has it at once', async () => {
  const [one, other] = [await openTile(), await openTile()]
  const began = performance.now()
  const { state } = await act({ kind: 'scene', scene: 'flood' })
  await eventually('both tiles know', () => [one, other].every((tile) => newest(tile).state.version === state.version))
  for (const tile of [one, other]) expect(tile.orders.at(-1)!.at - began).toBeLessThan(1000)
  expect(newest(one)).toEqual(newest(other))
  expect(newest(await openTile()).state).toEqual(state)
})

test('acts are taken back one after the other, down to the first, and every step stands in the audit', async () => {
  const before = (await view()).orders.state
  await act({ kind: 'audience', audience: 'visitors' })
  await act({ kind: 'layer', layer: 'names', shown: false })
  const undo = async (): Promise<WallOrders> => WallOrders.parse(await (await send(`${WALL}/undo`, 'POST')).json())
  expect((await undo()).state.body).toMatchObject({ audience: 'visitors' })
  expect((await undo()).state.body).toEqual({ ...before.body, movedAt: expect.any(Number) as number })
  expect((await undo()).state.body.scene).toBe('home')
  expect(await codeOf(await send(`${WALL}/undo`, 'POST'))).toBe('wall.nothingToUndo')
  expect((await view()).acts.slice(0, 3).map(({ act: { kind } }) => kind)).toEqual(['undo', 'undo', 'undo'])
  expect(await firstBrokenAudit(services.postgres)).toBeUndefined()
})

test('two desks that steer at once lose no act of either', async () => {
  const { version } = (await view()).orders.state
  await Promise.all(Array.from({ length: 8 }, (_, i) => act({ kind: 'keep', name: `p${i}`, camera: pose(i) })))
  const { state } = (await view()).orders
  expect(state.version).toBe(version + 8)
  expect(state.body.bookmarks.map(({ name }) => name).sort()).toEqual(Array.from({ length: 8 }, (_, i) => `p${i}`))
  expect(await codeOf(await send(`${WALL}/acts`, 'POST', { kind: 'goTo', name: 'nowhere' }))).toBe('wall.noBookmark')
})
const pose = (i: number) => ({ longitude: i, latitude: i, zoom: 12, pitch: 30, bearing: 0 })

test('a new layout is a new version, told to the tiles; an edit of an older one is refused', async () => {
  const layout = { ...(await view()).orders.layout.body, columns: 2, rows: 2, bezelX: 12 }
  const kept = await send(`${WALL}/layout`, 'PUT', { version: 0, layout })
  expect(WallOrders.parse(await kept.json()).layout).toMatchObject({ version: 1, body: layout })
  await eventually('a tile knows', () => newest(tiles[0]!).layout.version === 1)
  expect(await codeOf(await send(`${WALL}/layout`, 'PUT', { version: 0, layout }))).toBe('wall.layoutChanged')
})

test('what tiles say is heard for five seconds, and their skew is measured', async () => {
  const beat = (shown: [number, number][]) => ({
    ...{ state: 1, world: 'trial', width: 1920, height: 1080, clockError: 3, faults: 0 },
    shown,
  })
  const [one, other] = tiles
  one!.socket.emit('beat', { screen: '1-1', beat: beat([[1000, 1160]]) })
  other!.socket.emit('beat', { screen: '2-1', beat: beat([[1000, 1181]]) })
  other!.socket.emit('beat', { screen: 'foyer-1-1', beat: beat([[1000, 9999]]) })
  await eventually('both are heard', async () => (await view()).screens.length === 2)
  expect((await view()).skew).toEqual({ at: 1000, spread: 21, screens: 2, clockError: 3 })
  await eventually('both are gone', async () => (await view()).screens.length === 0, 8000)
})

test('a screen reads and never steers; nobody does neither', async () => {
  expect((await send(WALL, 'GET', undefined, screen)).status).toBe(200)
  expect((await send(`${WALL}/acts`, 'POST', { kind: 'home' }, screen)).status).toBe(403)
  expect((await send(`${WALL}/layout`, 'PUT', { version: 1, layout: {} }, screen)).status).toBe(403)
  expect((await send(WALL, 'GET', undefined, '')).status).toBe(401)
})
