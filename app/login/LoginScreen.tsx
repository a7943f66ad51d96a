'use client'

import type { SubmitEvent } from 'react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { SessionView } from '@/domain/api/session'
import { getJson, Refused, send } from '@/app/fetch/getJson'
import css from './LoginScreen.module.css'

type Problem = 'wrong' | 'locked' | 'weak' | 'unreachable'

/** What a refusal means to the person at the keyboard. */
function problemOf(cause: unknown): Problem {
  if (!(cause instanceof Refused) || cause.status === 0) return 'unreachable'
  if (cause.status === 429 || cause.status === 423) return 'locked'
  return cause.status === 400 || cause.status === 409 || cause.status === 422 ? 'weak' : 'wrong'
}

const HOME = '/'

/** `/login`: signs in; after a one-time password it asks for a new one before anything else. */
export function LoginScreen() {
  const t = useTranslations('login')
  const [oneTime, setOneTime] = useState<string>()
  return (
    <main className={css['page']}>
      <h1>{oneTime === undefined ? t('title') : t('change')}</h1>
      {oneTime === undefined ? <SignInForm onOneTime={setOneTime} /> : <ChangeForm current={oneTime} />}
      <a href={HOME}>{t('home')}</a>
    </main>
  )
}

/** Runs one request at a time and keeps what went wrong. */
function useSubmit(action: (form: FormData) => Promise<void>) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const run = async (form: FormData): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    try {
      await action(form)
    } catch (cause) {
      setProblem(problemOf(cause))
    }
    setBusy(false)
  }
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (!busy) void run(new FormData(event.currentTarget))
  }
  return { busy, problem, onSubmit }
}

const text = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

function SignInForm({ onOneTime }: { readonly onOneTime: (password: string) => void }) {
  const t = useTranslations('login')
  const { busy, problem, onSubmit } = useSubmit(async (form) => {
    const body = { account: text(form, 'account'), password: text(form, 'password') }
    const { mustChangePassword } = await getJson(SessionView, '/api/session', { method: 'POST', body })
    if (mustChangePassword) onOneTime(body.password)
    else window.location.reload() // the server knows where a person who is signed in goes on from here
  })
  return (
    <form onSubmit={onSubmit}>
      <label>
        {t('account')}
        <input name="account" autoComplete="username" autoFocus required maxLength={80} />
      </label>
      <label>
        {t('password')}
        <input name="password" type="password" autoComplete="current-password" required maxLength={200} />
      </label>
      <p role="alert">{problem === undefined ? '' : t(`errors.${problem}`)}</p>
      <button type="submit" disabled={busy}>
        {busy ? t('busy') : t('submit')}
      </button>
    </form>
  )
}

function ChangeForm({ current }: { readonly current: string }) {
  const t = useTranslations('login')
  const { busy, problem, onSubmit } = useSubmit(async (form) => {
    await send('/api/session/password', { method: 'PUT', body: { current, next: text(form, 'next') } })
    window.location.reload()
  })
  return (
    <form onSubmit={onSubmit}>
      <label>
        {t('next')}
        <input
          name="next"
          type="password"
          autoComplete="new-password"
          autoFocus
          required
          minLength={12}
          maxLength={200}
        />
      </label>
      <p role="alert">{problem === undefined ? '' : t(`errors.${problem}`)}</p>
      <button type="submit" disabled={busy}>
        {t('save')}
      </button>
    </form>
  )
}
