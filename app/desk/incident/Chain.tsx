import { useTranslations } from 'use-intl'
import { ChainView } from '@/domain/api/chain'
import { getJson } from '@/app/fetch/getJson'
import { useAsked } from '@/app/fetch/useAsked'
import { useIncidentWords } from '@/app/incidents/useIncidentWords'
import { useNames } from '@/app/messages/locale'
import { clockOf } from '@/app/time/format'
import { useWall } from '@/app/wall/wallContext'
import css from './IncidentPage.module.css'

const SHOWN = 5
const ASKED_EVERY = 60_000

/** What may come next, how likely, by when, what would confirm or kill it, and who should look: priors of experts, said so. */
export function Chain({ incident }: { readonly incident: string }) {
  const { world } = useWall()
  const t = useTranslations('desk.chain')
  const words = useIncidentWords()
  const names = useNames()
  const path = `/api/worlds/${encodeURIComponent(world.key)}/incidents/${incident}/chain`
  const { answer } = useAsked(path, (signal) => getJson(ChainView, path, { signal }), ASKED_EVERY)
  if (answer === undefined || answer.events.length === 0) return null
  return (
    <section className={css['part']} data-testid="chain" aria-label={t('title')}>
      <h3>
        {t('title')} <span>{t('basis')}</span>
      </h3>
      <ul className={css['lines']}>
        {answer.events.slice(0, SHOWN).map((event) => (
          <li key={event.key}>
            <b>{names(event.name)}</b>
            <span>
              {event.incidents.length > 0
                ? t('come', { no: event.incidents.join(' ') })
                : t('likely', {
                    percent: words.number(Math.round(event.likely * 100)),
                    at: clockOf(event.at, world.timeZone),
                  })}
            </span>
            <i>{t('look', { what: names(event.confirmedBy), who: words.department(event.looks, true) })}</i>
          </li>
        ))}
      </ul>
    </section>
  )
}
