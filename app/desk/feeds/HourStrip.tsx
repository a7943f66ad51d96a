import { useTranslations } from 'use-intl'
import type { FeedHour } from '@/domain/api/feedDesk'
import type { World } from '@/domain/world'
import { clockOf } from '@/app/time/format'
import css from './FeedDesk.module.css'

/** The judged hours of the last day from left to right, each with its letter: no grade is told by colour alone. */
export function HourStrip({ hours, world }: { readonly hours: readonly FeedHour[]; readonly world: World }) {
  const t = useTranslations('feedDesk')
  if (hours.length === 0) return <span className={css['quiet']}>{t('notJudged')}</span>
  return (
    <div className={css['strip']}>
      {hours.toReversed().map(({ hour, grade }) => (
        <span key={hour} className={css['hour']} data-grade={grade} title={`${clockOf(hour, world.timeZone)} ${grade}`}>
          {grade}
        </span>
      ))}
    </div>
  )
}
