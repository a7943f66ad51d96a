import { useTranslations } from 'use-intl'
import type { Nearby } from '@/domain/incident/nearbyIncidents'
import { urgencyOf } from '@/domain/incident/urgency'
import { useIncidentWords } from '@/app/incidents/useIncidentWords'
import { useSpan } from '@/app/time/format'
import { useWorldTime } from '@/app/time/WorldTime'
import { Glyph } from '@/app/ui/Glyph'
import css from '../Panel.module.css'

const LISTED = 3

/** Open incidents that the call may speak of: within 500 m and an hour, so that nobody opens the same one twice. */
export function NearbyList({
  near,
  onFollow,
}: {
  readonly near: readonly Nearby[]
  readonly onFollow: (id: string) => void
}) {
  const t = useTranslations('desk.call')
  const words = useIncidentWords()
  const span = useSpan()
  const { now } = useWorldTime()
  if (near.length === 0) return <p className={css['quiet']}>{t('noneNear')}</p>
  return (
    <ul className={css['near']} aria-label={t('near')}>
      {near.slice(0, LISTED).map(({ incident, metres }) => (
        <li key={incident.id}>
          <button type="button" onClick={() => onFollow(incident.id)}>
            <Glyph urgency={urgencyOf(incident, now)} label={String(incident.no)} />
            <b>{incident.title}</b>
            <span>
              {metres === undefined ? t('noPoint') : t('metres', { n: words.number(Math.round(metres)) })} ·{' '}
              {span(now - incident.reportedAt)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
