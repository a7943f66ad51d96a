import { z } from 'zod'
import { randomToken, uuidv7 } from '@/platform/clock'
import type { Clock } from '@/platform/clock'
import type { Postgres } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'
import { inTransaction } from '@/platform/postgres/transaction'
import { appendAudit } from './audit'
import { hashPassword } from './passwords'

export interface FirstAdministrator {
  readonly account: string
  /** One time only: it must be changed at the first sign-in. */
  readonly password: string
}

interface Needs {
  readonly postgres: Postgres
  readonly clock: Clock
  /** Brings the password to who starts Belfry. When that fails there is no account, and the next start tries again. */
  readonly handOver: (made: FirstAdministrator) => Promise<void>
}

const insertFirstAccount = defineSql({
  name: 'insertFirstAccount',
  params: z.object({ id: z.string(), account: z.string(), name: z.string(), passwordHash: z.string() }),
  row: z.object({ id: z.string() }),
  sql: `
    INSERT INTO accounts (id, account, name, roles, password_hash, must_change_password)
    SELECT $id::uuid, $account, $name, '{administrator}', $passwordHash, true
    WHERE NOT EXISTS (SELECT FROM accounts)
    ON CONFLICT (account) DO NOTHING
    RETURNING id::text AS id`,
})

const countAccounts = defineSql({
  name: 'countAccounts',
  row: z.object({ count: z.number() }),
  sql: 'SELECT count(*) AS count FROM accounts',
})

/**
 * Makes the first account of an empty database and hands its one-time password over; false when somebody has an
 * account. Of two servers that start together one makes it.
 */
export async function makeFirstAdministrator({ postgres, clock, handOver }: Needs): Promise<boolean> {
  const [held] = await countAccounts(postgres, {})
  if (held !== undefined && held.count > 0) return false
  const made = { account: 'admin', password: randomToken(16) }
  const id = uuidv7(clock)
  const passwordHash = await hashPassword(made.password)
  return inTransaction(postgres, async (tx) => {
    const [row] = await insertFirstAccount(tx, { id, account: made.account, name: 'Administrator', passwordHash })
    if (row === undefined) return false
    await appendAudit(tx, {
      at: clock.now(),
      actor: 'system:belfry',
      action: 'account.create',
      object: `account:${id}`,
      result: 'ok',
    })
    await handOver(made)
    return true
  })
}
