import { randomInt } from 'node:crypto'
import { z } from 'zod'
import type { PairingAsked, PairingConfirmed } from '@/domain/api/session'
import { minutes } from '@/domain/time'
import { randomToken, uuidv7 } from '@/platform/clock'
import { NotFound } from '@/platform/errors'
import type { Transaction } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'
import { inTransaction } from '@/platform/postgres/transaction'
import type { AccessContext } from './accessContext'
import { appendAudit } from './audit'
import { tokenHash } from './sessions'

/** One for every page that is opened on the machine itself. */
const LOOPBACK_SCREEN = '00000000-0000-4000-8000-000000000001'
const LOOPBACK = 'system:loopback'
const CODE_LIFE = minutes(10)
const CODE_LENGTH = 8
// Read aloud across a room: no 0 O 1 I L, and no vowel that would make a word.
const CODE_LETTERS = '23456789BCDFGHJKMNPQRSTVWXYZ'

const insertPairing = defineSql({
  name: 'insertPairing',
  params: z.object({ code: z.string(), tokenHash: z.string(), expiresAt: z.number(), now: z.number() }),
  row: z.object({ code: z.string() }),
  sql: `
    WITH stale AS (DELETE FROM pairings WHERE expires_at < to_timestamp($now::float8 / 1000))
    INSERT INTO pairings (code, token_hash, expires_at)
    VALUES ($code, $tokenHash, to_timestamp($expiresAt::float8 / 1000)) RETURNING code`,
})

const takePairing = defineSql({
  name: 'takePairing',
  params: z.object({ code: z.string(), now: z.number() }),
  row: z.object({ tokenHash: z.string() }),
  sql: `
    DELETE FROM pairings WHERE code = $code AND expires_at > to_timestamp($now::float8 / 1000)
    RETURNING token_hash AS "tokenHash"`,
})

const insertScreen = defineSql({
  name: 'insertScreen',
  params: z.object({ id: z.string(), name: z.string(), pairedBy: z.string() }),
  row: z.object({ id: z.string() }),
  sql: `
    INSERT INTO screens (id, name, paired_by) VALUES ($id::uuid, $name, $pairedBy) RETURNING id::text AS id`,
})

/** A row only when it is made, or made again after it was revoked. */
const upsertLoopback = defineSql({
  name: 'upsertLoopback',
  params: z.object({ id: z.string(), name: z.string(), pairedBy: z.string() }),
  row: z.object({ id: z.string() }),
  sql: `
    INSERT INTO screens (id, name, paired_by) VALUES ($id::uuid, $name, $pairedBy)
    ON CONFLICT (id) DO UPDATE SET revoked_at = NULL WHERE screens.revoked_at IS NOT NULL
    RETURNING id::text AS id`,
})

const screensInUse = defineSql({
  name: 'screensInUse',
  row: z.object({ id: z.string(), name: z.string(), pairedBy: z.string(), pairedAt: z.number() }),
  sql: `
    SELECT id::text AS id, name, paired_by AS "pairedBy", created_at AS "pairedAt"
    FROM screens WHERE revoked_at IS NULL ORDER BY created_at DESC LIMIT 500`,
})

const markRevoked = defineSql({
  name: 'markRevoked',
  params: z.object({ id: z.string(), now: z.number() }),
  row: z.object({ id: z.string() }),
  sql: `
    UPDATE screens SET revoked_at = to_timestamp($now::float8 / 1000)
    WHERE id = $id::uuid AND revoked_at IS NULL RETURNING id::text AS id`,
})

/** A screen without rights asks to be paired: the code is shown on it, the token stays in its cookie. */
export async function askPairing(context: AccessContext): Promise<{ asked: PairingAsked; token: string }> {
  const code = Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('')
  const token = randomToken(32)
  const now = context.clock.now()
  const expiresAt = now + CODE_LIFE
  await insertPairing(context.postgres, { code, tokenHash: tokenHash(token), expiresAt, now })
  return { asked: { code, expiresAt }, token }
}

/** An administrator confirms the code: from now on the screen's cookie is a session. @throws NotFound */
export async function confirmPairing(context: AccessContext, by: string, input: PairingConfirmed): Promise<string> {
  return inTransaction(context.postgres, async (tx) => {
    const [pairing] = await takePairing(tx, { code: input.code.toUpperCase(), now: context.clock.now() })
    if (pairing === undefined) throw new NotFound('access.noSuchPairing')
    const id = await addScreen(context, tx, { name: input.name, by: `person:${by}` })
    await context.sessions.adopt(tx, { screen: id }, pairing.tokenHash)
    return id
  })
}

/** A page opened on the machine itself is a screen at once: it can read, and do nothing. Returns its token. */
export async function openLoopbackScreen(context: AccessContext): Promise<string> {
  return inTransaction(context.postgres, async (tx) => {
    const made = await upsertLoopback(tx, { id: LOOPBACK_SCREEN, name: 'This machine', pairedBy: LOOPBACK })
    if (made.length > 0) {
      const entry = { at: context.clock.now(), actor: LOOPBACK, action: 'screens.pair' }
      await appendAudit(tx, { ...entry, object: `screen:${LOOPBACK_SCREEN}`, result: 'ok' })
    }
    return context.sessions.openLoopback(tx, LOOPBACK_SCREEN)
  })
}

export const listScreens = (context: AccessContext) => screensInUse(context.postgres, {})

/** Ends a screen's pairing; its sockets are cut on every server. @throws NotFound */
export async function revokeScreen(context: AccessContext, by: string, id: string): Promise<void> {
  await inTransaction(context.postgres, async (tx) => {
    const at = context.clock.now()
    const [row] = await markRevoked(tx, { id, now: at })
    if (row === undefined) throw new NotFound('access.noSuchScreen')
    await context.sessions.revoke(tx, id)
    const entry = { at, actor: `person:${by}`, action: 'screens.revoke' }
    await appendAudit(tx, { ...entry, object: `screen:${id}`, result: 'ok' })
  })
}

interface NewScreen {
  readonly name: string
  readonly by: string
}

async function addScreen(context: AccessContext, tx: Transaction, { name, by }: NewScreen): Promise<string> {
  const id = uuidv7(context.clock)
  await insertScreen(tx, { id, name, pairedBy: by })
  const entry = { at: context.clock.now(), actor: by, action: 'screens.pair' }
  await appendAudit(tx, { ...entry, object: `screen:${id}`, result: 'ok' })
  return id
}
