import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Alarm } from '@/domain/alarm'
import type { Actor } from '@/domain/api/session'
import type { WorldNo } from '@/domain/ids'
import { epochMillis } from '@/domain/time'
import { systemClock } from '@/platform/clock'
import { Conflict, Forbidden, NotFound } from '@/platform/errors'
import { inTransaction } from '@/platform/postgres/transaction'
import { firstBrokenAudit } from '@/server/access/audit'
import { acknowledgeAlarm } from '@/server/command/acknowledgeAlarm'
import { clearAlarm } from '@/server/command/clearAlarm'
import { systemActor } from '@/server/command/commandContext'
import type { CommandContext } from '@/server/command/commandContext'
import { appendEvent } from '@/server/command/outbox'
import { raiseAlarm } from '@/server/command/raiseAlarm'
import type { RaiseAlarm } from '@/server/command/raiseAlarm'
import { shelveAlarm } from '@/server/command/shelveAlarm'
import { startLiveServer, testWorld } from '../support/liveServer'
import type { LiveServer } from '../support/liveServer'
import { eventually, TestScreen } from '../support/screen'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'

let services: TestServices
let server: LiveServer
let world: WorldNo

const person = (...roles: ('operator' | 'viewer')[]): Actor => ({ kind: 'person', id: 'person-1', name: 'P', roles })
const as = (actor: Actor): CommandContext => {
  return { actor, postgres: services.postgres, clock: systemClock, worldTime: () => systemClock.now() }
}
const detector = systemActor('detect')
const condition = (key: string, raisedAt = 1000): RaiseAlarm => {
  return { world, detector: 'threshold', key, level: 2, value: 6, limit: 5, raisedAt: epochMillis(raisedAt) }
}
async function raised(key: string, raisedAt?: number): Promise<Alarm> {
  const alarm = await raiseAlarm(as(detector), condition(key, raisedAt))
  if (alarm === undefined) throw new Error('not raised')
  return alarm
}
async function eventNumbers(): Promise<number[]> {
  const sql = { name: 'numbers', text: 'SELECT n FROM events WHERE world = $1 ORDER BY n', values: [world] }
  return (await services.postgres.query(sql)).map((row) => row['n'] as number)
}

beforeAll(async () => {
  services = await openServices()
  server = await startLiveServer({ ...services, serverId: 'alarms' })
  world = (await server.catalogue.ensureWorld(testWorld('alarms'))).no
  await eventually('leads', () => server.live.leads(world))
})
afterAll(async () => {
  await server.stop()
  await services.close()
})

test('a condition has one open alarm, whoever sees it, and one moment raises it once for ever', async () => {
  const both = await Promise.all([raiseAlarm(as(detector), condition('a')), raiseAlarm(as(detector), condition('a'))])
  expect(both.filter((alarm) => alarm !== undefined)).toHaveLength(1)
  expect(await raiseAlarm(as(detector), condition('a', 2000))).toBeUndefined()
  const [alarm] = both.flatMap((one) => one ?? [])
  await clearAlarm(as(detector), { world, id: alarm?.id ?? '' })
  expect(await raiseAlarm(as(detector), condition('a'))).toBeUndefined()
  const next = await raised('a', 2000)
  expect(next.id).not.toBe(alarm?.id)
})

test('an alarm moves as its table says, by those who may', async () => {
  const { id } = await raised('moves')
  await expect(acknowledgeAlarm(as(person('viewer')), { world, id })).rejects.toThrow(Forbidden)
  await expect(clearAlarm(as(person('operator')), { world, id })).rejects.toThrow(Forbidden)
  const seen = await acknowledgeAlarm(as(person('operator')), { world, id })
  expect(seen).toMatchObject({ state: 'acknowledged', movedBy: 'person-1', raisedAt: 1000 })
  await expect(acknowledgeAlarm(as(person('operator')), { world, id })).rejects.toThrow(Conflict)
  expect(await shelveAlarm(as(person('operator')), { world, id })).toMatchObject({ state: 'shelved' })
  expect(await clearAlarm(as(detector), { world, id })).toMatchObject({ state: 'cleared' })
  const unknown = '00000000-0000-4000-8000-000000000000'
  await expect(clearAlarm(as(detector), { world, id: unknown })).rejects.toThrow(NotFound)
})

test('events are numbered without a gap, also when commands meet and one fails', async () => {
  const before = await eventNumbers()
  const failing = inTransaction(services.postgres, async (tx) => {
    const at = systemClock.now()
    await appendEvent(tx, { world, kind: 'catalogue.changed', body: { version: 1 }, actor: 'test', at })
    throw new Error('the command failed')
  })
  const all = await Promise.allSettled([failing, ...Array.from({ length: 20 }, (_, n) => raised(`meet-${n}`))])
  expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(1)
  const after = await eventNumbers()
  expect(after).toEqual(Array.from({ length: before.length + 20 }, (_, n) => n + 1))
  expect(await firstBrokenAudit(services.postgres)).toBeUndefined()
})

test('a move reaches a screen by the road of the readings, in order', async () => {
  const screen = new TestScreen(`http://127.0.0.1:${server.port}`, 'alarms')
  await screen.join(['alarms'])
  const { id } = await raised('screen')
  await eventually('raised on screen', () => screen.picture.alarms.get(id)?.state === 'raised')
  await acknowledgeAlarm(as(person('operator')), { world, id })
  await eventually('acknowledged on screen', () => screen.picture.alarms.get(id)?.state === 'acknowledged')
  await clearAlarm(as(detector), { world, id })
  await eventually('gone from the screen', () => !screen.picture.alarms.has(id))
  const carried = server.log.flatMap((record) => (record.kind === 'outbox' ? record.events.map(({ n }) => n) : []))
  expect(carried).toEqual(await eventNumbers())
  screen.close()
})
