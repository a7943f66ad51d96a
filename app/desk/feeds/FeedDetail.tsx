import type { SubmitEvent } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { FeedDeskEntry, FeedHour } from '@/domain/api/feedDesk'
import type { Finding, QualityAspect } from '@/domain/feed/feedQuality'
import { QUALITY_ASPECTS } from '@/domain/feed/feedQuality'
import { FeedStanding } from '@/domain/feed/standing'
import type { World } from '@/domain/world'
import { send } from '@/app/fetch/getJson'
import type { Act } from '@/app/fetch/useAct'
import { fieldOf } from '@/app/fetch/useAct'
import { useSpan } from '@/app/time/format'
import { formatNumber } from '@/app/ui/figure/formatNumber'
import { Contracts } from './Contracts'
import css from './FeedDesk.module.css'
import { feedPath } from './feedQuestions'

interface DetailProps {
  readonly feed: FeedDeskEntry
  readonly world: World
  readonly act: Act
  readonly round: number
  readonly onDone: () => void
}

const SHOWN = 12

/** One feed: what this hour was like, what was found, its contract, and what a person can do about it. */
export function FeedDetail({ feed, world, act, round, onDone }: DetailProps) {
  const t = useTranslations('feedDesk')
  const [hour] = feed.hours
  return (
    <div className={css['split']} data-testid="feed-detail">
      <section>
        <h2>{t('aspects')}</h2>
        {hour === undefined ? <p>{t('notJudged')}</p> : <HourAspects hour={hour} />}
        {hour === undefined ? null : <Findings hour={hour} />}
      </section>
      <section>
        <Contracts feed={feed} world={world} act={act} round={round} onDone={onDone} />
        <StandingForm feed={feed} world={world} act={act} onDone={onDone} />
        {feed.adapter?.lastError === undefined ? null : <p className={css['code']}>{feed.adapter.lastError}</p>}
      </section>
    </div>
  )
}

function HourAspects({ hour }: { readonly hour: FeedHour }) {
  const t = useTranslations('feedDesk')
  const locale = useLocale()
  const judged = QUALITY_ASPECTS.flatMap((name): [QualityAspect, number][] => {
    const value = hour.aspects[name]
    return value === undefined ? [] : [[name, value]]
  })
  return (
    <div className={css['bars']}>
      {judged.map(([name, value]) => [
        <span key={`${name} word`}>{t(`aspect.${name}`)}</span>,
        <div key={`${name} track`} className={css['track']}>
          <div className={css['fill']} style={{ width: `${value * 100}%` }} />
        </div>,
        <span key={`${name} share`} className={css['number']}>
          {`${formatNumber(value * 100, 1, locale)} %`}
        </span>,
      ])}
    </div>
  )
}

function Findings({ hour: { breaches, findings } }: { readonly hour: FeedHour }) {
  const t = useTranslations('feedDesk')
  const locale = useLocale()
  return (
    <>
      {breaches.length === 0 ? null : (
        <p>
          <b>{t('breaches')}</b> {breaches.map(({ clause }) => t(`clause.${clause}`)).join(' · ')}
        </p>
      )}
      <h2>{t('findings')}</h2>
      {findings.length === 0 ? <p>{t('noFindings')}</p> : null}
      <ul data-testid="findings" style={{ listStyle: 'none', padding: 0 }}>
        {findings.slice(0, SHOWN).map((finding) => (
          <FindingLine key={`${finding.kind} ${finding.subject}`} finding={finding} />
        ))}
      </ul>
      {findings.length > SHOWN ? <p>{t('more', { n: formatNumber(findings.length - SHOWN, 0, locale) })}</p> : null}
    </>
  )
}

function FindingLine({ finding: { kind, subject, amount } }: { readonly finding: Finding }) {
  const t = useTranslations('feedDesk')
  const span = useSpan()
  const locale = useLocale()
  const share = kind === 'outage' || kind === 'duplicates' || kind === 'disorder'
  const clock = kind === 'behind' || kind === 'ahead'
  const told = clock
    ? span(Math.abs(amount) * 1_000)
    : share
      ? `${formatNumber(amount * 100, 0, locale)} %`
      : formatNumber(amount, kind === 'disagrees' ? 2 : 0, locale)
  return (
    <li>
      {t(`finding.${kind}`)} <span className={css['code']}>{subject}</span> {told}
    </li>
  )
}

function StandingForm({ feed, world, act, onDone }: Omit<DetailProps, 'round'>) {
  const t = useTranslations('feedDesk')
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const body = { standing: fieldOf(form, 'standing'), reason: fieldOf(form, 'reason') }
    act.run(async () => {
      await send(feedPath(world.key, `/feeds/${encodeURIComponent(feed.key)}/standing`), { method: 'PUT', body })
      onDone()
    })
  }
  return (
    <form onSubmit={submit} data-testid="standing">
      <label>
        {t('setStanding')}
        <select name="standing" defaultValue={feed.standing}>
          {FeedStanding.options.map((standing) => (
            <option key={standing} value={standing}>
              {t(`standings.${standing}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('reason')}
        <input name="reason" required maxLength={200} autoComplete="off" defaultValue={feed.standingReason ?? ''} />
      </label>
      <button type="submit" disabled={act.busy}>
        {t('apply')}
      </button>
    </form>
  )
}
