import { expect, test } from 'vitest'
import type { HealthPart } from '@/domain/api/health'
import { manualClock } from '@/platform/clock'
import { Health } from './health'

function setUp() {
  const clock = manualClock(1000)
  const states: Record<string, HealthPart['state']> = { database: 'up', store: 'up' }
  const probe = (name: string, needed: boolean) => ({ name, needed, check: () => states[name] ?? 'down' })
  const probes = [probe('database', true), probe('store', false)]
  return { clock, states, health: new Health({ clock, serverId: 's1', roles: ['web'], probes }) }
}

test('it is starting, then ready, then stopping, each since a moment', async () => {
  const { clock, health } = setUp()
  expect(health.view()).toMatchObject({ state: 'starting', since: 1000, parts: [] })
  clock.advance(500)
  await health.start()
  expect(health.view()).toMatchObject({ state: 'ready', since: 1500 })
  clock.advance(500)
  health.stopping()
  expect(health.view()).toMatchObject({ state: 'stopping', since: 2000 })
})

test('a needed part that is down makes it not ready, any other only shows', async () => {
  const { states, health } = setUp()
  states['store'] = 'down'
  await health.start()
  expect(health.view().state).toBe('ready')
  expect(health.view().parts.find(({ name }) => name === 'store')?.state).toBe('down')
  health.stopping()
  const other = setUp()
  other.states['database'] = 'down'
  await other.health.start()
  expect(other.health.view().state).toBe('notReady')
  other.health.stopping()
})
