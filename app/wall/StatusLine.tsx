import { useTranslations } from 'use-intl'
import { measureCount } from '@/domain/measureReading'
import type { CountSubject } from '@/domain/evidenceId'
import { useNames } from '@/app/messages/locale'
import { countFeeds } from '@/app/situation/feedFigures'
import { countStreams } from '@/app/situation/streamState'
import { clockWithSeconds, useDay } from '@/app/time/format'
import { Figure } from '@/app/ui/figure/Figure'
import { Mark } from '@/app/ui/Mark'
import css from './StatusLine.module.css'
import { useWall } from './wallContext'

/** The first line of the wall: which city, which moment, what is joined, and that the picture lives. */
export function StatusLine({ second }: { readonly second: number }) {
  const { world, now, asOf } = useWall()
  const names = useNames()
  const day = useDay()
  const t = useTranslations('world')
  const { rate } = world.clock
  return (
    <div className={css['line']}>
      <div>
        <b>{names(world.name)}</b>
        <span className={css['quiet']}>{t(`kind.${world.kind}`)}</span>
      </div>
      <div>
        <span className={css['context']}>{day(now, world.timeZone)}</span>
        <b className={css['clock']} data-testid="world-clock" data-past={asOf !== undefined}>
          {asOf === undefined ? '' : `${t('lookingBack')} `}
          {clockWithSeconds(now, world.timeZone)}
        </b>
        {rate === 1 ? null : <span className={css['quiet']}>{rate === 0 ? t('stopped') : t('rate', { rate })}</span>}
      </div>
      <FeedTotals />
      <StreamTotals />
      <Heartbeat second={second} />
    </div>
  )
}

function Total({
  what,
  value,
  title,
}: {
  readonly what: CountSubject
  readonly value: number
  readonly title: string
}) {
  const { now } = useWall()
  return <Figure of={measureCount(what, value, now)} title={title} />
}

function FeedTotals() {
  const { index, picture } = useWall()
  const t = useTranslations('wall')
  const counts = countFeeds(index.catalogue.feeds, picture.feeds)
  const title = t('feeds')
  return (
    <div>
      <span className={css['context']}>{title}</span>
      <span>
        <Total what="feedsOnTime" value={counts.onTime} title={`${title} ${t('onTime')}`} />
        <span className={css['quiet']}>/</span>
        <Total what="feeds" value={index.catalogue.feeds.length} title={title} />
      </span>
      <span className={css['context']}>{t('onTime')}</span>
      {counts.late === 0 ? null : (
        <span className={css['context']}>
          <Mark kind="stale" />
          <Total what="feedsLate" value={counts.late} title={`${title} ${t('overdue')}`} /> {t('overdue')}
        </span>
      )}
      {counts.silent === 0 ? null : (
        <span className={css['context']}>
          <Mark kind="unknown" />
          <Total what="feedsSilent" value={counts.silent} title={`${title} ${t('interrupted')}`} /> {t('interrupted')}
        </span>
      )}
    </div>
  )
}

function StreamTotals() {
  const { index, picture, now } = useWall()
  const t = useTranslations('wall')
  const counts = countStreams(picture.readings, index.catalogue.datastreams, now)
  const title = t('streams')
  return (
    <div>
      <span className={css['context']}>{title}</span>
      <span>
        <Total what="streamsOnTime" value={counts.onTime} title={`${title} ${t('onTime')}`} />
        <span className={css['quiet']}>/</span>
        <Total what="streams" value={counts.streams} title={title} />
      </span>
      <span className={css['context']}>{t('onTime')}</span>
    </div>
  )
}

const CELLS = 10

/** Ten cells, one lit, a step each second: nothing else on a still wall moves. */
function Heartbeat({ second }: { readonly second: number }) {
  const { world } = useWall()
  const t = useTranslations('alive')
  const lit = Math.floor(second / 1000) % CELLS
  return (
    <div className={css['alive']}>
      <span className={css['context']}>{t('picture')}</span>
      <span className={css['context']}>{clockWithSeconds(second, world.timeZone)}</span>
      <span className={css['beat']} aria-hidden="true">
        {Array.from({ length: CELLS }, (_, i) => (
          <i key={i} data-lit={i === lit} />
        ))}
      </span>
    </div>
  )
}
