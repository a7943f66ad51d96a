import { useTranslations } from 'use-intl'
import { measureLimit } from '@/domain/measureReading'
import { useNames } from '@/app/messages/locale'
import type { NearLimit } from '@/app/situation/nearLimits'
import { criticalProperty, nearLimits } from '@/app/situation/nearLimits'
import { Figure } from '@/app/ui/figure/Figure'
import { FittedList } from '@/app/ui/FittedList'
import { Heading } from '@/app/ui/Heading'
import css from './NextPanel.module.css'
import { useReading } from './useReading'
import { useWall } from './wallContext'

/** What is about to happen, as far as instruments tell: how near each critical point is to its limit; silence is no safety. */
export function NextPanel() {
  const { picture, index, now } = useWall()
  const t = useTranslations('steer.next')
  const property = criticalProperty(index)
  const near = property === undefined ? undefined : nearLimits(index, picture.readings, property, now)
  return (
    <section className={css['panel']} aria-label={t('title')} data-testid="next">
      <Heading title={t('title')} sub={t('sub')} aside={t('aside')} />
      {near === undefined ? <p className={css['note']}>{t('noLimits')}</p> : null}
      <FittedList
        items={near?.list ?? []}
        keyOf={({ stream }) => stream.key}
        row={(one) => <Row of={one} />}
        fold={() =>
          near === undefined
            ? null
            : t('closing', {
                all: near.list.length,
                crossed: near.crossed,
                silent: near.silent,
                rest: near.list.length - near.crossed - near.silent,
              })
        }
      />
      <p className={css['note']}>{t('noForecast')}</p>
    </section>
  )
}

function Row({ of: { stream, limit, share } }: { readonly of: NearLimit }) {
  const { now } = useWall()
  const view = useReading()(stream)
  const names = useNames()
  const t = useTranslations('steer.next')
  const state = share === undefined ? 'silent' : share >= 1 ? 'crossed' : share >= 0.5 ? 'near' : 'far'
  return (
    <div className={css['row']} data-state={state}>
      <div className={css['name']}>{view.thing}</div>
      <div className={css['figure']}>
        <Figure of={view.of} decimals={view.decimals} title={view.title} mark="doubtful" />
      </div>
      <div className={css['bar']}>
        <i style={{ width: share === undefined ? '100%' : `${Math.min(100, Math.max(0, share * 100))}%` }} />
      </div>
      <div className={css['limit']}>
        {share === undefined ? (
          t('verify')
        ) : (
          <>
            {names(limit.name)}{' '}
            <Figure
              of={measureLimit(stream.no, limit, view.unit, now)}
              decimals={view.decimals}
              title={names(limit.name)}
            />
          </>
        )}
      </div>
    </div>
  )
}
