import { useTranslations } from 'use-intl'
import type { Incident, PeopleKind } from '@/domain/incident/incident'
import { isOver } from '@/domain/incident/incidentState'
import type { Measured } from '@/domain/measured'
import { Figure } from '@/app/ui/figure/Figure'
import css from './PeopleLine.module.css'
import { useWall } from './wallContext'

const KINDS = ['trapped', 'missing', 'injured', 'dead', 'evacuated', 'sheltered', 'affected'] as const
/** What is not shown to visitors before somebody confirmed it. */
const CASUALTIES: ReadonlySet<PeopleKind> = new Set(['trapped', 'missing', 'injured', 'dead'])

/** People over all incidents, in the line below the status: nobody looks for them elsewhere. A figure nobody told is unknown. */
export function PeopleLine() {
  const { picture, steering } = useWall()
  const t = useTranslations('steer.people')
  const words = useTranslations('incident')
  const incidents = [...picture.incidents.values()].filter(({ state }) => !isOver(state))
  const internal = steering.state.audience === 'internal'
  return (
    <div className={css['line']} data-testid="people">
      <b>{t('title')}</b>
      {KINDS.map((one) => {
        const name = words(`people.${one}`)
        const { of, verified } = sumOf(incidents, one, words('unit'))
        const shown = internal || verified || !CASUALTIES.has(one)
        return (
          <span key={one}>
            {name} {shown ? <Figure of={of} title={name} mark="doubtful" /> : t('notConfirmed')}
            {of.kind === 'value' && !verified && shown ? <i>{t('reported')}</i> : null}
          </span>
        )
      })}
    </div>
  )
}

/** Sum of what was told, as old as its oldest part; absent where nobody told a figure. */
function sumOf(
  incidents: readonly Incident[],
  kind: PeopleKind,
  unit: string,
): { readonly of: Measured; readonly verified: boolean } {
  const told = incidents.flatMap(({ id, people }) => {
    const figure = people[kind]
    return figure === undefined ? [] : [{ id, figure }]
  })
  const [first] = told
  if (first === undefined) return { of: { kind: 'absent', reason: 'noData', unit }, verified: false }
  const of: Measured = {
    kind: 'value',
    value: told.reduce((sum, { figure }) => sum + figure.value, 0),
    unit,
    provenance: 'reported',
    asOf: told.reduce((oldest, { figure }) => (figure.at < oldest ? figure.at : oldest), first.figure.at),
    quality: 0,
    source: { kind: 'event', id: first.id },
  }
  return { of, verified: told.every(({ figure }) => figure.status === 'verified') }
}
