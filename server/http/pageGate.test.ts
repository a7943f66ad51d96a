import { expect, test } from 'vitest'
import type { Actor } from '@/domain/api/session'
import { epochMillis } from '@/domain/time'
import { detour } from './pageGate'

const sessionOf = (actor: Actor, mustChangePassword = false) => ({
  actor,
  mustChangePassword,
  expiresAt: epochMillis(1),
})
const person = sessionOf({ kind: 'person', id: 'p', name: 'P', roles: ['operator'] })
const newcomer = sessionOf({ kind: 'person', id: 'p', name: 'P', roles: ['administrator'] }, true)
const screen = sessionOf({ kind: 'screen', id: 's', name: 'S' })
const at = (path: string) => new URL(path, 'http://belfry')

test.each([
  ['nobody on the start page signs in', '/', undefined, '/login?next=%2F'],
  ['a wall without a session shows its pairing code', '/wall', undefined, undefined],
  ['a screen may look and may sign in', '/login', screen, undefined],
  ['who is signed in need not sign in again', '/login?next=%2Fwall%3Fworld%3Dlive', person, '/wall?world=live'],
  ['a one-time password is changed first', '/wall', newcomer, '/login'],
  ['and the page that changes it is shown', '/login', newcomer, undefined],
  ['nobody is led to another site', '/login?next=%2F%2Fevil.example', person, '/'],
  ['nor by a backslash', '/login?next=%2F%5Cevil.example', person, '/'],
  ['nor by a scheme', '/login?next=https%3A%2F%2Fevil.example', person, '/'],
] as const)('%s', (_name, path, session, elsewhere) => {
  expect(detour(at(path), session)).toBe(elsewhere)
})
