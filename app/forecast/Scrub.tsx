import { useTranslations } from 'use-intl'
import { clockOf } from '@/app/time/format'
import { useWall } from '@/app/wall/wallContext'
import css from './ForecastPanel.module.css'
import { useForecastOnWall } from './forecastContext'
import type { ForecastOnWall } from './forecastContext'

/** Through the forecast by hand; let go, the map follows the clock. The valid time is always said. */
export function Scrub() {
  const forecast = useForecastOnWall()
  const mapResult = forecast?.mapResult
  const frame = mapResult?.frames[forecast?.frame ?? 0]
  if (forecast === undefined || mapResult === undefined || frame === undefined) return null
  return <ScrubOf forecast={forecast} issueTime={mapResult.issueTime} frames={mapResult.frames} at={frame.validTime} />
}

interface ScrubProps {
  readonly forecast: ForecastOnWall
  readonly issueTime: number
  readonly frames: readonly unknown[]
  readonly at: number
}

function ScrubOf({ forecast, issueTime, frames, at }: ScrubProps) {
  const { world } = useWall()
  const t = useTranslations('forecast')
  const ahead = Math.round((at - issueTime) / 60_000)
  return (
    <div className={css['scrub']}>
      <label>
        <b>{t('validAt', { at: clockOf(at, world.timeZone) })}</b>
        <span>
          {t('issued', { at: clockOf(issueTime, world.timeZone), ahead })}
          {forecast.shown.outdated ? ` · ${t('outdated')}` : ''}
        </span>
        <input
          type="range"
          min={0}
          max={frames.length - 1}
          value={forecast.frame}
          aria-label={t('scrub')}
          aria-valuetext={clockOf(at, world.timeZone)}
          data-testid="forecast-scrub"
          onChange={(event) => forecast.seek(Number(event.currentTarget.value))}
          onKeyDown={(event) => event.stopPropagation()}
        />
      </label>
      <Legend />
      {forecast.held ? (
        <button type="button" onClick={() => forecast.seek(undefined)}>
          {t('follow')}
        </button>
      ) : null}
    </div>
  )
}

const CLASSES = ['15–27', '27–50', '50–90', '≥90'] as const

function Legend() {
  return (
    <span className={css['legend']}>
      {CLASSES.map((words, k) => (
        <span key={words} data-class={k + 1}>
          {words}
        </span>
      ))}
      cm
    </span>
  )
}
