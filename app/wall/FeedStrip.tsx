import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { FeedEntry } from '@/domain/catalogue'
import type { FeedHealth } from '@/domain/feedHealth'
import { measureFeedCount, measurePromise } from '@/domain/feedHealth'
import type { Measured } from '@/domain/measured'
import { useNames } from '@/app/messages/locale'
import { clockOf, useSpan } from '@/app/time/format'
import { Figure } from '@/app/ui/figure/Figure'
import { FittedList } from '@/app/ui/FittedList'
import { Heading } from '@/app/ui/Heading'
import type { MarkKind } from '@/app/ui/Mark'
import { Mark } from '@/app/ui/Mark'
import css from './FeedStrip.module.css'
import { useWall } from './wallContext'

/** What each feed gives against what it promised. The worst state first: trouble must not fold away. */
export function FeedStrip() {
  const { index, picture } = useWall()
  const t = useTranslations('wall')
  const { feeds } = picture
  const worst = ({ no }: FeedEntry): number => order[feeds.get(no)?.state ?? 'never']
  const sorted = index.catalogue.feeds.toSorted((a, b) => worst(a) - worst(b) || a.no - b.no)
  return (
    <section className={css['strip']} aria-label={t('feeds')}>
      <Heading title={t('feeds')} sub={t('feedsSub')} aside={t('lastHour')} />
      <FittedList
        items={sorted}
        keyOf={({ key }) => key}
        row={(feed) => <FeedRow feed={feed} health={feeds.get(feed.no)} />}
        fold={(folded) => t('more', { count: folded.length })}
      />
    </section>
  )
}

const order: Record<FeedHealth['state'], number> = { silent: 0, never: 1, late: 2, onTime: 3 }
const marks: Record<FeedHealth['state'], MarkKind> = {
  onTime: 'measured',
  late: 'stale',
  silent: 'unknown',
  never: 'unknown',
}

function FeedRow({ feed, health }: { readonly feed: FeedEntry; readonly health: FeedHealth | undefined }) {
  const { now } = useWall()
  const names = useNames()
  const t = useTranslations('feed')
  const state = health?.state ?? 'never'
  const figure = (of: Measured, what: string) => <Figure of={of} title={t('title', { feed: names(feed.name), what })} />
  return (
    <div className={css['row']} data-state={state}>
      <Mark kind={marks[state]} label={t(`state.${state}`)} />
      <div className={css['name']}>
        {names(feed.name)} {state === 'onTime' ? null : <b>{t(`state.${state}`)}</b>}
      </div>
      <div className={css['rate']}>
        {health === undefined ? null : (
          <>
            {figure(measureFeedCount(health, 'received', now), t('received'))}{' '}
            {health.expectedPerMinute === 0 ? null : (
              <>
                <span>/</span> {figure(measurePromise(health.feed, health.expectedPerMinute, now), t('contract'))}{' '}
              </>
            )}
            <span>{t('perMinute')}</span>
          </>
        )}
      </div>
      <div className={css['more']}>
        <span>{names(feed.owner)}</span>
        {health === undefined ? null : <Particulars health={health} figure={figure} />}
      </div>
    </div>
  )
}

interface ParticularsProps {
  readonly health: FeedHealth
  readonly figure: (of: Measured, what: string) => ReactNode
}

function Particulars({ health, figure }: ParticularsProps) {
  const { world, now } = useWall()
  const span = useSpan()
  const t = useTranslations('feed')
  const { lastKnownTime, lastPhenomenonTime } = health
  const counts = (['late', 'duplicates', 'corrections', 'rejected', 'flagged'] as const).filter(
    (name) => health[name] > 0,
  )
  const words = {
    late: t('late'),
    duplicates: t('duplicates'),
    corrections: t('corrections'),
    rejected: t('refused'),
    flagged: t('flagged'),
  }
  return (
    <>
      {lastPhenomenonTime === undefined ? null : (
        <span>
          {t('lastSeen')} {clockOf(lastPhenomenonTime, world.timeZone)}
        </span>
      )}
      {lastKnownTime === undefined || lastPhenomenonTime === undefined ? null : (
        <span>
          {t('lag')} {span(lastKnownTime - lastPhenomenonTime)}
        </span>
      )}
      {counts.map((name) => (
        <span key={name}>
          {words[name]} {figure(measureFeedCount(health, name, now), words[name])}
        </span>
      ))}
    </>
  )
}
