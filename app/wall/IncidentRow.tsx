import { useTranslations } from 'use-intl'
import type { Queued } from '@/app/incidents/queue'
import { useDeadlineWords } from '@/app/incidents/useDeadlineWords'
import { leadingFigure, measurePeople, useIncidentWords } from '@/app/incidents/useIncidentWords'
import { useSpan } from '@/app/time/format'
import { Figure } from '@/app/ui/figure/Figure'
import { Glyph } from '@/app/ui/Glyph'
import css from './NowColumn.module.css'
import { useWall } from './wallContext'

/** An incident on the wall: people first, then what it is now, then whose it is and what time is left. No names of persons. */
export function IncidentRow({ of }: { readonly of: Queued }) {
  const { incident, urgency, deadline } = of
  const { now, steering } = useWall()
  const t = useTranslations('incident')
  const words = useIncidentWords()
  const deadlineWords = useDeadlineWords()
  const span = useSpan()
  const gravest = leadingFigure(incident)
  const told = gravest === undefined ? undefined : incident.people[gravest]
  // Before visitors a figure of people stands only when somebody has confirmed it.
  const figure = steering.state.audience === 'visitors' && told?.status !== 'verified' ? undefined : gravest
  const left = deadline === undefined ? undefined : deadlineWords(deadline, incident)
  const level = incident.level !== undefined && incident.level.value <= 3 ? words.level(incident) : undefined
  return (
    <div className={css['row']} data-incident={String(incident.no)} data-testid="wall-incident">
      <div className={css['glyph']}>
        <Glyph urgency={urgency} label={String(incident.no)} hollow={incident.state === 'controlled'} />
      </div>
      <div className={css['name']}>{incident.title}</div>
      <div className={css['figure']}>
        {figure === undefined ? null : (
          <>
            {t(`people.${figure}`)}{' '}
            <Figure of={measurePeople(incident, figure, t('unit'))} title={t(`people.${figure}`)} />
          </>
        )}
      </div>
      <div className={css['what']}>
        {[incident.condition ?? words.type(incident.typeCode), level].filter(Boolean).join(' · ')}
      </div>
      <div className={css['whose']}>
        {words.department(incident.lead)} · {t(`state.${incident.state}`)} · {span(now - incident.reportedAt)}
        {left === undefined ? null : (
          <>
            {' · '}
            {left.what} <b>{left.when}</b>
          </>
        )}
      </div>
    </div>
  )
}
