import { afterAll, beforeAll, expect, test } from 'vitest'
import { CHANNELS } from '@/domain/fold/delta'
import { pictureHash } from '@/domain/fold/pictureHash'
import type { WorldNo } from '@/domain/ids'
import { systemClock } from '@/platform/clock'
import { startLiveServer, testWorld } from '../support/liveServer'
import type { LiveServer } from '../support/liveServer'
import { eventually, TestScreen } from '../support/screen'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'

let services: TestServices
let server: LiveServer
let world: WorldNo

const open = async (serverId: string): Promise<LiveServer> => startLiveServer({ ...services, serverId })
const hash = (of: LiveServer): string => {
  const picture = of.live.picture(world)
  return picture === undefined ? '' : pictureHash(picture)
}

beforeAll(async () => {
  services = await openServices()
  server = await open('one')
  world = (await server.catalogue.ensureWorld(testWorld('trial'))).no
  await eventually('leads', () => server.live.state().worlds[0]?.role === 'leading')
})
afterAll(async () => {
  await server.stop()
  await services.close()
})

test('a record reaches a screen within a second as the same picture, with its trace', async () => {
  const screen = new TestScreen(`http://127.0.0.1:${server.port}`, 'trial')
  expect(await screen.join()).toMatchObject({ ok: true })
  await eventually('keyframes', () => screen.keyframes.length === CHANNELS.length)
  const now = systemClock.now()
  const before = performance.now()
  await server.observe(world, [
    [0, now, 1.5],
    [7, now - 1000, -3],
  ])
  await eventually('value on screen', () => screen.value(7) === -3)
  expect(performance.now() - before).toBeLessThan(1000)
  expect(pictureHash(screen.picture)).toBe(hash(server))
  expect(screen.deltas.at(-1)?.traces[0]?.id).toMatch(/^[0-9a-f]{32}$/)
  await eventually('pulse', () => screen.pulses.length > 0)
  expect(screen.pulses[0]).toMatchObject({ world: 'trial', clock: { rate: 1 } })
  screen.close()
})

test('a screen of another protocol is told to reload and gets nothing', async () => {
  const screen = new TestScreen(`http://127.0.0.1:${server.port}`, 'trial', 999)
  await eventually('reload', () => screen.reloads === 1)
  expect(screen.keyframes).toEqual([])
  screen.close()
})

test('a screen that comes back gets what it missed by number, not everything', async () => {
  const screen = new TestScreen(`http://127.0.0.1:${server.port}`, 'trial')
  await screen.join(['readings'])
  await eventually('keyframe', () => screen.keyframes.length === 1)
  screen.socket.disconnect()
  for (let value = 0; value < 5; value++) {
    await server.observe(world, [[3, systemClock.now() + value, value]])
    await new Promise((resolve) => setTimeout(resolve, 120))
  }
  screen.socket.connect()
  await screen.join(['readings'])
  await eventually('newest value', () => screen.value(3) === 4)
  expect(screen.keyframes).toHaveLength(1)
  expect(screen.deltas.some((delta) => (delta.merged ?? 0) > 1)).toBe(true)
  screen.close()
})

test('a new leader starts from the stores with the same picture and a new epoch', async () => {
  const now = systemClock.now()
  await server.observe(
    world,
    Array.from({ length: 500 }, (_, no) => [no, now, no / 3] as const),
  )
  await eventually('numbered', () => server.live.state().worlds[0]?.epoch !== 0)
  await new Promise((resolve) => setTimeout(resolve, 200))
  const before = hash(server)
  const epoch = server.live.state().worlds[0]?.epoch ?? 0
  await server.stop()
  server = await open('two')
  await eventually('leads again', () => server.live.state().worlds[0]?.role === 'leading')
  expect(hash(server)).toBe(before)
  expect(server.live.state().worlds[0]?.epoch).toBeGreaterThan(epoch)
})
