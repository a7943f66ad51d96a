import { useTranslations } from 'use-intl'
import { useLeft } from '@/app/incidents/useDeadlineWords'
import { clockOf } from '@/app/time/format'
import { useWorldTime } from '@/app/time/WorldTime'
import { usePlanName } from '../acts/usePlanActs'
import { useDesk } from '../deskContext'
import css from './IncidentPage.module.css'

/** Plans proposed or at work for this incident, with the trigger and the time to decide. */
export function Plans({ incident }: { readonly incident: string }) {
  const { activations, begin, plans } = useDesk()
  const t = useTranslations('desk.plans')
  const { now, timeZone } = useWorldTime()
  const left = useLeft()
  const name = usePlanName(plans)
  const own = activations.filter((one) => one.incident === incident || one.incident === undefined)
  if (own.length === 0) return null
  return (
    <section className={css['part']} data-testid="plans" aria-label={t('title')}>
      <h3>{t('title')}</h3>
      <ul className={css['lines']}>
        {own.map((one) => (
          <li key={one.id} data-state={one.state}>
            <b>{t('name', { plan: name(one.plan), version: one.planVersion, level: one.level })}</b>
            <span>
              {one.state === 'proposed'
                ? one.decideBy > now
                  ? t('decideIn', { left: left(one.decideBy - now) })
                  : t('decideBy', { at: clockOf(one.decideBy, timeZone) })
                : t(`state.${one.state}`)}
            </span>
            {one.trigger === undefined ? null : (
              <i>{t('trigger', { id: one.trigger.id, evidence: one.trigger.evidence })}</i>
            )}
            {one.state === 'proposed' || one.state === 'deferred' ? (
              <div className={css['small']}>
                <button type="button" onClick={() => begin(`plan.activate ${one.id}`)}>
                  {t('activate')}
                </button>
                <button type="button" onClick={() => begin(`plan.decline ${one.id}`)}>
                  {t('decline')}
                </button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Decisions with their default: what happens at the latest moment if nobody decides. */
export function Decisions({ incident }: { readonly incident: string }) {
  const { decisions, begin } = useDesk()
  const t = useTranslations('desk.decisions')
  const { now, timeZone } = useWorldTime()
  const left = useLeft()
  const own = decisions.filter((one) => one.incident === incident)
  if (own.length === 0) return null
  return (
    <section className={css['part']} data-testid="decisions" aria-label={t('title')}>
      <h3>{t('title')}</h3>
      <ul className={css['lines']}>
        {own.map((one) => (
          <li key={one.id} data-state={one.state}>
            <b>{one.question}</b>
            <span>
              {one.state === 'open' && one.latestAt > now
                ? t('left', { left: left(one.latestAt - now), at: clockOf(one.latestAt, timeZone) })
                : t(`state.${one.state}`, { option: one.chosen ?? one.byDefault, at: clockOf(one.latestAt, timeZone) })}
            </span>
            {one.options.map((option) => (
              <i key={option.key}>
                {option.key} {option.text} · {option.consequence}
              </i>
            ))}
            <i>{t('default', { option: one.byDefault, decider: one.decider })}</i>
            {one.state === 'open' ? (
              <div className={css['small']}>
                {one.options.map((option) => (
                  <button key={option.key} type="button" onClick={() => begin(`decision.${option.key} ${one.id}`)}>
                    {t('choose', { option: option.key })}
                  </button>
                ))}
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
