import { useTranslations } from 'use-intl'
import css from './Sheet.module.css'

/** A page whose rights this session lacks says whose they are and where to sign in. */
export function SignInFirst({ page, who }: { readonly page: string; readonly who: string }) {
  const t = useTranslations('desk')
  return (
    <main className={css['sheet']} data-testid="sign-in-first">
      <h1>{who}</h1>
      <p className={css['note']}>
        <a href={`/login?next=${encodeURIComponent(page)}`}>{t('signIn')}</a>
      </p>
    </main>
  )
}
