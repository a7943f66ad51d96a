import { z } from 'zod'
import { departmentOf } from '@/domain/access/departments'
import { Role } from '@/domain/api/accounts'
import type { AccountEntry, NewAccount, OneTimePassword } from '@/domain/api/accounts'
import type { PeopleList } from '@/domain/api/people'
import { randomToken, uuidv7 } from '@/platform/clock'
import { Conflict, InvalidInput, NotFound } from '@/platform/errors'
import type { Transaction } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'
import { inTransaction } from '@/platform/postgres/transaction'
import type { AccessContext } from './accessContext'
import { appendAudit } from './audit'
import { hashPassword } from './passwords'

const PASSWORD_BYTES = 16

const allAccounts = defineSql({
  name: 'allAccounts',
  row: z.object({
    id: z.string(),
    account: z.string(),
    name: z.string(),
    roles: z.array(Role),
    department: z.string().nullable(),
    disabled: z.boolean(),
    mustChangePassword: z.boolean(),
    createdAt: z.number(),
  }),
  sql: `
    SELECT id::text AS id, account, name, roles, department, disabled_at IS NOT NULL AS disabled,
      must_change_password AS "mustChangePassword", created_at AS "createdAt"
    FROM accounts ORDER BY disabled_at IS NOT NULL, account`,
})

const insertAccount = defineSql({
  name: 'insertAccount',
  params: z.object({
    id: z.string(),
    account: z.string(),
    name: z.string(),
    roles: z.array(Role),
    department: z.string().nullable(),
    passwordHash: z.string(),
  }),
  row: z.object({ id: z.string() }),
  sql: `
    INSERT INTO accounts (id, account, name, roles, department, password_hash, must_change_password)
    VALUES ($id::uuid, $account, $name, $roles::text[], $department, $passwordHash, true)
    ON CONFLICT (account) DO NOTHING RETURNING id::text AS id`,
})

// Two administrators who disable each other at once must not both succeed: each waits for the other's rows.
const lockAccounts = defineSql({
  name: 'lockAccounts',
  row: z.object({ id: z.string(), roles: z.array(Role), disabled: z.boolean() }),
  sql: `
    SELECT id::text AS id, roles, disabled_at IS NOT NULL AS disabled FROM accounts ORDER BY id FOR UPDATE`,
})

const setDisabled = defineSql({
  name: 'setDisabled',
  params: z.object({ id: z.string(), at: z.number().nullable() }),
  row: z.never(),
  sql: 'UPDATE accounts SET disabled_at = to_timestamp($at::float8 / 1000) WHERE id = $id::uuid',
})

const setOneTimePassword = defineSql({
  name: 'setOneTimePassword',
  params: z.object({ id: z.string(), passwordHash: z.string() }),
  row: z.object({ account: z.string() }),
  sql: `
    UPDATE accounts SET password_hash = $passwordHash, must_change_password = true, failed_sign_ins = 0,
      locked_until = NULL
    WHERE id = $id::uuid RETURNING account`,
})

export async function listAccounts(context: AccessContext): Promise<readonly AccountEntry[]> {
  const rows = await allAccounts(context.postgres, {})
  return rows.map(({ department, ...row }) => ({ ...row, ...(department === null ? {} : { department }) }))
}

const peopleToName = defineSql({
  name: 'peopleToName',
  row: z.object({ id: z.string(), name: z.string(), roles: z.array(Role), department: z.string().nullable() }),
  sql: 'SELECT id::text AS id, name, roles, department FROM accounts ORDER BY name LIMIT 2000',
})

/** Everybody who may be behind an act, shut accounts too: the log goes on naming them. */
export async function listPeople({ postgres }: AccessContext): Promise<PeopleList['people']> {
  const rows = await peopleToName(postgres, {})
  return rows.map(({ department, ...row }) => ({ ...row, ...(department === null ? {} : { department }) }))
}

/** 系统, 安全, 审计: nobody is two of them. */
const ADMINISTRATORS = ['administrator', 'security', 'auditor'] as const

/**
 * Makes an account with a one-time password. `by` is the account id of the administrator.
 * @throws Conflict, InvalidInput for a department officer without a department, or two kinds of administrator in one
 */
export async function createAccount(context: AccessContext, by: string, input: NewAccount): Promise<OneTimePassword> {
  const { account, name } = input
  const roles = [...new Set(input.roles)]
  const department = input.department ?? null
  const needsDepartment = department !== null || roles.includes('department')
  if (needsDepartment && departmentOf(department ?? '') === undefined) {
    throw new InvalidInput('access.departmentNeeded')
  }
  if (ADMINISTRATORS.filter((one) => roles.includes(one)).length > 1) throw new InvalidInput('access.oneAdministrator')
  const id = uuidv7(context.clock)
  const password = randomToken(PASSWORD_BYTES)
  const passwordHash = await hashPassword(password)
  await inTransaction(context.postgres, async (tx) => {
    const made = await insertAccount(tx, { id, account, name, roles, department, passwordHash })
    if (made.length === 0) throw new Conflict('access.accountTaken', { account })
    await audited(context, tx, { by, action: 'account.create', id })
  })
  return { id, account, password }
}

/**
 * Shuts an account, or opens it again; a shut one is signed out everywhere at once.
 * @throws NotFound, Conflict for the last administrator who may sign in
 */
export async function disableAccount(
  context: AccessContext,
  by: string,
  input: { readonly id: string; readonly disabled: boolean },
): Promise<void> {
  const { id, disabled } = input
  await inTransaction(context.postgres, async (tx) => {
    const all = await lockAccounts(tx, {})
    if (!all.some((one) => one.id === id)) throw new NotFound('access.noSuchAccount')
    const others = all.filter((one) => one.id !== id && !one.disabled && one.roles.includes('administrator'))
    if (disabled && others.length === 0) throw new Conflict('access.lastAdministrator')
    await setDisabled(tx, { id, at: disabled ? context.clock.now() : null })
    if (disabled) await context.sessions.revoke(tx, id)
    await audited(context, tx, { by, action: disabled ? 'account.disable' : 'account.enable', id })
  })
}

/** Gives an account a new one-time password and ends its sessions. @throws NotFound */
export async function resetPassword(context: AccessContext, by: string, id: string): Promise<OneTimePassword> {
  const password = randomToken(PASSWORD_BYTES)
  const passwordHash = await hashPassword(password)
  return inTransaction(context.postgres, async (tx) => {
    const [row] = await setOneTimePassword(tx, { id, passwordHash })
    if (row === undefined) throw new NotFound('access.noSuchAccount')
    await context.sessions.revoke(tx, id)
    await audited(context, tx, { by, action: 'password.reset', id })
    return { id, account: row.account, password }
  })
}

interface Act {
  readonly by: string
  readonly action: string
  readonly id: string
}

const audited = (context: AccessContext, tx: Transaction, { by, action, id }: Act): Promise<void> =>
  appendAudit(tx, { at: context.clock.now(), actor: `person:${by}`, action, object: `account:${id}`, result: 'ok' })
