import { expect } from 'vitest'
import { OneTimePassword } from '@/domain/api/accounts'
import type { NewAccount } from '@/domain/api/accounts'
import { ApiError } from '@/domain/api/errors'
import { makeFirstAdministrator } from '@/server/access/firstAdministrator'
import { cookieOf } from './webServer'
import type { WebServer } from './webServer'

const PASSWORD = 'a long enough password'

/** Somebody who is signed in. */
export interface Officer {
  readonly id: string
  readonly cookie: string
  /** Asks, and gives the answer's body; throws with the refusal's code when the answer is none of 2xx. */
  ask<Value>(method: string, path: string, body?: unknown): Promise<Value>
  /** The code of the refusal; throws when it was none. */
  refusal(method: string, path: string, body?: unknown): Promise<string>
}

/** Accounts of one server, signed in over its interface. */
export class Officers {
  readonly #server: WebServer
  #admin: string | undefined

  constructor(server: WebServer) {
    this.#server = server
  }

  /** Makes an account and signs in with a password of its own. */
  async signIn(account: NewAccount): Promise<Officer> {
    this.#admin ??= await this.#firstAdministrator()
    const answer = await this.#send('POST', '/api/accounts', account, this.#admin)
    expect(answer.status).toBe(200)
    const made = OneTimePassword.parse(await answer.json())
    return this.#officer(made.id, await this.#settled(made.account, made.password))
  }

  #officer(id: string, cookie: string): Officer {
    return {
      id,
      cookie,
      ask: async <Value>(method: string, path: string, body?: unknown): Promise<Value> => {
        const answer = await this.#send(method, path, body, cookie)
        const text = await answer.text()
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
        return (text === '' ? undefined : JSON.parse(text)) as Value
      },
      refusal: async (method, path, body) => {
        const answer = await this.#send(method, path, body, cookie)
        if (answer.ok) throw new Error(`${method} ${path} was not refused.`)
        return ApiError.parse(await answer.json()).code
      },
    }
  }

  async #firstAdministrator(): Promise<string> {
    let first = ''
    const handOver = (made: { password: string }) => Promise.resolve(void (first = made.password))
    await makeFirstAdministrator({ ...this.#server.access, handOver })
    return this.#settled('admin', first)
  }

  async #settled(account: string, oneTime: string): Promise<string> {
    const cookie = cookieOf(await this.#send('POST', '/api/session', { account, password: oneTime })) ?? ''
    const change = { current: oneTime, next: PASSWORD }
    expect((await this.#send('PUT', '/api/session/password', change, cookie)).status).toBe(204)
    return cookieOf(await this.#send('POST', '/api/session', { account, password: PASSWORD })) ?? ''
  }

  #send(method: string, path: string, body?: unknown, cookie?: string): Promise<Response> {
    return fetch(`${this.#server.url}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie === undefined ? {} : { cookie: `belfry_session=${cookie}` }),
      },
    })
  }
}
