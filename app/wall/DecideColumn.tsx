import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { Decision } from '@/domain/decision/decision'
import type { Activation } from '@/domain/plan/activation'
import { useLeft } from '@/app/incidents/useDeadlineWords'
import { clockOf } from '@/app/time/format'
import { FittedList } from '@/app/ui/FittedList'
import { Heading } from '@/app/ui/Heading'
import css from './DecideColumn.module.css'
import { useWall } from './wallContext'

type Waiting =
  | { readonly kind: 'decision'; readonly of: Decision; readonly at: number }
  | { readonly kind: 'plan'; readonly of: Activation; readonly at: number }

/** What waits for a decision, the nearest latest moment first; while nothing does, what stood there before. */
export function DecideOr({ children }: { readonly children: ReactNode }) {
  const { picture, steering } = useWall()
  const t = useTranslations('decide')
  const waiting: Waiting[] = [
    ...[...picture.decisions.values()]
      .filter(({ state }) => state === 'open')
      .map((of) => ({ kind: 'decision', of, at: of.latestAt }) as const),
    ...[...picture.activations.values()]
      .filter(({ state }) => state === 'proposed')
      .map((of) => ({ kind: 'plan', of, at: of.decideBy }) as const),
  ]
  // What is not decided is not for visitors.
  if (waiting.length === 0 || steering.state.audience === 'visitors') return children
  return (
    <section className={css['column']} aria-label={t('title')} data-testid="decide">
      <Heading title={t('title')} sub={t('sub')} />
      <FittedList
        items={waiting.sort((a, b) => a.at - b.at)}
        keyOf={({ of }) => of.id}
        row={(one) => (one.kind === 'decision' ? <DecisionCard of={one.of} /> : <PlanCard of={one.of} />)}
        fold={(folded) => t('more', { count: folded.length })}
      />
    </section>
  )
}

/** A deadline with its consequences: the clock, the question, the ways, the default, who decides; who disagrees is a number. */
function DecisionCard({ of }: { readonly of: Decision }) {
  const { picture } = useWall()
  const t = useTranslations('decide')
  const incident = picture.incidents.get(of.incident)
  return (
    <article className={css['card']}>
      <Clock at={of.latestAt} what={of.consequence} byDefault={of.byDefault} />
      <h3>{of.question}</h3>
      {of.options.map(({ key, text, consequence }) => (
        <p key={key} data-default={key === of.byDefault}>
          <b>{key}</b> {text}
          {consequence === '' ? null : <span> {consequence}</span>}
        </p>
      ))}
      <p className={css['quiet']}>
        {t('default', { option: of.byDefault, decider: of.decider })}
        {of.dissent.length === 0
          ? ''
          : ` · ${t('dissent', { n: new Set(of.dissent.map(({ option }) => option)).size + 1 })}`}
        {incident === undefined ? '' : ` · ${t('about', { no: incident.no })}`}
      </p>
    </article>
  )
}

function PlanCard({ of }: { readonly of: Activation }) {
  const t = useTranslations('decide')
  return (
    <article className={css['card']}>
      <Clock at={of.decideBy} what={t('response')} byDefault={undefined} />
      <h3>{t('plan', { plan: of.plan, version: of.planVersion, level: of.level })}</h3>
      {of.trigger === undefined ? null : <p>{of.trigger.evidence}</p>}
    </article>
  )
}

interface ClockProps {
  readonly at: number
  readonly what: string
  readonly byDefault: string | undefined
}

/** Time that is left; a latest moment that has passed is named with what is done, never counted on. */
function Clock({ at, what, byDefault }: ClockProps) {
  const { now, world } = useWall()
  const t = useTranslations('decide')
  const left = useLeft()
  const latest = clockOf(at, world.timeZone)
  if (at <= now)
    return (
      <p className={css['clock']} data-short="true">
        <strong>{t('passed', { at: latest, option: byDefault ?? '' })}</strong>
      </p>
    )
  return (
    <p className={css['clock']} data-short={at - now < 60_000}>
      <strong>{t('left', { left: left(at - now) })}</strong>
      <span>
        {what} {t('latest', { at: latest })}
      </span>
    </p>
  )
}
