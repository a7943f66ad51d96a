import { z } from 'zod'
import type { SignIn } from '@/domain/api/session'
import type { Transaction } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'
import { inTransaction } from '@/platform/postgres/transaction'
import type { AccessContext } from './accessContext'
import { appendAudit } from './audit'
import { lockoutAfter } from './lockout'
import { matchesPassword, pretendToMatch } from './passwords'
import { NotSignedIn, TooManyTries } from './refusals'

const accountToSignIn = defineSql({
  name: 'accountToSignIn',
  params: z.object({ account: z.string() }),
  row: z.object({
    id: z.string(),
    passwordHash: z.string(),
    failures: z.number(),
    lockedUntil: z.number().nullable(),
  }),
  sql: `
    SELECT id::text AS id, password_hash AS "passwordHash", failed_sign_ins AS failures, locked_until AS "lockedUntil"
    FROM accounts WHERE account = $account AND disabled_at IS NULL FOR UPDATE`,
})

const countSignIn = defineSql({
  name: 'countSignIn',
  params: z.object({ id: z.string(), failures: z.number(), lockedUntil: z.number().nullable() }),
  row: z.object({ id: z.string() }),
  sql: `
    UPDATE accounts SET failed_sign_ins = $failures, locked_until = to_timestamp($lockedUntil::float8 / 1000)
    WHERE id = $id::uuid RETURNING id::text AS id`,
})

type Outcome = { token: string } | { refusal: NotSignedIn | TooManyTries }

/**
 * Opens a session and returns its token. Five wrong passwords in a row lock the account, longer each time.
 * @throws NotSignedIn, TooManyTries
 */
export async function signIn(context: AccessContext, input: SignIn): Promise<string> {
  // The refusal is thrown after the commit: its count and its audit row must stay.
  const outcome = await inTransaction(context.postgres, (tx) => trySignIn(context, tx, input))
  if ('refusal' in outcome) throw outcome.refusal
  return outcome.token
}

async function trySignIn(context: AccessContext, tx: Transaction, input: SignIn): Promise<Outcome> {
  const now = context.clock.now()
  const [held] = await accountToSignIn(tx, { account: input.account })
  const audited = (actor: string, result: 'ok' | 'denied') =>
    appendAudit(tx, { at: now, actor, action: 'session.open', object: 'session', result })
  if (held === undefined) {
    await pretendToMatch(input.password)
    await audited('unknown', 'denied') // what was typed may be a password: it is not written down
    return { refusal: new NotSignedIn('access.wrongPassword') }
  }
  const actor = `person:${held.id}`
  if (held.lockedUntil !== null && held.lockedUntil > now) {
    await audited(actor, 'denied')
    return { refusal: tooMany(held.lockedUntil - now) }
  }
  if (!(await matchesPassword(held.passwordHash, input.password))) {
    const failures = held.failures + 1
    const wait = lockoutAfter(failures)
    await countSignIn(tx, { id: held.id, failures, lockedUntil: wait === 0 ? null : now + wait })
    await audited(actor, 'denied')
    return { refusal: wait === 0 ? new NotSignedIn('access.wrongPassword') : tooMany(wait) }
  }
  await countSignIn(tx, { id: held.id, failures: 0, lockedUntil: null })
  await audited(actor, 'ok')
  return { token: await context.sessions.open(tx, { account: held.id }) }
}

const tooMany = (waitMs: number): TooManyTries =>
  new TooManyTries('access.locked', { retryAfterSeconds: Math.ceil(waitMs / 1000) })
