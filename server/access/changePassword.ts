import { z } from 'zod'
import type { ChangePassword } from '@/domain/api/session'
import { InvalidInput } from '@/platform/errors'
import { defineSql } from '@/platform/postgres/query'
import { inTransaction } from '@/platform/postgres/transaction'
import type { AccessContext } from './accessContext'
import { appendAudit } from './audit'
import { hashPassword, matchesPassword } from './passwords'
import { NotSignedIn } from './refusals'

const passwordOf = defineSql({
  name: 'passwordOf',
  params: z.object({ id: z.string() }),
  row: z.object({ passwordHash: z.string() }),
  sql: 'SELECT password_hash AS "passwordHash" FROM accounts WHERE id = $id::uuid FOR UPDATE',
})

const setPassword = defineSql({
  name: 'setPassword',
  params: z.object({ id: z.string(), passwordHash: z.string() }),
  row: z.object({ id: z.string() }),
  sql: `
    UPDATE accounts SET password_hash = $passwordHash, must_change_password = false
    WHERE id = $id::uuid RETURNING id::text AS id`,
})

interface Holder {
  /** Account id of the person who is signed in. */
  readonly id: string
  /** Token of the session that stays; every other session of the account ends. */
  readonly token: string
}

/**
 * Sets a new password of the signed-in person.
 * @throws NotSignedIn when the current one is wrong, InvalidInput when both are the same.
 */
export async function changePassword(context: AccessContext, holder: Holder, input: ChangePassword): Promise<void> {
  if (input.current === input.next) throw new InvalidInput('access.samePassword')
  const passwordHash = await hashPassword(input.next)
  const changed = await inTransaction(context.postgres, async (tx) => {
    const [held] = await passwordOf(tx, { id: holder.id })
    const matches = held !== undefined && (await matchesPassword(held.passwordHash, input.current))
    const entry = { at: context.clock.now(), actor: `person:${holder.id}`, action: 'password.change' }
    await appendAudit(tx, { ...entry, object: `account:${holder.id}`, result: matches ? 'ok' : 'denied' })
    if (!matches) return false
    await setPassword(tx, { id: holder.id, passwordHash })
    await context.sessions.revoke(tx, holder.id, holder.token)
    return true
  })
  if (!changed) throw new NotSignedIn('access.wrongPassword')
  // The next page of this browser comes sooner than any notice: it must not be sent back to the change.
  context.sessions.forget(holder.id)
}
