import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { isOwnMachine, refusalOf } from './guard'
import type { GuardOptions } from './guard'

const asked = (method: string, headers: Record<string, string>, remoteAddress = '127.0.0.1') =>
  ({ method, headers, socket: { remoteAddress } }) as unknown as IncomingMessage

const loopback: GuardOptions = { host: '127.0.0.1' }
const wide: GuardOptions = { host: '0.0.0.0', publicOrigin: 'https://belfry.example' }

test.each([
  [loopback, 'localhost:3000', undefined],
  [loopback, '[::1]:3000', undefined],
  [loopback, 'rebound.example:3000', 'http.hostRefused'],
  [loopback, '10.0.0.7:3000', 'http.hostRefused'],
  [loopback, 'localhost@evil.example', 'http.hostRefused'],
  [wide, '10.0.0.7:3000', undefined],
  [wide, 'belfry.example', undefined],
  [wide, 'rebound.example', 'http.hostRefused'],
] as const)('bound as %o, Host %s: %s', (options, host, refusal) => {
  expect(refusalOf(asked('GET', { host }), options)).toBe(refusal)
})

test.each([
  ['POST', { origin: 'http://localhost:3000' }, undefined],
  ['POST', { origin: 'http://localhost:4000' }, 'http.originRefused'],
  ['POST', { origin: 'https://evil.example' }, 'http.originRefused'],
  ['POST', { 'sec-fetch-site': 'same-site' }, 'http.originRefused'],
  ['POST', { 'sec-fetch-site': 'same-origin' }, undefined],
  ['POST', {}, undefined],
  ['GET', { origin: 'https://evil.example' }, undefined],
] as const)('%s with %o: %s', (method, headers, refusal) => {
  expect(refusalOf(asked(method, { host: 'localhost:3000', ...headers }), loopback)).toBe(refusal)
})

test('a socket is opened by our own pages only, though it begins as a GET', () => {
  const from = (origin: string) => refusalOf(asked('GET', { host: 'localhost:3000', origin }), loopback, true)
  expect([from('http://localhost:3000'), from('https://evil.example')]).toEqual([undefined, 'http.originRefused'])
})

test('only a direct request of this machine by a loopback name is its own', () => {
  const own = (headers: Record<string, string>, remote?: string, options = loopback) =>
    isOwnMachine(asked('GET', { host: 'localhost:3000', ...headers }, remote), options)
  expect(own({})).toBe(true)
  expect(own({ 'x-forwarded-for': '10.0.0.7' })).toBe(false)
  expect(own({ host: '10.0.0.7:3000' })).toBe(false)
  expect(own({}, '10.0.0.7')).toBe(false)
  expect(own({}, '127.0.0.1', wide)).toBe(false)
})
