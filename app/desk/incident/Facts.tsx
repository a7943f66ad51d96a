import { useTranslations } from 'use-intl'
import { PeopleKind } from '@/domain/incident/incident'
import type { Queued } from '@/app/incidents/queue'
import { measurePeople, useIncidentWords } from '@/app/incidents/useIncidentWords'
import { clockOf } from '@/app/time/format'
import { useWorldTime } from '@/app/time/WorldTime'
import { Figure } from '@/app/ui/figure/Figure'
import css from './IncidentPage.module.css'

/** Figures that are always asked for, told or not: what nobody has told is unknown and never zero. */
const ALWAYS: readonly PeopleKind[] = ['trapped', 'missing', 'injured', 'dead']

/** People first, each with who told it, when, and whether it was checked. */
export function Facts({ of: { incident } }: { readonly of: Queued }) {
  const { timeZone } = useWorldTime()
  const t = useTranslations('incident')
  const words = useIncidentWords()
  const shown = PeopleKind.options.filter((kind) => ALWAYS.includes(kind) || incident.people[kind] !== undefined)
  return (
    <dl className={css['facts']} data-testid="people">
      {shown.map((kind) => {
        const figure = incident.people[kind]
        return (
          <div key={kind} data-kind={kind}>
            <dt>
              {t(`people.${kind}`)}{' '}
              {figure === undefined
                ? null
                : t('told', {
                    at: clockOf(figure.at, timeZone),
                    status: figure.status,
                    source: words.source(figure.source),
                  })}
            </dt>
            <dd>
              {figure === undefined ? (
                <span className={css['unknown']}>{t('notChecked')}</span>
              ) : (
                <Figure of={measurePeople(incident, kind, t('unit'))} title={t(`people.${kind}`)} mark="always" />
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
