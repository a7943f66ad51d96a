import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock, systemClock } from '@/platform/clock'
import { firstBrokenAudit } from '@/server/access/audit'
import { makeFirstAdministrator } from '@/server/access/firstAdministrator'
import type { FirstAdministrator } from '@/server/access/firstAdministrator'
import { openLoopbackScreen } from '@/server/access/screens'
import { eventually, TestScreen } from '../support/screen'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'
import { cookieOf, startWebServer } from '../support/webServer'
import type { WebServer } from '../support/webServer'

const clock = manualClock(systemClock.now())
const password = 'a long enough password'
let services: TestServices
let server: WebServer
let made: FirstAdministrator

beforeAll(async () => {
  services = await openServices()
  server = await startWebServer(services, { clock })
  await makeFirstAdministrator({ ...server.access, handOver: (first) => Promise.resolve(void (made = first)) })
})
afterAll(async () => {
  await server.stop()
  await services.close()
})

const ask = (path: string, init: RequestInit = {}, cookie?: string): Promise<Response> =>
  fetch(`${server.url}${path}`, {
    ...init,
    headers: {
      ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookie === undefined ? {} : { cookie: `belfry_session=${cookie}` }),
    },
  })
const send = (path: string, body: unknown, cookie?: string, method = 'POST'): Promise<Response> =>
  ask(path, { method, body: JSON.stringify(body) }, cookie)
const signIn = (secret: string, account = 'admin') => send('/api/session', { account, password: secret })

test('of two starts at once one makes the administrator', async () => {
  expect(await makeFirstAdministrator({ ...server.access, handOver: () => Promise.resolve() })).toBe(false)
  expect(made.account).toBe('admin')
})

test('a one-time password opens nothing but its change', async () => {
  const answer = await signIn(made.password)
  expect(await answer.json()).toMatchObject({ actor: { roles: ['administrator'] }, mustChangePassword: true })
  const cookie = cookieOf(answer)
  expect(answer.headers.getSetCookie()[0]).toMatch(/HttpOnly/)
  expect(answer.headers.getSetCookie()[0]).toMatch(/SameSite=Lax/)
  const worlds = await ask('/api/worlds', {}, cookie)
  expect([worlds.status, (await worlds.json()) as unknown]).toMatchObject([403, { code: 'access.changePassword' }])
  const short = await send('/api/session/password', { current: made.password, next: 'short' }, cookie, 'PUT')
  expect(short.status).toBe(400)
  const changed = await send('/api/session/password', { current: made.password, next: password }, cookie, 'PUT')
  expect(changed.status).toBe(204)
  expect((await ask('/api/worlds', {}, cookie)).status).toBe(200)
})

test('signing out ends the session at once', async () => {
  const cookie = cookieOf(await signIn(password))
  expect((await ask('/api/worlds', {}, cookie)).status).toBe(200)
  expect((await ask('/api/session', { method: 'DELETE' }, cookie)).status).toBe(204)
  expect((await ask('/api/worlds', {}, cookie)).status).toBe(401)
})

test('signing out cuts the sockets of that session and of no other', async () => {
  const [one, other] = [cookieOf(await signIn(password)), cookieOf(await signIn(password))]
  const screens = [one, other].map((token) => {
    return new TestScreen(server.url, 'trial', undefined, { cookie: `belfry_session=${token}` })
  })
  for (const screen of screens) expect(await screen.join()).toMatchObject({ ok: true })
  expect((await ask('/api/session', { method: 'DELETE' }, one)).status).toBe(204)
  await eventually('cut', () => screens[0]?.socket.connected === false)
  expect(screens[1]?.socket.connected).toBe(true)
  for (const screen of screens) screen.close()
})

test('a session ends by itself after a shift', async () => {
  const cookie = cookieOf(await signIn(password))
  clock.advance(13 * 3_600_000)
  expect((await ask('/api/worlds', {}, cookie)).status).toBe(401)
})

test('wrong passwords lock the account, also for the right one, until the wait is over', async () => {
  const statuses: number[] = []
  for (let i = 0; i < 5; i++) statuses.push((await signIn('wrong')).status)
  expect(statuses).toEqual([401, 401, 401, 401, 429])
  const locked = await signIn(password)
  expect([locked.status, locked.headers.get('retry-after')]).toEqual([429, '30'])
  expect((await signIn('whatever', 'nobody')).status).toBe(401)
  clock.advance(31_000)
  expect((await signIn(password)).status).toBe(200)
})

test('a screen is paired by its code, reads, may not confirm, and is cut when it is revoked', async () => {
  const asked = await ask('/api/screens', { method: 'POST' })
  const { code } = (await asked.json()) as { code: string }
  const screen = cookieOf(asked)
  expect((await ask('/api/worlds', {}, screen)).status).toBe(401)
  const admin = cookieOf(await signIn(password))
  expect((await send('/api/screens/confirm', { code, name: 'Wall' }, screen)).status).toBe(401)
  const confirmed = await send('/api/screens/confirm', { code, name: 'Wall' }, admin)
  const { id } = (await confirmed.json()) as { id: string }
  expect((await send('/api/screens/confirm', { code, name: 'Again' }, admin)).status).toBe(404)
  const view = await ask('/api/session', {}, screen)
  expect(await view.json()).toMatchObject({ actor: { kind: 'screen', id, name: 'Wall' } })
  expect((await send('/api/screens/confirm', { code, name: 'X' }, screen)).status).toBe(403)

  const socket = new TestScreen(server.url, 'trial', undefined, { cookie: `belfry_session=${screen}` })
  expect(await socket.join()).toMatchObject({ ok: true })
  const { screens } = (await (await ask('/api/screens', {}, admin)).json()) as { screens: { id: string }[] }
  expect(screens.map((one) => one.id)).toContain(id)
  expect((await ask(`/api/screens/${id}`, { method: 'DELETE' }, admin)).status).toBe(204)
  await eventually('cut', () => !socket.socket.connected)
  expect((await ask('/api/worlds', {}, screen)).status).toBe(401)
  socket.close()
})

test('a socket without a session gets the code and no connection', async () => {
  const socket = new TestScreen(server.url, 'trial')
  const refused = await new Promise<Error>((resolve) => void socket.socket.on('connect_error', resolve))
  expect(refused.message).toBe('access.signInFirst')
  socket.close()
})

test('a screen of the machine itself reads and does nothing', async () => {
  const cookie = await openLoopbackScreen(server.access)
  expect((await ask('/api/worlds', {}, cookie)).status).toBe(200)
  expect((await ask('/api/screens', {}, cookie)).status).toBe(403)
  expect((await ask('/api/worlds/trial/quarantine', {}, cookie)).status).toBe(403)
})

test('pages of the machine itself share one screen, and only its first leaves a line in the audit', async () => {
  await openLoopbackScreen(server.access)
  await openLoopbackScreen(server.access)
  const count = async (text: string) => (await services.postgres.query({ name: text, text, values: [] })).length
  expect(await count("SELECT id FROM screens WHERE paired_by = 'system:loopback'")).toBe(1)
  expect(await count("SELECT n FROM audit WHERE actor = 'system:loopback'")).toBe(1)
})

test('no secret is kept in plain text', async () => {
  const kept = await services.postgres.query({
    name: 'kept',
    text: 'SELECT password_hash FROM accounts UNION ALL SELECT token_hash FROM sessions',
    values: [],
  })
  const text = JSON.stringify(kept)
  expect(text).toMatch(/\$argon2id\$/)
  expect(text).not.toContain(password)
  expect(kept.slice(1).every((row) => /^[0-9a-f]{64}$/.test(String(row['password_hash'])))).toBe(true)
})

test('the audit is one chain, and a changed row breaks it there', async () => {
  expect(await firstBrokenAudit(services.postgres)).toBeUndefined()
  await services.postgres.run("UPDATE audit SET actor = 'person:somebody-else' WHERE n = 3")
  expect(await firstBrokenAudit(services.postgres)).toBe(3)
})
