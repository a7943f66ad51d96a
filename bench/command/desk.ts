import { randomUUID } from 'node:crypto'
import type { Incident } from '@/domain/incident/incident'
import type { CallAnswer } from '@/domain/api/incidents'
import { systemClock } from '@/platform/clock'
import { inTransaction } from '@/platform/postgres/transaction'
import { createAccount } from '@/server/access/accounts'
import { Sessions } from '@/server/access/sessions'
import { SESSION_COOKIE } from '@/server/http/cookies'
import type { BenchServices } from '../services'

/** An operator of the bench, who speaks to the interface as a desk does. */
export class Desk {
  readonly cookie: string
  readonly #url: string

  constructor(url: string, cookie: string) {
    this.#url = url
    this.cookie = cookie
  }

  /** Status and body of a POST to the World's path. */
  async post(path: string, body: unknown): Promise<{ readonly status: number; readonly body: unknown }> {
    const headers = { 'content-type': 'application/json', cookie: this.cookie }
    const answer = await fetch(`${this.#url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: answer.status, body: await answer.json() }
  }

  /** Opens an Incident by a call. @throws Error when it is refused */
  async call(): Promise<Incident> {
    const place = { text: '和平路', longitude: 114.36, latitude: 30.58 }
    const said = { place, said: '积水', people: { trapped: 1 }, typeCode: '11A02', becomes: { kind: 'incident' } }
    const { status, body } = await this.post('/calls', {
      id: randomUUID(),
      receivedAt: systemClock.now() - 1000,
      ...said,
    })
    const { incident } = body as CallAnswer
    if (status !== 200 || incident === undefined) throw new Error(`A call was refused: ${JSON.stringify(body)}`)
    return incident
  }
}

/** Makes an operator who is signed in. */
export async function openDesk({ postgres, log }: BenchServices, url: string): Promise<Desk> {
  const clock = systemClock
  const sessions = new Sessions({ postgres, clock, log })
  const made = await createAccount({ postgres, clock, sessions }, 'bench', {
    account: `desk-${randomUUID().slice(0, 8)}`,
    name: 'Desk',
    roles: ['operator'],
  })
  await postgres.run('UPDATE accounts SET must_change_password = false')
  const token = await inTransaction(postgres, (tx) => sessions.open(tx, { account: made.id }))
  return new Desk(url, `${SESSION_COOKIE}=${token}`)
}
