import type { SubmitEvent } from 'react'
import { useTranslations } from 'use-intl'
import { WallLayout, windowOfTile } from '@/domain/wall/wallLayout'
import { fieldOf } from '@/app/fetch/useAct'
import type { Desk } from './SteerScreen'

const FIELDS = ['columns', 'rows', 'tileWidth', 'tileHeight', 'bezelX', 'bezelY', 'pitch', 'distance'] as const

/** The geometry of the wall; kept as its next version, and taken by every tile at once. */
export function LayoutForm({ desk: { view, act, put } }: { readonly desk: Desk }) {
  const t = useTranslations('steer')
  const { version, body } = view.orders.layout
  const whole = windowOfTile(body, 1, 1)
  const save = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const asked = Object.fromEntries(FIELDS.map((field) => [field, Number(fieldOf(form, field))]))
    put('/layout', 'PUT', { version, layout: WallLayout.parse(asked) })
  }
  return (
    <section aria-label={t('layout')}>
      <h2>{t('layout')}</h2>
      <p>{t('whole', { width: whole.fullWidth, height: whole.fullHeight, version })}</p>
      <form onSubmit={save} data-testid="layout">
        {FIELDS.map((field) => (
          <label key={field}>
            {t(field)}
            <input type="number" name={field} defaultValue={body[field]} step="any" min="0" required />
          </label>
        ))}
        <button type="submit" disabled={act.busy}>
          {t('save')}
        </button>
      </form>
    </section>
  )
}
