import { useLocale } from 'use-intl'
import type { Series } from '@/domain/api/series'
import type { Threshold } from '@/domain/catalogue'
import { clockOf } from '@/app/time/format'
import { useNames } from '@/app/messages/locale'
import { apart } from './apart'
import { formatLabel, formatNumber } from '../figure/formatNumber'
import { emWidth } from '../emWidth'
import css from './Chart.module.css'
import type { Scale } from './chartScale'
import { extentOf, hourTicks, linear, ticks } from './chartScale'
import type { Point } from './linePaths'
import { bandPath, pathOf, segmentsOf, silentGap } from './linePaths'

export interface TimeSeriesProps {
  readonly series: Series
  readonly thresholds: readonly Threshold[]
  readonly decimals: number
  readonly from: number
  readonly to: number
  readonly timeZone: string
  readonly gap: number
  /** CSS px, and the size of its type. */
  readonly width: number
  readonly height: number
  readonly type: number
}

interface Frame {
  readonly x: Scale
  readonly y: Scale
  readonly right: number
  readonly bottom: number
  readonly type: number
}

/** One question, one chart: the day of a series on its usual band, with the named limits it is judged by. */
export function TimeSeries(props: TimeSeriesProps) {
  const { series, width, height, type } = props
  const near = nearby(props)
  const limitText = useLimitText(props.decimals)
  const domain = extentOf(
    series.value,
    series.baseline?.p10 ?? [],
    series.baseline?.p90 ?? [],
    near.map(({ value }) => value),
  )
  if (domain === undefined) return null
  const words = near.map((threshold) => limitText(threshold))
  const widest = type * Math.max(0, ...words.map(emWidth))
  // A limit with a long name is written on its rule: the curve keeps two thirds of the width.
  const beside = widest < width / 3
  const [left, right] = [type * 3.1, width - type * 0.8 - (beside ? widest : 0)]
  const bottom = height - type * 1.7
  const frame: Frame = {
    x: linear([props.from, props.to], [left, right]),
    y: linear(domain, [bottom, type * 0.6]),
    right,
    bottom,
    type,
  }
  const labels = apart(
    near.map(({ value }) => frame.y(value)),
    beside ? type * 1.15 : 0,
  )
  return (
    <svg className={css['chart']} width={width} height={height} fontSize={type} role="img">
      <Axes {...props} frame={frame} left={left} />
      <Curve series={series} frame={frame} gap={props.gap} window={[props.from, props.to]} />
      {near.map((threshold, i) => (
        <Limit
          key={threshold.key}
          threshold={threshold}
          text={words[i] ?? ''}
          frame={frame}
          left={left}
          label={labels[i] ?? 0}
          beside={beside}
        />
      ))}
      <line x1={right} x2={right} y1={0} y2={bottom} className={css['now']} />
    </svg>
  )
}

/** Limits that can be shown without crushing the line: those within one and a half of its own height from it. */
function nearby({ series, thresholds }: TimeSeriesProps): readonly Threshold[] {
  const own = extentOf(series.value)
  if (own === undefined) return []
  const reach = Math.max(own[1] - own[0], Math.abs(own[1]) * 0.1) * 1.5
  return thresholds.filter(({ value }) => value >= own[0] - reach && value <= own[1] + reach)
}

function Axes({ from, to, timeZone, frame, left }: TimeSeriesProps & { readonly frame: Frame; readonly left: number }) {
  const locale = useLocale()
  const { x, y, right, bottom, type } = frame
  return (
    <>
      {ticks(y.domain, Math.max(2, Math.floor(bottom / (type * 2.6)))).map((value) => (
        <g key={value}>
          <line x1={left} x2={right} y1={y(value)} y2={y(value)} className={css['rule']} />
          <text x={left - type * 0.4} y={y(value) + type * 0.35} textAnchor="end" className={css['axis']}>
            {formatLabel(value, locale)}
          </text>
        </g>
      ))}
      <line x1={left} x2={right} y1={bottom} y2={bottom} className={css['base']} />
      {hourTicks(from, to, right - left < type * 18 ? 12 : 6, zoneOffset(to, timeZone)).map((at) => (
        <g key={at}>
          <line x1={x(at)} x2={x(at)} y1={bottom} y2={bottom + type * 0.25} className={css['base']} />
          <text x={x(at)} y={bottom + type * 1.3} textAnchor="middle" className={css['axis']}>
            {clockOf(at, timeZone)}
          </text>
        </g>
      ))}
    </>
  )
}

function Curve({
  series,
  frame: { x, y, type },
  gap,
  window: [from, to],
}: {
  readonly series: Series
  readonly frame: Frame
  readonly gap: number
  /** The band has its points at the middle of hours: what reaches beyond the window ends at its edge. */
  readonly window: readonly [number, number]
}) {
  const place = (at: number, value: number): Point => [x(Math.min(to, Math.max(from, at))), y(value)]
  const { baseline, time, value } = series
  return (
    <>
      {baseline === undefined ? null : (
        <path className={css['band']} d={bandPath(baseline.time, baseline.p10, baseline.p90, place)} />
      )}
      {segmentsOf(time, silentGap(time, gap)).map(([start, stop]) => (
        <path
          key={time[start]}
          className={css['curve']}
          strokeWidth={type / 8}
          d={pathOf(time.slice(start, stop).map((at, i) => place(at, value[start + i]!)))}
        />
      ))}
    </>
  )
}

const hue = { 1: 'var(--red)', 2: 'var(--org)', 3: 'var(--yel)', 4: 'var(--blu)' } as Record<number, string>

interface LimitProps {
  readonly threshold: Threshold
  readonly text: string
  readonly frame: Frame
  readonly left: number
  /** Where its words stand, CSS px from the top. */
  readonly label: number
  readonly beside: boolean
}

/** Name and number of a limit, as it stands at the right end of its rule. */
function useLimitText(decimals: number): (threshold: Threshold) => string {
  const names = useNames()
  const locale = useLocale()
  return ({ name, value }) => `${names(name)} ${formatNumber(value, decimals, locale)}`
}

function Limit({ threshold, text, frame: { y, right, type }, left, label, beside }: LimitProps) {
  const at = y(threshold.value)
  return (
    <>
      <line x1={left} x2={right} y1={at} y2={at} stroke={hue[threshold.level]} strokeWidth={type / 11} />
      <text
        x={beside ? right + type * 0.4 : right - type * 0.5}
        y={beside ? label + type * 0.35 : label - type * 0.4}
        textAnchor={beside ? 'start' : 'end'}
        className={css['limit']}
      >
        {text}
      </text>
    </>
  )
}

/** How far the zone is ahead of UTC at a moment. Milliseconds. */
export function zoneOffset(at: number, timeZone: string): number {
  const [hours = 0, minutes = 0] = clockOf(at, timeZone).split(':').map(Number)
  const utc = new Date(at)
  const minutesAhead = hours * 60 + minutes - (utc.getUTCHours() * 60 + utc.getUTCMinutes())
  return (((minutesAhead + 2160) % 1440) - 720) * 60_000
}
