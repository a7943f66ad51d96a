'use client'

import type { SubmitEvent } from 'react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { AccountEntry } from '@/domain/api/accounts'
import { DEPARTMENTS } from '@/domain/access/departments'
import { AccountList, OneTimePassword, Role } from '@/domain/api/accounts'
import { getJson, send } from '@/app/fetch/getJson'
import type { Act } from '@/app/fetch/useAct'
import { fieldOf, useAct } from '@/app/fetch/useAct'
import { useAsked } from '@/app/fetch/useAsked'
import { useNames } from '@/app/messages/locale'
import css from '@/app/ui/Sheet.module.css'
import { SignInFirst } from '@/app/ui/SignInFirst'

const PATH = '/api/accounts'

/** `/accounts`: who may sign in; an administrator makes, shuts and opens accounts and gives one-time passwords. */
export function AccountsScreen() {
  const t = useTranslations('accounts')
  const [round, setRound] = useState(0)
  const [shown, setShown] = useState<OneTimePassword>()
  const act = useAct()
  const { answer, refused } = useAsked(`accounts ${round}`, (signal) => getJson(AccountList, PATH, { signal }))
  const done = (): void => setRound((n) => n + 1)
  if (refused?.status === 401 || refused?.status === 403) return <SignInFirst page="/accounts" who={t('only')} />
  return (
    <main className={css['sheet']}>
      <header>
        <h1>{t('title')}</h1>
        <a href="/">{t('home')}</a>
      </header>
      {shown === undefined ? null : (
        <p className={css['once']} data-testid="one-time">
          {t('once', { account: shown.account })} <code>{shown.password}</code>
          <button type="button" onClick={() => setShown(undefined)}>
            {t('noted')}
          </button>
        </p>
      )}
      <Accounts accounts={answer?.accounts ?? []} act={act} onDone={done} onPassword={setShown} />
      <p className={css['note']} role="alert">
        {act.refused === undefined ? '' : t('refused', { code: act.refused })}
      </p>
      <h2>{t('add')}</h2>
      <NewAccountForm act={act} onDone={done} onPassword={setShown} />
    </main>
  )
}

interface Acting {
  readonly act: Act
  readonly onDone: () => void
  readonly onPassword: (password: OneTimePassword) => void
}

function Accounts({ accounts, ...acting }: Acting & { readonly accounts: readonly AccountEntry[] }) {
  const t = useTranslations('accounts')
  return (
    <table>
      <thead>
        <tr>
          {(['account', 'name', 'roles', 'state', 'acts'] as const).map((column) => (
            <th key={column}>{t(column)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <AccountRow key={account.id} of={account} {...acting} />
        ))}
      </tbody>
    </table>
  )
}

function AccountRow({ of, act, onDone, onPassword }: Acting & { readonly of: AccountEntry }) {
  const t = useTranslations('accounts')
  const own = `${PATH}/${of.id}`
  const turn = (): void =>
    act.run(async () => {
      await send(`${own}/${of.disabled ? 'enable' : 'disable'}`, { method: 'POST' })
      onDone()
    })
  const reset = (): void =>
    act.run(async () => {
      onPassword(await getJson(OneTimePassword, `${own}/password`, { method: 'POST' }))
      onDone()
    })
  const state = of.disabled ? 'shut' : of.mustChangePassword ? 'oneTime' : 'open'
  return (
    <tr data-quiet={of.disabled} data-account={of.account}>
      <td>
        <b>{of.account}</b>
      </td>
      <td>{of.name}</td>
      <td>{of.roles.map((role) => t(`role.${role}`)).join(' · ')}</td>
      <td>{t(`states.${state}`)}</td>
      <td>
        <button type="button" onClick={reset}>
          {t('reset')}
        </button>
        <button type="button" onClick={turn}>
          {of.disabled ? t('enable') : t('disable')}
        </button>
      </td>
    </tr>
  )
}

function NewAccountForm({ act, onDone, onPassword }: Acting) {
  const t = useTranslations('accounts')
  const names = useNames()
  const [role, setRole] = useState<string>('operator')
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const element = event.currentTarget
    const form = new FormData(element)
    const department = role === 'department' ? { department: fieldOf(form, 'department') } : {}
    const body = { account: fieldOf(form, 'account'), name: fieldOf(form, 'name'), roles: [role], ...department }
    act.run(async () => {
      onPassword(await getJson(OneTimePassword, PATH, { method: 'POST', body }))
      element.reset()
      onDone()
    })
  }
  return (
    <form onSubmit={submit}>
      <label>
        {t('account')}
        <input name="account" required minLength={2} maxLength={40} autoComplete="off" />
      </label>
      <label>
        {t('name')}
        <input name="name" required maxLength={80} autoComplete="off" />
      </label>
      <label>
        {t('roles')}
        <select name="role" value={role} onChange={(event) => setRole(event.target.value)}>
          {Role.options.map((one) => (
            <option key={one} value={one}>
              {t(`role.${one}`)}
            </option>
          ))}
        </select>
      </label>
      {role === 'department' ? (
        <label>
          {t('department')}
          <select name="department">
            {DEPARTMENTS.map(({ code, name }) => (
              <option key={code} value={code}>
                {names(name)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <button type="submit" disabled={act.busy}>
        {t('create')}
      </button>
    </form>
  )
}
