import { afterAll, beforeAll, expect, test } from 'vitest'
import { CHANNELS, PROTOCOL } from '@/domain/fold/delta'
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

test('a screen that reads nothing costs the server no backlog and ends with the latest of each key', async () => {
  const slow = new TestScreen(`http://127.0.0.1:${server.port}`, 'trial')
  const fast = new TestScreen(`http://127.0.0.1:${server.port}`, 'trial')
  for (const screen of [slow, fast]) await screen.join(['readings'])
  await eventually('keyframes', () => slow.keyframes.length === 1 && fast.keyframes.length === 1)
  slow.pause()
  const ticks = 60
  for (let tick = 0; tick < ticks; tick++) {
    const now = systemClock.now()
    await server.observe(
      world,
      Array.from({ length: 6000 }, (_, no) => [no, now, tick + no] as const),
      false,
    )
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await eventually('the fast one has it all', () => fast.value(5999) === ticks - 1 + 5999)
  const waits = /belfry_live_waits_total\{[^}]*channel="readings"[^}]*\} (\d+)/.exec(await server.metrics.text())
  expect(Number(waits?.[1])).toBeGreaterThan(0)
  slow.resume()
  await eventually('the slow one too', () => slow.value(5999) === ticks - 1 + 5999)
  await eventually('in the same place', () => slow.held.readings.seq === fast.held.readings.seq)
  expect(Math.max(...slow.deltas.map((delta) => delta.merged ?? 1))).toBeGreaterThan(2)
  expect(slow.deltas.length).toBeLessThan(fast.deltas.length)
  expect(slow.gaps).toBe(0)
  expect(pictureHash(slow.picture)).toBe(pictureHash(fast.picture))
  for (const screen of [slow, fast]) screen.close()
}, 60_000)

test('a screen without the right is refused, one whose right is taken away is put out', async () => {
  const named = (name: string): TestScreen =>
    new TestScreen(`http://127.0.0.1:${server.port}`, 'trial', PROTOCOL, { 'x-test-actor': name })
  const stranger = named('stranger')
  expect(await stranger.join()).toMatchObject({ ok: false, code: 'channel.forbidden' })
  const gap = { world: 'trial', channel: 'readings', epoch: 0, seq: 0 } as const
  expect(await stranger.socket.emitWithAck('gap', gap)).toMatchObject({ code: 'channel.forbidden' })
  expect(stranger.keyframes).toEqual([])
  const wall = named('wall-3')
  await wall.join()
  await eventually('picture', () => wall.keyframes.length > 0)
  server.live.disconnectActor('wall-3')
  await eventually('put out', () => wall.signedOut === 1 && !wall.socket.connected)
  expect(stranger.socket.connected).toBe(true)
  for (const screen of [stranger, wall]) screen.close()
})

test('what a screen presented becomes the latency from the sensor, once a second, nonsense never', async () => {
  const screen = new TestScreen(`http://127.0.0.1:${server.port}`, 'trial')
  await screen.join()
  const now = systemClock.now()
  const sample = { traceId: 'd'.repeat(32), receivedAt: now - 320, presentedAt: now }
  screen.socket.emit('presented', { ...sample, receivedAt: Number.NaN })
  screen.socket.emit('presented', { ...sample, traceId: 'no trace' })
  for (let i = 0; i < 5; i++) screen.socket.emit('presented', sample)
  await screen.socket.emitWithAck('time', now)
  const text = await server.metrics.text()
  expect(text).toMatch(/belfry_sensor_to_screen_seconds_count\{[^}]*\} 1\n/)
  expect(text).toMatch(/belfry_sensor_to_screen_seconds_sum\{[^}]*\} 0\.32\n/)
  screen.close()
})

test('a leader whose lock breaks steps down at once and comes back with a new epoch', async () => {
  const screen = new TestScreen(`http://127.0.0.1:${server.port}`, 'trial')
  await screen.join(['readings'])
  await eventually('keyframe', () => screen.epochs.size === 1)
  const kill = `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 1113937158
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
  await services.postgres.query({ name: 'kill', text: kill, values: [] })
  await eventually('no leader', () => !server.live.leads(world), 2000)
  await server.observe(world, [[1, systemClock.now(), 4711]])
  await eventually('new epoch on screen', () => screen.epochs.size === 2)
  await eventually('what came meanwhile', () => screen.value(1) === 4711)
  expect(pictureHash(screen.picture)).toBe(hash(server))
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
