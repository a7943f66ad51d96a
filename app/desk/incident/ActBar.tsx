import { useTranslations } from 'use-intl'
import type { DeskAct } from '../acts/act'
import { useDesk } from '../deskContext'
import css from './IncidentPage.module.css'

/** The five acts that come next, each with its key; the first is what the state asks for. */
export function ActBar({ hot }: { readonly hot: readonly DeskAct[] }) {
  const { begin } = useDesk()
  const t = useTranslations('desk')
  return (
    <div className={css['acts']} role="toolbar" aria-label={t('acts')}>
      {hot.map((act, i) => (
        <button
          key={act.key}
          type="button"
          data-main={i === 0}
          onClick={() => begin(act.key)}
          title={`${act.consequence} · ${act.authority}`}
        >
          <kbd>{t('palette.hot', { n: String(i + 1) })}</kbd> {act.short ?? act.title}
        </button>
      ))}
    </div>
  )
}
