'use client'

import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Datastream } from '@/domain/catalogue'
import { useSeries } from '@/app/fetch/questions'
import { TimeSeries } from '@/app/ui/chart/TimeSeries'
import { Figure } from '@/app/ui/figure/Figure'
import { ZeroPicture, zeroKindOf } from '@/app/ui/figure/ZeroPicture'
import css from './DayChart.module.css'
import { dayWindow, gapOf } from './dayWindow'
import { useReading } from './useReading'
import { useWall } from './wallContext'

/** One series large: title with quantity and unit, the figure, what the grey band is, the curve with its limits. */
export function DayChart({ stream }: { readonly stream: Datastream }) {
  const { world, now, asOf } = useWall()
  const view = useReading()(stream)
  const t = useTranslations('wall')
  const window = dayWindow(now, stream)
  const { answer } = useSeries(world.key, { stream: stream.no, ...window, knownTime: asOf }, 0)
  const { box, width, height, type } = useBox()
  const zero = zeroKindOf(view.of)
  const drawn = answer !== undefined && answer.time.length > 0
  return (
    <div className={css['chart']} data-testid="day-chart">
      <div className={css['title']}>
        <b>
          {view.thing} · {view.property} <span>{view.unit}</span>
        </b>
        <Figure of={view.of} decimals={view.decimals} title={view.title} unit={false} mark="always" />
      </div>
      <div className={css['note']}>
        {answer?.baseline === undefined ? t('noBand') : t('bandDays', { days: answer.baseline.days })}
      </div>
      <div ref={box} className={css['box']}>
        {drawn && width > 0 ? (
          <TimeSeries
            series={answer}
            thresholds={stream.thresholds}
            decimals={view.decimals}
            {...window}
            timeZone={world.timeZone}
            gap={gapOf(stream)}
            width={width}
            height={height}
            type={type * 0.94}
          />
        ) : zero === undefined || !drawn ? (
          <ZeroPicture kind={zero ?? 'noData'} />
        ) : null}
      </div>
    </div>
  )
}

interface Box {
  readonly width: number
  readonly height: number
  readonly type: number
}

/** The size of an element and its type, CSS px. */
function useBox() {
  const box = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<Box>({ width: 0, height: 0, type: 16 })
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return undefined
    const sizes = new ResizeObserver(() => {
      const type = Number.parseFloat(getComputedStyle(element).fontSize)
      setSize({ width: element.clientWidth, height: element.clientHeight, type })
    })
    sizes.observe(element)
    return () => sizes.disconnect()
  }, [])
  return { box, ...size }
}
