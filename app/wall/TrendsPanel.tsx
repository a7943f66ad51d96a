import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { Datastream } from '@/domain/catalogue'
import { useSeries } from '@/app/fetch/questions'
import { chooseTrends } from '@/app/situation/chooseTrends'
import { openAlarms } from '@/app/situation/occurrences'
import { Sparkline } from '@/app/ui/chart/Sparkline'
import { Figure } from '@/app/ui/figure/Figure'
import { FittedList } from '@/app/ui/FittedList'
import { Heading } from '@/app/ui/Heading'
import { DayChart } from './DayChart'
import { dayWindow, gapOf } from './dayWindow'
import css from './TrendsPanel.module.css'
import { useReading } from './useReading'
import { useWall } from './wallContext'

/** Series of the last day, more than ever fit: the rest folds away. */
const OFFERED = 14

/** The last 24 hours of the series that matter, each on its usual band; the first one large, with its limits. */
export function TrendsPanel() {
  const { picture, index } = useWall()
  const t = useTranslations('wall')
  const inAlarm = openAlarms(picture.alarms.values(), index).flatMap(({ alarm }) => alarm.stream ?? [])
  const alarmed = inAlarm.join(' ')
  const heard = picture.readings.length
  const chosen = useMemo(
    () => chooseTrends(index, picture.readings, new Set(alarmed.split(' ').map(Number)), OFFERED),
    [index, picture, alarmed, heard],
  )
  const [first, ...rest] = chosen
  return (
    <section className={css['panel']} aria-label={t('trends')}>
      <Heading title={t('trends')} sub={t('trendsSub')} aside={t('last24h')} />
      {first === undefined ? null : <DayChart stream={first} />}
      <FittedList
        items={rest}
        keyOf={({ key }) => key}
        row={(stream) => <TrendRow stream={stream} />}
        fold={() => null}
      />
    </section>
  )
}

function TrendRow({ stream }: { readonly stream: Datastream }) {
  const { world, now, asOf } = useWall()
  const view = useReading()(stream)
  const window = dayWindow(now, stream)
  const { answer } = useSeries(world.key, { stream: stream.no, ...window, knownTime: asOf }, 0)
  return (
    <div className={css['row']}>
      <div className={css['name']}>
        {view.thing} <span>{view.property}</span>
      </div>
      <div className={css['line']}>
        <Sparkline series={answer} latest={view.of} {...window} gap={gapOf(stream)} />
      </div>
      <div className={css['figure']}>
        <Figure of={view.of} decimals={view.decimals} title={view.title} />
      </div>
    </div>
  )
}
