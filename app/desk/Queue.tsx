import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { Queued } from '@/app/incidents/queue'
import { openCounts } from '@/app/incidents/queue'
import { useDeadlineWords } from '@/app/incidents/useDeadlineWords'
import { leadingFigure, measurePeople, useIncidentWords } from '@/app/incidents/useIncidentWords'
import { useSpan } from '@/app/time/format'
import { useWorldTime } from '@/app/time/WorldTime'
import { Figure } from '@/app/ui/figure/Figure'
import { Glyph } from '@/app/ui/Glyph'
import css from './Queue.module.css'
import { Signals } from './Signals'
import { useDesk } from './deskContext'

/** What waits for this desk: incidents by the time that is left, signals that nobody has taken up, and what it owes. */
export function Queue() {
  const { queue, select, selected } = useDesk()
  const t = useTranslations('desk.queue')
  const words = useIncidentWords()
  return (
    <aside className={css['queue']} aria-label={t('title')}>
      <h2>
        {t('title')} <i>{t('order', { n: words.number(queue.length) })}</i>
      </h2>
      <ol className={css['list']} data-testid="queue">
        {queue.map((one) => (
          <Row key={one.incident.id} of={one} chosen={one === selected} onChoose={() => select(one.incident.id)} />
        ))}
      </ol>
      {queue.length === 0 ? <p className={css['calm']}>{t('none')}</p> : null}
      <Signals />
      <Owed />
    </aside>
  )
}

interface RowProps {
  readonly of: Queued
  readonly chosen: boolean
  readonly onChoose: () => void
}

function Row({ of, chosen, onChoose }: RowProps) {
  const { incident, deadline, urgency } = of
  const { now } = useWorldTime()
  const words = useIncidentWords()
  const deadlineWords = useDeadlineWords()
  const span = useSpan()
  const state = useTranslations('incident.state')
  const t = useTranslations('incident')
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const figure = leadingFigure(incident)
  const left = deadline === undefined ? undefined : deadlineWords(deadline, incident)
  return (
    <li ref={row} data-incident={String(incident.no)} data-state={incident.state}>
      <button type="button" aria-current={chosen} onClick={onChoose}>
        <Glyph
          urgency={urgency}
          label={String(incident.no)}
          hollow={incident.state === 'controlled' || incident.state === 'ended'}
        />
        <span className={css['top']}>
          <b>{incident.title}</b>
          <span className={css['figure']}>
            {figure === undefined ? null : (
              <>
                {t(`people.${figure}`)}{' '}
                <Figure of={measurePeople(incident, figure, t('unit'))} title={t(`people.${figure}`)} />
              </>
            )}
          </span>
        </span>
        <span className={css['line']}>{incident.condition ?? words.type(incident.typeCode)}</span>
        <span className={css['bottom']}>
          <span className={css['own']}>
            {words.department(incident.lead, true)} · {state(incident.state)} · {span(now - incident.reportedAt)}
          </span>
          <span className={css['left']} data-past={left?.past}>
            {left === undefined ? null : (
              <>
                <i>{left.what}</i> <strong>{left.when}</strong>
              </>
            )}
          </span>
        </span>
      </button>
    </li>
  )
}

/** 待补签, 待报, 未应, 待决: what stands in the way of a quiet handover. */
function Owed() {
  const { queue, decisions } = useDesk()
  const t = useTranslations('desk.owed')
  const words = useIncidentWords()
  const counts = openCounts(queue, decisions.filter(({ state }) => state === 'open').length)
  return (
    <dl className={css['owed']} data-testid="owed">
      {(['countersigns', 'reports', 'receipts', 'decisions'] as const).map((what) => (
        <div key={what} data-quiet={counts[what] === 0}>
          <dt>{t(what)}</dt>
          <dd>{words.number(counts[what])}</dd>
        </div>
      ))}
    </dl>
  )
}
