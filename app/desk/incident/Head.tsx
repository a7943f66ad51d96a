import { useTranslations } from 'use-intl'
import type { ReportClock } from '@/domain/incident/reporting'
import type { Queued } from '@/app/incidents/queue'
import { useDeadlineWords } from '@/app/incidents/useDeadlineWords'
import { useIncidentWords } from '@/app/incidents/useIncidentWords'
import { clockOf, useSpan } from '@/app/time/format'
import { useWorldTime } from '@/app/time/WorldTime'
import { Glyph } from '@/app/ui/Glyph'
import { useWall } from '@/app/wall/wallContext'
import css from './IncidentPage.module.css'

/** Number, name, state, statutory level with its criterion, both report clocks, who leads, and what runs out next. */
export function Head({ of }: { readonly of: Queued }) {
  const { incident, urgency, deadline } = of
  const { now, timeZone } = useWorldTime()
  const t = useTranslations('incident')
  const words = useIncidentWords()
  const deadlineWords = useDeadlineWords()
  const span = useSpan()
  const left = deadline === undefined ? undefined : deadlineWords(deadline, incident)
  const support = incident.support.map((code) => words.department(code, true)).join(' ')
  return (
    <header className={css['head']}>
      <Glyph
        urgency={urgency}
        label={String(incident.no)}
        hollow={incident.state === 'controlled' || incident.state === 'ended'}
      />
      <div>
        <h1>
          {t('no', { no: incident.no })} {incident.title}
        </h1>
        <p>
          <span data-testid="state">
            {t(`urgency.${urgency}`)} · {t(`state.${incident.state}`)} ·{' '}
            {t('since', { span: span(now - incident.reportedAt) })}
          </span>
          <b data-testid="level">{words.level(incident) ?? t('level.none')}</b>
          {incident.clocks.map((clock) => (
            <ClockWords key={`${clock.kind} ${clock.by} ${clock.dueAt}`} clock={clock} timeZone={timeZone} />
          ))}
        </p>
        <p>
          <Documents incident={incident.id} />
        </p>
        <p>
          {t('lead')} {words.department(incident.lead)}
          {support === '' ? '' : ` · ${t('support')} ${support}`} · {incident.place.text}
        </p>
      </div>
      <div className={css['clock']} data-past={left?.past} data-testid="deadline">
        {left === undefined ? (
          <span>{t('noClock')}</span>
        ) : (
          <>
            <strong>{left.when}</strong>
            <span>
              {left.what}
              {left.past || deadline === undefined ? '' : ` · ${t('latest', { at: clockOf(deadline.at, timeZone) })}`}
            </span>
          </>
        )}
      </div>
    </header>
  )
}

/** 首报 电话 17:20 ✓ ｜ 书面 18:08 前. */
function ClockWords({ clock, timeZone }: { readonly clock: ReportClock; readonly timeZone: string }) {
  const t = useTranslations('incident.clock')
  const at = clockOf(clock.doneAt ?? clock.dueAt, timeZone)
  const words = t(clock.doneAt === undefined ? 'due' : 'done', { kind: clock.kind, by: clock.by, at })
  return <span data-clock={clock.by}>{clock.doneAt === undefined ? <b>{words}</b> : words}</span>
}

const DOCUMENTS = ['first', 'continued', 'final'] as const

/** The reports as documents of the city's template, drafted from what is known now. */
function Documents({ incident }: { readonly incident: string }) {
  const { world } = useWall()
  const t = useTranslations('incident')
  const base = `/api/worlds/${encodeURIComponent(world.key)}/incidents/${incident}/documents`
  return DOCUMENTS.map((kind) => (
    <a key={kind} href={`${base}/${kind}`} download>
      {t('document', { kind: t(`submission.${kind}`) })}
    </a>
  ))
}
