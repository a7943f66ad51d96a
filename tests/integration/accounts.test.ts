import { afterAll, beforeAll, expect, test } from 'vitest'
import { AccountList, OneTimePassword } from '@/domain/api/accounts'
import { ApiError } from '@/domain/api/errors'
import { makeFirstAdministrator } from '@/server/access/firstAdministrator'
import { eventually, TestScreen } from '../support/screen'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'
import { cookieOf, startWebServer } from '../support/webServer'
import type { WebServer } from '../support/webServer'

const PASSWORD = 'a long enough password'
let services: TestServices
let server: WebServer
let admin: string

beforeAll(async () => {
  services = await openServices()
  server = await startWebServer(services)
  let first = ''
  await makeFirstAdministrator({ ...server.access, handOver: (made) => Promise.resolve(void (first = made.password)) })
  admin = await settled('admin', first)
})
afterAll(async () => {
  await server.stop()
  await services.close()
})

const send = (path: string, body?: unknown, cookie?: string, method = 'POST'): Promise<Response> =>
  fetch(`${server.url}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookie === undefined ? {} : { cookie: `belfry_session=${cookie}` }),
    },
  })
const codeOf = async (answer: Response): Promise<string> => ApiError.parse(await answer.json()).code
const signIn = (account: string, password: string) => send('/api/session', { account, password })

/** Signs in with a one-time password and replaces it; the cookie of the session. */
async function settled(account: string, oneTime: string): Promise<string> {
  const cookie = cookieOf(await signIn(account, oneTime)) ?? ''
  const changed = await send('/api/session/password', { current: oneTime, next: PASSWORD }, cookie, 'PUT')
  expect(changed.status).toBe(204)
  return cookieOf(await signIn(account, PASSWORD)) ?? ''
}
async function created(account: string, ...roles: string[]): Promise<OneTimePassword> {
  const answer = await send('/api/accounts', { account, name: account.toUpperCase(), roles }, admin)
  expect(answer.status).toBe(200)
  return OneTimePassword.parse(await answer.json())
}
async function listed(): Promise<AccountList['accounts']> {
  const answer = await send('/api/accounts', undefined, admin, 'GET')
  return AccountList.parse(await answer.json()).accounts
}

test('an administrator makes an operator, who must change the one-time password and then may what operators may', async () => {
  const made = await created('li.wei', 'operator')
  expect((await signIn('li.wei', made.password)).status).toBe(200)
  const cookie = await settled('li.wei', made.password)
  expect((await send('/api/worlds', undefined, cookie, 'GET')).status).toBe(200)
  expect((await send('/api/accounts', undefined, cookie, 'GET')).status).toBe(403)
  expect((await send('/api/accounts', { account: 'more', name: 'M', roles: ['viewer'] }, cookie)).status).toBe(403)
  const again = await send('/api/accounts', { account: 'li.wei', name: 'Other', roles: ['viewer'] }, admin)
  expect([again.status, await codeOf(again)]).toEqual([409, 'access.accountTaken'])
  expect((await send('/api/accounts', { account: '', name: 'x', roles: [] }, admin)).status).toBe(400)
  const entry = (await listed()).find(({ account }) => account === 'li.wei')
  expect(entry).toMatchObject({ name: 'LI.WEI', roles: ['operator'], disabled: false, mustChangePassword: false })
})

test('a shut account is cut at once, cannot sign in, and comes back when it is opened', async () => {
  const made = await created('wang', 'viewer')
  const cookie = await settled('wang', made.password)
  const socket = new TestScreen(server.url, 'trial', undefined, { cookie: `belfry_session=${cookie}` })
  expect(await socket.join()).toMatchObject({ ok: true })
  expect((await send(`/api/accounts/${made.id}/disable`, undefined, admin)).status).toBe(204)
  await eventually('cut', () => !socket.socket.connected)
  socket.close()
  expect((await send('/api/worlds', undefined, cookie, 'GET')).status).toBe(401)
  const refused = await signIn('wang', PASSWORD)
  // The same words as for a wrong password: who has an account is nobody's business.
  expect([refused.status, await codeOf(refused)]).toEqual([401, 'access.wrongPassword'])
  expect((await send(`/api/accounts/${made.id}/enable`, undefined, admin)).status).toBe(204)
  expect((await signIn('wang', PASSWORD)).status).toBe(200)
})

test('a reset gives a new one-time password and ends the sessions', async () => {
  const made = await created('zhao', 'operator', 'viewer')
  const cookie = await settled('zhao', made.password)
  const answer = await send(`/api/accounts/${made.id}/password`, undefined, admin)
  const reset = OneTimePassword.parse(await answer.json())
  expect(reset).toMatchObject({ id: made.id, account: 'zhao' })
  expect((await send('/api/worlds', undefined, cookie, 'GET')).status).toBe(401)
  expect((await signIn('zhao', PASSWORD)).status).toBe(401)
  const back = await signIn('zhao', reset.password)
  expect(await back.json()).toMatchObject({ mustChangePassword: true })
})

test('the last administrator cannot be shut, also not by two who shut each other at once', async () => {
  const own = (await listed()).find(({ account }) => account === 'admin')
  const alone = await send(`/api/accounts/${own?.id ?? ''}/disable`, undefined, admin)
  expect([alone.status, await codeOf(alone)]).toEqual([409, 'access.lastAdministrator'])
  const made = await created('second', 'administrator')
  const second = await settled('second', made.password)
  const both = await Promise.all([
    send(`/api/accounts/${made.id}/disable`, undefined, admin),
    send(`/api/accounts/${own?.id ?? ''}/disable`, undefined, second),
  ])
  expect(both.map(({ status }) => status).filter((status) => status === 204)).toHaveLength(1)
  const left = (await listedBy(both[0].status === 204 ? admin : second)).filter(
    ({ disabled, roles }) => !disabled && roles.includes('administrator'),
  )
  expect(left).toHaveLength(1)
})

async function listedBy(cookie: string): Promise<AccountList['accounts']> {
  return AccountList.parse(await (await send('/api/accounts', undefined, cookie, 'GET')).json()).accounts
}

test('the audit names each act and no password', async () => {
  const text = 'SELECT action FROM audit ORDER BY n'
  const actions = (await services.postgres.query({ name: 'acts', text, values: [] })).map(
    (row): unknown => row['action'],
  )
  for (const action of ['account.create', 'account.disable', 'account.enable', 'password.reset'])
    expect(actions).toContain(action)
  const kept = await services.postgres.query({ name: 'all', text: 'SELECT * FROM audit', values: [] })
  expect(JSON.stringify(kept)).not.toContain(PASSWORD)
})
