import { expect, test } from 'vitest'
import type { Actor } from '@/domain/api/session'
import { CHANNELS } from '@/domain/fold/delta'
import { ACTIONS, authorise } from './authorise'

const person = (...roles: ('administrator' | 'operator' | 'viewer')[]): Actor => ({
  kind: 'person',
  id: 'p',
  name: 'P',
  roles,
})
const actors: Record<string, Actor | null> = {
  nobody: null,
  viewer: person('viewer'),
  operator: person('operator'),
  administrator: person('administrator'),
  screen: { kind: 'screen', id: 's', name: 'S' },
  feed: { kind: 'feed', id: 'f', name: 'F' },
  system: { kind: 'system', id: 'belfry', name: 'Belfry' },
}

test('rights are exactly these', () => {
  const open = ['health.read', 'interface.read', 'session.read', 'session.open', 'session.close', 'screens.ask']
  const read = ['picture.read', 'history.read', 'roads.read', 'walls.read']
  const desk = ['quarantine.read', 'alarms.acknowledge', 'alarms.shelve', 'alarms.clear', 'walls.steer']
  const accounts = ['accounts.read', 'accounts.create', 'accounts.disable', 'accounts.reset']
  const admin = [
    ...accounts,
    'screens.confirm',
    'screens.read',
    'screens.revoke',
    'feeds.rotateKey',
    'worlds.setCity',
    'walls.layOut',
    'metrics.read',
  ]
  const expected: Record<string, string[]> = {
    nobody: open,
    viewer: [...open, 'password.change', ...read],
    operator: [...open, 'password.change', ...read, ...desk],
    administrator: [...open, 'password.change', ...admin, ...read, ...desk],
    screen: [...open, ...read],
    feed: [...open, 'records.push'],
    system: [...open, 'metrics.read', ...read, ...desk],
  }
  for (const [name, actor] of Object.entries(actors)) {
    const may = ACTIONS.filter((action) => authorise(actor, action))
    expect([...may].sort(), name).toEqual([...(expected[name] ?? [])].sort())
  }
})

test('a channel is read by people and screens, never by a feed or by nobody', () => {
  for (const channel of CHANNELS) {
    const readers = Object.keys(actors).filter((name) =>
      authorise(actors[name] ?? null, 'picture.read', { world: 'linjiang', channel }),
    )
    expect(readers).toEqual(['viewer', 'operator', 'administrator', 'screen', 'system'])
  }
})

test('a person without a role has no rights of a role', () => {
  expect(authorise(person(), 'picture.read')).toBe(false)
})
