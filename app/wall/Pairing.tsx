'use client'

import { useTranslations } from 'use-intl'
import { PairingAsked } from '@/domain/api/session'
import { getJson } from '@/app/fetch/getJson'
import { useAsked } from '@/app/fetch/useAsked'
import { clockOf } from '@/app/time/format'
import css from './Pairing.module.css'

/** A screen without rights shows the code by which an administrator knows it; it loads itself when it was confirmed. */
export function Pairing() {
  const t = useTranslations('pairing')
  const { answer } = useAsked('pairing', (signal) => getJson(PairingAsked, '/api/screens', { method: 'POST', signal }))
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <main className={css['pairing']}>
      <h1>{t('title')}</h1>
      {answer === undefined ? (
        <p>{t('asking')}</p>
      ) : (
        <>
          <p>{t('say')}</p>
          <strong>{answer.code}</strong>
          <p>{t('expires', { at: clockOf(answer.expiresAt, zone) })}</p>
        </>
      )}
    </main>
  )
}
