import { useTranslations } from 'use-intl'
import { useRefusal } from '../messages/useRefusal'
import css from './Panel.module.css'

/** Why the last act was not done. */
export function Refusal({ code }: { readonly code: string | undefined }) {
  const t = useTranslations('desk')
  const says = useRefusal()
  if (code === undefined) return <p role="alert" className={css['refusal']} />
  return (
    <p role="alert" className={css['refusal']}>
      {t('refused')} {says(code)}
    </p>
  )
}
