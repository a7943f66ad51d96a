import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Actor } from '@/domain/api/session'
import { hours } from '@/domain/time'
import type { EpochMillis } from '@/domain/time'
import { randomToken } from '@/platform/clock'
import type { Clock } from '@/platform/clock'
import type { Log } from '@/platform/log'
import { listen } from '@/platform/postgres/listen'
import type { Listening } from '@/platform/postgres/listen'
import type { Postgres, Transaction } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'

export interface Session {
  readonly actor: Actor
  readonly mustChangePassword: boolean
  /** Machine time. */
  readonly expiresAt: EpochMillis
}

/** Whose session: an account's or a paired screen's, by id. */
export type SessionOwner = { readonly account: string } | { readonly screen: string }

const REVOKED_CHANNEL = 'belfry_revoked'
/** Before the hash of one closed session; without it the message is the id of an actor. */
const CLOSED = 'session:'
/** A shift and its handover; a wall stays paired until it is revoked. */
const LIFE = { person: hours(12), screen: hours(24 * 400), loopback: hours(24) }
/** Browsers of the machine itself; a check that keeps no cookie opens one each time. */
const MOST_LOOPBACK = 500
const REMEMBER_MS = 5000
const REMEMBER_COUNT = 5000

const insertSession = defineSql({
  name: 'insertSession',
  params: z.object({
    tokenHash: z.string(),
    account: z.string().nullable(),
    screen: z.string().nullable(),
    expiresAt: z.number(),
  }),
  row: z.object({ token_hash: z.string() }),
  sql: `
    INSERT INTO sessions (token_hash, account, screen, expires_at)
    VALUES ($tokenHash, $account::uuid, $screen::uuid, to_timestamp($expiresAt::float8 / 1000))
    RETURNING token_hash`,
})

const sessionByHash = defineSql({
  name: 'sessionByHash',
  params: z.object({ tokenHash: z.string(), now: z.number() }),
  row: z.object({
    kind: z.enum(['person', 'screen']),
    id: z.string(),
    name: z.string(),
    roles: z.array(z.string()),
    department: z.string().nullable(),
    mustChangePassword: z.boolean(),
    expiresAt: z.number(),
  }),
  sql: `
    SELECT CASE WHEN s.account IS NULL THEN 'screen' ELSE 'person' END AS kind,
           coalesce(a.id, c.id)::text AS id, coalesce(a.name, c.name) AS name,
           coalesce(a.roles, '{}') AS roles, a.department, coalesce(a.must_change_password, false) AS "mustChangePassword",
           s.expires_at AS "expiresAt"
    FROM sessions s LEFT JOIN accounts a ON a.id = s.account LEFT JOIN screens c ON c.id = s.screen
    WHERE s.token_hash = $tokenHash AND s.expires_at > to_timestamp($now::float8 / 1000) AND c.revoked_at IS NULL
      AND a.disabled_at IS NULL`,
})

const deleteSession = defineSql({
  name: 'deleteSession',
  params: z.object({ tokenHash: z.string() }),
  row: z.object({ told: z.unknown() }),
  sql: `
    WITH gone AS (DELETE FROM sessions WHERE token_hash = $tokenHash RETURNING token_hash)
    SELECT pg_notify('${REVOKED_CHANNEL}', '${CLOSED}' || token_hash) AS told FROM gone`,
})

const deleteSessionsOf = defineSql({
  name: 'deleteSessionsOf',
  params: z.object({ actor: z.string(), keep: z.string() }),
  row: z.object({ told: z.unknown() }),
  sql: `
    WITH gone AS (DELETE FROM sessions WHERE coalesce(account, screen) = $actor::uuid AND token_hash <> $keep)
    SELECT pg_notify('${REVOKED_CHANNEL}', $actor::uuid::text) AS told`,
})

const deleteStaleSessions = defineSql({
  name: 'deleteStaleSessions',
  params: z.object({ now: z.number() }),
  row: z.object({ token_hash: z.string() }),
  sql: `
    WITH stale AS (DELETE FROM pairings WHERE expires_at < to_timestamp($now::float8 / 1000))
    DELETE FROM sessions WHERE expires_at < to_timestamp($now::float8 / 1000) RETURNING token_hash`,
})

const trimSessionsOf = defineSql({
  name: 'trimSessionsOf',
  params: z.object({ screen: z.string(), now: z.number(), keep: z.number() }),
  row: z.object({ token_hash: z.string() }),
  sql: `
    DELETE FROM sessions WHERE screen = $screen::uuid AND (expires_at < to_timestamp($now::float8 / 1000)
      OR token_hash IN (SELECT token_hash FROM sessions WHERE screen = $screen::uuid
        ORDER BY expires_at DESC OFFSET $keep::int))
    RETURNING token_hash`,
})

interface Needs {
  readonly postgres: Postgres
  readonly clock: Clock
  readonly log: Log
}

/**
 * Opaque sessions: the cookie holds a random token, the database its SHA-256. An answer is remembered for 5 s; a
 * revocation on any server ends it at once by NOTIFY.
 */
export class Sessions {
  readonly #needs: Needs
  readonly #remembered = new Map<string, { readonly session: Session; readonly until: number }>()
  readonly #revoked: ((actorId: string) => void)[] = []
  readonly #closed: ((tokenHash: string) => void)[] = []
  #listening: Listening | undefined

  constructor(needs: Needs) {
    this.#needs = needs
  }

  async start(): Promise<void> {
    const { postgres, log, clock } = this.#needs
    await deleteStaleSessions(postgres, { now: clock.now() })
    this.#listening = await listen(postgres, {
      channel: REVOKED_CHANNEL,
      log,
      onMessage: (told) => this.#hear(told),
      onListening: () => this.#remembered.clear(),
    })
  }

  async stop(): Promise<void> {
    await this.#listening?.close()
  }

  /** Called with the id of each actor whose sessions were revoked, on whichever server. */
  onRevoked(fn: (actorId: string) => void): void {
    this.#revoked.push(fn)
  }

  /** Called with the hash of each token whose session was closed by its holder, on whichever server. */
  onClosed(fn: (tokenHash: string) => void): void {
    this.#closed.push(fn)
  }

  /** Opens a session and returns its token, shown once. */
  async open(tx: Transaction, owner: SessionOwner): Promise<string> {
    const token = randomToken(32)
    await this.adopt(tx, owner, tokenHash(token))
    return token
  }

  /** Opens a session of a day for the screen of the machine itself; those that are over, or too many, make room. */
  async openLoopback(tx: Transaction, screen: string): Promise<string> {
    const token = randomToken(32)
    const now = this.#needs.clock.now()
    await trimSessionsOf(tx, { screen, now, keep: MOST_LOOPBACK - 1 })
    const expiresAt = now + LIFE.loopback
    await insertSession(tx, { tokenHash: tokenHash(token), account: null, screen, expiresAt })
    return token
  }

  /** Opens a session for a token that its holder has had since it asked to be paired. */
  async adopt(tx: Transaction, owner: SessionOwner, hash: string): Promise<void> {
    const isPerson = 'account' in owner
    const expiresAt = this.#needs.clock.now() + (isPerson ? LIFE.person : LIFE.screen)
    const account = isPerson ? owner.account : null
    await insertSession(tx, { tokenHash: hash, account, screen: isPerson ? null : owner.screen, expiresAt })
  }

  /** The session behind a token, while it lives. */
  async of(token: string): Promise<Session | undefined> {
    const hash = tokenHash(token)
    const now = this.#needs.clock.now()
    const known = this.#remembered.get(hash)
    if (known !== undefined && known.until > now && known.session.expiresAt > now) return known.session
    const [row] = await sessionByHash(this.#needs.postgres, { tokenHash: hash, now })
    if (row === undefined) {
      this.#remembered.delete(hash)
      return undefined
    }
    const { mustChangePassword, expiresAt, department, ...who } = row
    const actor = Actor.parse(department === null ? who : { ...who, department })
    const session: Session = { actor, mustChangePassword, expiresAt: expiresAt as EpochMillis }
    if (this.#remembered.size >= REMEMBER_COUNT) this.#remembered.clear()
    this.#remembered.set(hash, { session, until: now + REMEMBER_MS })
    return session
  }

  /** Ends one session; the actor's other sessions go on. */
  async close(token: string): Promise<void> {
    const hash = tokenHash(token)
    this.#remembered.delete(hash)
    await deleteSession(this.#needs.postgres, { tokenHash: hash })
  }

  /** Ends every session of an actor on every server, but the one of `keepToken`. */
  async revoke(tx: Transaction, actorId: string, keepToken?: string): Promise<void> {
    await deleteSessionsOf(tx, { actor: actorId, keep: keepToken === undefined ? '' : tokenHash(keepToken) })
  }

  /** What is remembered of an actor's sessions is asked again: on this server at once, on others by the notice of its revocation. */
  forget(actorId: string): void {
    for (const [hash, { session }] of this.#remembered) {
      if (session.actor.id === actorId) this.#remembered.delete(hash)
    }
  }

  #hear(told: string): void {
    if (told.startsWith(CLOSED)) {
      const hash = told.slice(CLOSED.length)
      this.#remembered.delete(hash)
      for (const fn of this.#closed) fn(hash)
      return
    }
    this.forget(told)
    for (const fn of this.#revoked) fn(told)
  }
}

/** What is kept of a token: the SHA-256 of its text, as hexadecimal digits. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')
