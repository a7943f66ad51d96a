import { useTranslations } from 'use-intl'
import css from './DeskSurface.module.css'
import { DESK_KEYS, IN_THE_LIST_ALONE } from './keys'

/** The keys that matter, always in sight. */
export function KeyBar() {
  const t = useTranslations('desk')
  return (
    <footer className={css['keys']}>
      {DESK_KEYS.filter(({ does }) => !IN_THE_LIST_ALONE.includes(does)).map(({ key, does }) => (
        <span key={key}>
          <kbd>{key}</kbd>
          {t(`key.${does}`)}
        </span>
      ))}
      <em>{t('traced')}</em>
    </footer>
  )
}

/** Every key with what it does. */
export function KeyList({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('desk')
  return (
    <section
      className={css['keyList']}
      role="dialog"
      aria-modal="true"
      aria-label={t('key.keys')}
      data-testid="key-list"
    >
      <h2>{t('key.keys')}</h2>
      <dl>
        {DESK_KEYS.map(({ key, does }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`key.${does}`)}</dd>
          </div>
        ))}
      </dl>
      <p>{t('traced')}</p>
      <button type="button" onClick={onClose} autoFocus>
        {t('close')} <kbd>Esc</kbd>
      </button>
    </section>
  )
}
