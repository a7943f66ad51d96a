'use client'

import type { ReactNode } from 'react'
import { Fragment } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { Evidence, EvidenceMinute } from '@/domain/api/evidence'
import type { Measured } from '@/domain/measured'
import { qualityFlags } from '@/domain/quality'
import { useEvidence } from '@/app/fetch/questions'
import { useNames } from '@/app/messages/locale'
import { stampOf } from '@/app/time/format'
import type { AskedFigure } from '@/app/ui/evidence/opener'
import { Figure, markOf } from '@/app/ui/figure/Figure'
import { formatNumber } from '@/app/ui/figure/formatNumber'
import { Mark } from '@/app/ui/Mark'
import css from './EvidencePanel.module.css'
import { useWall } from './wallContext'

/** What a number rests on, two clicks from the wall: the question, its rows, and the number computed again from them. */
export function EvidencePanel({ asked, close }: { readonly asked: AskedFigure; readonly close: () => void }) {
  const { world } = useWall()
  const t = useTranslations('evidence')
  const source = asked.of.source?.id ?? ''
  const { answer, refused } = useEvidence(world.key, source)
  return (
    <aside className={css['panel']} data-testid="evidence">
      <header>
        <h2>{t('title')}</h2>
        <button type="button" onClick={close} autoFocus>
          {t('close')} <kbd>Esc</kbd>
        </button>
      </header>
      <div className={css['asked']}>
        <span>{asked.title}</span>
        <Figure of={asked.of} decimals={asked.decimals} title={asked.title} mark="always" />
      </div>
      {answer === undefined ? (
        <p className={css['verdict']}>{refused === undefined ? t('asking') : t('failed', { code: refused.code })}</p>
      ) : (
        <Answer evidence={answer} asked={asked} />
      )}
    </aside>
  )
}

function Answer({ evidence, asked }: { readonly evidence: Evidence; readonly asked: AskedFigure }) {
  const t = useTranslations('evidence')
  return (
    <>
      <Verdict evidence={evidence} asked={asked} />
      <Clocks evidence={evidence} of={asked.of} />
      <Part title={t('query')}>
        <b className={css['mono']}>{evidence.query.name}</b>
        <pre>{evidence.query.sql.trim()}</pre>
        <p className={css['params']}>
          {t('params')}{' '}
          {Object.entries(evidence.query.params)
            .map(([name, value]) => `${name} = ${String(value)}`)
            .join(' · ')}
        </p>
      </Part>
      {evidence.minutes === undefined ? null : <Minutes minutes={evidence.minutes} />}
      {evidence.rows.length === 0 ? null : <Rows evidence={evidence} decimals={asked.decimals} />}
    </>
  )
}

/** Equal means the same number and the same moment; a correction that came later is said as what it is. */
export function sameMeasured(shown: Measured, recomputed: Measured): boolean {
  if (shown.kind === 'absent' || recomputed.kind === 'absent') return shown.kind === recomputed.kind
  const number = (of: typeof shown) => (of.kind === 'value' ? of.value : of.limit)
  return shown.kind === recomputed.kind && number(shown) === number(recomputed) && shown.asOf === recomputed.asOf
}

function Verdict({ evidence, asked }: { readonly evidence: Evidence; readonly asked: AskedFigure }) {
  const t = useTranslations('evidence')
  const same = sameMeasured(asked.of, evidence.recomputed)
  const words = evidence.pending ? 'pending' : same ? 'same' : 'different'
  return (
    <p className={css['verdict']} data-verdict={words} data-testid="verdict">
      {t('recomputed')} <Figure of={evidence.recomputed} decimals={asked.decimals} title={t('recomputed')} />{' '}
      <b>{t(words)}</b>
    </p>
  )
}

function Clocks({ evidence, of }: { readonly evidence: Evidence; readonly of: Measured }) {
  const { world } = useWall()
  const t = useTranslations('evidence')
  const mark = useTranslations('figure.mark')
  const names = useNames()
  const used = evidence.rows.find((row) => row.used)
  const stamp = (at: number) => stampOf(at, world.timeZone)
  const kind = markOf(of)
  const flags = of.kind === 'value' ? qualityFlags(of.quality) : []
  return (
    <dl className={css['facts']}>
      <dt>{t('provenance')}</dt>
      <dd>
        <Mark kind={kind} />
        {mark(kind)}
      </dd>
      {of.unit === '' ? null : (
        <>
          <dt>{t('unit')}</dt>
          <dd>{of.unit}</dd>
        </>
      )}
      <dt>{t('phenomenonTime')}</dt>
      <dd>{of.kind === 'absent' ? '—' : stamp(of.asOf)}</dd>
      {used === undefined ? null : (
        <>
          <dt>{t('knownTime')}</dt>
          <dd>{stamp(used.knownTime)}</dd>
          <dt>{t('recordedAt')}</dt>
          <dd>{stamp(used.recordedAt)}</dd>
        </>
      )}
      {evidence.feeds.map((feed) => (
        <Fragment key={feed.key}>
          <dt>{t('feed')}</dt>
          <dd>
            {names(feed.name)} · {names(feed.owner)} · {t('steward')} {names(feed.steward)} · {t('licence')}{' '}
            {feed.licence}
          </dd>
        </Fragment>
      ))}
      <dt>{t('quality')}</dt>
      <dd>{flags.length === 0 ? t('passed') : flags.map((flag) => t(`flags.${flag}`)).join(' · ')}</dd>
    </dl>
  )
}

const LISTED = 6

function Rows({ evidence, decimals }: { readonly evidence: Evidence; readonly decimals: number }) {
  const { world } = useWall()
  const locale = useLocale()
  const t = useTranslations('evidence')
  const listed = evidence.rows.slice(0, LISTED)
  const flag = (quality: number) =>
    qualityFlags(quality)
      .map((name) => t(`flags.${name}`))
      .join(' ')
  return (
    <Part title={t('rows')} aside={t('rowsTotal', { count: evidence.rowsTotal, shown: listed.length })}>
      <table className={css['rows']}>
        <thead>
          <tr>
            {(['phenomenonTime', 'knownTime', 'value', 'quality', 'seq'] as const).map((column) => (
              <th key={column}>{t(`row.${column}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {listed.map((row) => (
            <tr key={`${row.stream ?? row.track ?? ''} ${row.seq}`} data-used={row.used}>
              <td>{stampOf(row.phenomenonTime, world.timeZone)}</td>
              <td>{stampOf(row.knownTime, world.timeZone)}</td>
              <td>{formatNumber(row.value, Math.max(decimals, 1), locale)}</td>
              <td>{flag(row.quality)}</td>
              <td>{row.seq}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  )
}

/** Machine minutes in which something was counted, the newest first. */
function Minutes({ minutes }: { readonly minutes: readonly EvidenceMinute[] }) {
  const { world } = useWall()
  const locale = useLocale()
  const t = useTranslations('evidence')
  const listed = minutes.slice(0, 2 * LISTED)
  return (
    <Part title={t('minutes')} aside={t('rowsTotal', { count: minutes.length, shown: listed.length })}>
      <table className={css['rows']}>
        <thead>
          <tr>
            {(['minute', 'server', 'counted'] as const).map((column) => (
              <th key={column}>{t(`row.${column}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {listed.map(({ minute, server, value }) => (
            <tr key={`${minute} ${server}`} data-used="true">
              <td>{stampOf(minute, world.timeZone)}</td>
              <td>{server}</td>
              <td>{formatNumber(value, 0, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  )
}

function Part({
  title,
  aside,
  children,
}: {
  readonly title: string
  readonly aside?: string
  readonly children: ReactNode
}) {
  return (
    <section className={css['part']}>
      <h3>
        {title} <span>{aside}</span>
      </h3>
      {children}
    </section>
  )
}
