import type { IncomingMessage } from 'node:http'
import type { Actor } from '@/domain/api/session'
import type { Sessions } from '../access/sessions'
import { SESSION_COOKIE, readCookie } from './cookies'

/** Who sent a request. */
export interface Caller {
  /** null: nobody is signed in. */
  readonly actor: Actor | null
  readonly mustChangePassword: boolean
  /** The cookie, where there is one: also that of a screen that waits to be paired. */
  readonly token?: string
}

export interface CallerNeeds {
  readonly sessions: Sessions
  /** The Feed behind a producer's key. */
  readonly feedOfKey: (key: string) => { readonly no: number; readonly key: string } | undefined
}

const BEARER = /^Bearer ([\w.~+/-]{16,200}=*)$/

/** A producer by its key, everybody else by the session cookie. */
export async function callerOf(request: IncomingMessage, needs: CallerNeeds): Promise<Caller> {
  const key = BEARER.exec(request.headers.authorization ?? '')?.[1]
  if (key !== undefined) {
    const feed = needs.feedOfKey(key)
    const actor = feed === undefined ? null : ({ kind: 'feed', id: String(feed.no), name: feed.key } as const)
    return { actor, mustChangePassword: false }
  }
  const token = readCookie(request, SESSION_COOKIE)
  if (token === undefined) return { actor: null, mustChangePassword: false }
  const session = await needs.sessions.of(token)
  if (session === undefined) return { actor: null, mustChangePassword: false, token }
  return { actor: session.actor, mustChangePassword: session.mustChangePassword, token }
}
