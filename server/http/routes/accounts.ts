import { AccountList, NewAccount, OneTimePassword } from '@/domain/api/accounts'
import { Uuid } from '@/domain/ids'
import { createAccount, disableAccount, listAccounts, resetPassword } from '@/server/access/accounts'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'

export function accountRoutes({ access }: HttpParts): Route[] {
  const shut = (disabled: boolean): Route =>
    defineRoute({
      method: 'POST',
      path: `/api/accounts/:account/${disabled ? 'disable' : 'enable'}`,
      action: 'accounts.disable',
      summary: disabled ? 'Shut an account; it is signed out everywhere.' : 'Open an account that was shut.',
      async handle({ params, caller }) {
        await disableAccount(access, caller.actor?.id ?? '', { id: Uuid.parse(params['account']), disabled })
        return undefined
      },
    })
  return [
    defineRoute({
      method: 'GET',
      path: '/api/accounts',
      action: 'accounts.read',
      summary: 'Accounts of people, those that may sign in first.',
      answer: AccountList,
      handle: async () => ({ accounts: [...(await listAccounts(access))] }),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/accounts',
      action: 'accounts.create',
      summary: 'Make an account; the answer holds its one-time password, once.',
      body: NewAccount,
      answer: OneTimePassword,
      handle: ({ body, caller }) => createAccount(access, caller.actor?.id ?? '', body),
    }),
    shut(true),
    shut(false),
    defineRoute({
      method: 'POST',
      path: '/api/accounts/:account/password',
      action: 'accounts.reset',
      summary: 'Give an account a new one-time password, in the answer, once; its sessions end.',
      answer: OneTimePassword,
      handle: ({ params, caller }) => resetPassword(access, caller.actor?.id ?? '', Uuid.parse(params['account'])),
    }),
  ]
}
