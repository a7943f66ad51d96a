import type { KeyboardEvent, PointerEvent } from 'react'
import { useTranslations } from 'use-intl'
import { epochMillis, hours, minutes, seconds } from '@/domain/time'
import { useLookBackRefused, useSought } from '@/app/picture/useLookBack'
import { clockOf } from '@/app/time/format'
import { ForecastAhead } from '@/app/forecast/ForecastAhead'
import { hourTicks } from '@/app/ui/chart/chartScale'
import { zoneOffset } from '@/app/ui/chart/TimeSeries'
import css from './Ribbon.module.css'
import { AlarmRow, ReportRow, SilenceRow } from './RibbonRows'
import { momentAt, percent, shareAt } from './ribbonScale'
import { useWall } from './wallContext'
import { RIBBON_HOURS } from './wallLayout'

/**
 * The wall is a time axis: six hours past, now, three hours ahead, on one linear scale. Whoever takes hold of its past
 * scrubs the whole wall.
 */
export function Ribbon() {
  const { present, world, asOf, lookBack } = useWall()
  const t = useTranslations('ribbon')
  const at = percent(shareAt(present, present))
  return (
    <section className={css['ribbon']} data-testid="ribbon">
      <div className={css['ahead']} style={{ left: at }}>
        <ForecastAhead without={t('future')} />
      </div>
      <AlarmRow />
      <SilenceRow />
      <ReportRow />
      <Axis />
      <Scrubber />
      <button
        type="button"
        className={css['now']}
        style={{ left: at }}
        data-past={asOf !== undefined}
        onClick={() => lookBack.toNow()}
      >
        {t(asOf === undefined ? 'now' : 'toNow', { at: clockOf(present, world.timeZone) })}
      </button>
    </section>
  )
}

function Axis() {
  const { present, world, asOf } = useWall()
  const [from, to] = [present - hours(RIBBON_HOURS.past), present + hours(RIBBON_HOURS.ahead)]
  const near = (at: number): boolean =>
    Math.abs(at - present) < hours(0.4) || (asOf !== undefined && Math.abs(at - asOf) < hours(0.3))
  return (
    <div className={css['axis']}>
      {hourTicks(from, to, 1, zoneOffset(present, world.timeZone)).map((at) => (
        <span key={at} style={{ left: percent(shareAt(at, present)) }} data-near={near(at)}>
          {clockOf(at, world.timeZone)}
        </span>
      ))}
    </div>
  )
}

/** Nearer to the present than this is the present. */
const PRESENT_WITHIN = seconds(20)
const STEP = minutes(1)

const steps: Record<string, (from: number, present: number) => number> = {
  ArrowLeft: (from) => from - STEP,
  ArrowRight: (from) => from + STEP,
  PageDown: (from) => from - 10 * STEP,
  PageUp: (from) => from + 10 * STEP,
  Home: (_from, present) => present - hours(RIBBON_HOURS.past),
  End: (_from, present) => present,
}

/** The past of the ribbon as a slider: by pointer, or by arrows (a minute), page keys (ten) and Home. */
function Scrubber() {
  const { present, asOf, world, lookBack } = useWall()
  const sought = useSought(lookBack)
  const refused = useLookBackRefused(lookBack)
  const t = useTranslations('ribbon')
  const oldest = present - hours(RIBBON_HOURS.past)
  const seek = (wanted: number): void => {
    const moment = Math.max(oldest, wanted)
    if (moment > present - PRESENT_WITHIN) lookBack.toNow()
    else lookBack.to(epochMillis(Math.floor(moment)))
  }
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId)
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const { left, width } = event.currentTarget.getBoundingClientRect()
    seek(momentAt(((event.clientX - left) / width) * shareAt(present, present), present))
  }
  const press = (event: KeyboardEvent): void => {
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation() // arrows pan the map elsewhere
    seek(step(sought ?? present, present))
  }
  const marked = sought ?? asOf
  return (
    <div
      className={css['past']}
      style={{ width: percent(shareAt(present, present)) }}
      role="slider"
      tabIndex={0}
      aria-label={t('scrub')}
      aria-valuemin={oldest}
      aria-valuemax={present}
      aria-valuenow={marked ?? present}
      aria-valuetext={clockOf(marked ?? present, world.timeZone)}
      data-testid="scrubber"
      onPointerDown={drag}
      onPointerMove={drag}
      onKeyDown={press}
    >
      {marked === undefined ? null : (
        <div className={css['cursor']} style={{ left: percent(shareAt(marked, present) / shareAt(present, present)) }}>
          <b>
            {clockOf(marked, world.timeZone)}
            {refused === undefined ? '' : ` ${t('notThen', { code: refused })}`}
          </b>
        </div>
      )}
    </div>
  )
}
