import { expect, test } from 'vitest'
import { Role } from '@/domain/api/accounts'
import type { Actor } from '@/domain/api/session'
import { CHANNELS } from '@/domain/fold/delta'
import { ACTIONS, authorise } from './authorise'

const person = (...roles: Role[]): Actor => ({ kind: 'person', id: 'p', name: 'P', roles })
const actors: Record<string, Actor | null> = {
  nobody: null,
  ...Object.fromEntries(Role.options.map((role) => [role, person(role)])),
  screen: { kind: 'screen', id: 's', name: 'S' },
  feed: { kind: 'feed', id: 'f', name: 'F' },
  system: { kind: 'system', id: 'belfry', name: 'Belfry' },
}

/**
 * Who may do what, written down once more: v viewer, d department, o operator, c chief, l leader (commander),
 * a administrator, s security, u auditor, w screen, f feed, b Belfry itself; * anybody.
 */
const matrix: Record<string, string> = {
  'health.read interface.read session.read session.open session.close screens.ask': '*',
  'password.change': 'vdoclasu',
  'picture.read history.read roads.read walls.read forecasts.read': 'vdoclawb',
  'incidents.read plans.read feeds.read': 'vdoclab',
  'people.read incidents.write tasks.move': 'doclab',
  'incidents.move decisions.answer tasks.sign plans.decide roads.close': 'oclab',
  'quarantine.read alarms.acknowledge alarms.shelve alarms.clear walls.steer': 'ocab',
  'calls.record calls.read incidents.open incidents.edit decisions.ask tasks.order shifts.hand': 'ocab',
  'quarantine.mend records.enter forecasts.act': 'ocab',
  'feeds.setStanding contracts.sign': 'ca',
  'accounts.read accounts.create accounts.disable accounts.reset': 'as',
  'audit.read': 'au',
  'screens.confirm screens.read screens.revoke feeds.rotateKey feeds.register worlds.setCity walls.layOut': 'a',
  'metrics.read': 'ab',
  'records.push': 'f',
}
const letters: Record<string, string> = {
  ...{ viewer: 'v', department: 'd', operator: 'o', chief: 'c', commander: 'l', administrator: 'a' },
  ...{ security: 's', auditor: 'u', screen: 'w', feed: 'f', system: 'b', nobody: '-' },
}
const wanted = Object.entries(matrix).flatMap(([actions, who]) => actions.split(' ').map((action) => [action, who]))

test('every action is in the matrix, and the matrix names no other', () => {
  expect(wanted.map(([action]) => action).sort()).toEqual([...ACTIONS].sort())
})

test.each(Object.keys(actors))('rights of %s are those of the matrix', (name) => {
  const letter = letters[name] ?? '?'
  const may = ACTIONS.filter((action) => authorise(actors[name] ?? null, action))
  const expected = wanted.flatMap(([action, who]) => (who === '*' || who?.includes(letter) ? [action] : []))
  expect([...may].sort()).toEqual([...expected].sort())
})

test('a channel is read by people and screens, never by a feed or by nobody', () => {
  for (const channel of CHANNELS) {
    const readers = Object.keys(actors).filter((name) =>
      authorise(actors[name] ?? null, 'picture.read', { world: 'linjiang', channel }),
    )
    expect(readers.map((name) => letters[name]).sort()).toEqual(Array.from('abcdlovw'))
  }
})

test('a person without a role has no rights of a role', () => {
  expect(authorise(person(), 'picture.read')).toBe(false)
})
