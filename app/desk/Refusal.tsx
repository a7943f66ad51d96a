import { useTranslations } from 'use-intl'
import css from './Panel.module.css'

/** Why the last act was not done, in words where the code has some. */
export function Refusal({ code }: { readonly code: string | undefined }) {
  const t = useTranslations('desk')
  const words = useTranslations()
  if (code === undefined) return <p role="alert" className={css['refusal']} />
  const key = `desk.refusals.${code.replaceAll('.', '_')}` as Parameters<typeof words.has>[0]
  return (
    <p role="alert" className={css['refusal']}>
      {t('refused')} {words.has(key) ? words(key) : code}
    </p>
  )
}
