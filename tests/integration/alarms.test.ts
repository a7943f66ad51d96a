import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Alarm } from '@/domain/alarm'
import type { Actor } from '@/domain/api/session'
import type { WorldNo } from '@/domain/ids'
import { epochMillis } from '@/domain/time'
import { systemClock } from '@/platform/clock'
import { Conflict, Forbidden, InvalidInput, NotFound } from '@/platform/errors'
import { inTransaction } from '@/platform/postgres/transaction'
import { firstBrokenAudit } from '@/server/access/audit'
import { acknowledgeAlarm } from '@/server/command/acknowledgeAlarm'
import { clearAlarm } from '@/server/command/clearAlarm'
import { closeAlarm } from '@/server/command/closeAlarm'
import { systemActor } from '@/server/command/commandContext'
import type { CommandContext } from '@/server/command/commandContext'
import { appendEvent } from '@/server/command/outbox'
import { raiseAlarm } from '@/server/command/raiseAlarm'
import type { RaiseAlarm } from '@/server/command/raiseAlarm'
import { shelveAlarm } from '@/server/command/shelveAlarm'
import { ShelfWatch } from '@/server/detect/shelfWatch'
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
  const shelving = { minutes: 30, reason: 'pump under repair' }
  await expect(shelveAlarm(as(person('viewer')), { world, id }, shelving)).rejects.toThrow(Forbidden)
  const shelved = await shelveAlarm(as(person('operator')), { world, id }, shelving)
  expect(shelved).toMatchObject({ state: 'shelved', reason: 'pump under repair' })
  expect(await clearAlarm(as(detector), { world, id })).toMatchObject({ state: 'cleared' })
  const unknown = '00000000-0000-4000-8000-000000000000'
  await expect(clearAlarm(as(detector), { world, id: unknown })).rejects.toThrow(NotFound)
})

test('each alarm has a short number for its life; it comes back after all others had their turn', async () => {
  const first = await raised('number-1')
  const second = await raised('number-2')
  expect(second.no).toBe((first.no! % 99) + 1)
  const seen = await acknowledgeAlarm(as(person('operator')), { world, id: first.id })
  expect(seen.no).toBe(first.no)
  await clearAlarm(as(detector), { world, id: first.id })
  const third = await raised('number-3')
  expect(third.no).toBe((second.no! % 99) + 1)
  const many = await Promise.all(Array.from({ length: 97 }, (_, n) => raised(`many-${n}`)))
  const open = [second, third, ...many].map(({ no }) => no!)
  expect(new Set(open).size).toBe(99)
  const beyond = await raised('number-100')
  expect(new Set([...open, beyond.no]).size).toBe(100)
  for (const { id } of [...many, beyond]) await clearAlarm(as(detector), { world, id })
  expect((await raised('number-4')).no).toBeLessThanOrEqual(99)
})

test('a shelved alarm needs a reason and an end, and comes back when its time is over', async () => {
  const { id, no } = await raised('shelf')
  const operator = as(person('operator'))
  await expect(shelveAlarm(operator, { world, id }, { minutes: 10, reason: '  ' })).rejects.toThrow(InvalidInput)
  await expect(shelveAlarm(operator, { world, id }, { minutes: 481, reason: 'x' })).rejects.toThrow(InvalidInput)
  const shelved = await shelveAlarm(operator, { world, id }, { minutes: 10, reason: 'x' })
  const alarms = () => server.live.picture(world)!.alarms.values()
  await eventually('shelved in the picture', () => server.live.picture(world)?.alarms.get(id)?.state === 'shelved')
  const watch = new ShelfWatch(as(systemActor('detect')), services.log)
  await watch.look(world, alarms(), epochMillis(shelved.until! - 1))
  expect(server.live.picture(world)?.alarms.get(id)?.state).toBe('shelved')
  await watch.look(world, alarms(), shelved.until!)
  await eventually('back', () => server.live.picture(world)?.alarms.get(id)?.state === 'raised')
  const back = server.live.picture(world)?.alarms.get(id)
  expect(back).toMatchObject({ no })
  expect(back).not.toHaveProperty('reason')
  expect(back).not.toHaveProperty('until')
})

test('a person clears an alarm by reason; the same crossing raises it no more', async () => {
  const { id } = await raised('false-alarm', 7000)
  await expect(closeAlarm(as(person('operator')), { world, id }, '')).rejects.toThrow(InvalidInput)
  await expect(closeAlarm(as(person('viewer')), { world, id }, 'no water there')).rejects.toThrow(Forbidden)
  const cleared = await closeAlarm(as(person('operator')), { world, id }, 'no water there')
  expect(cleared).toMatchObject({ state: 'cleared', reason: 'no water there', movedBy: 'person-1' })
  expect(await raiseAlarm(as(detector), condition('false-alarm', 7000))).toBeUndefined()
  expect(await raised('false-alarm', 8000)).toMatchObject({ state: 'raised' })
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
