import type { Series } from '@/domain/api/series'
import type { Measured } from '@/domain/measured'
import { ZeroPicture, zeroKindOf } from '../figure/ZeroPicture'
import css from './Chart.module.css'
import { extentOf, linear } from './chartScale'
import type { Point } from './linePaths'
import { bandPath, pathOf, segmentsOf, silentGap } from './linePaths'

export interface SparklineProps {
  readonly series: Series | undefined
  /** The latest value: an absent one is drawn as what it is, an overdue one ends in dots and a clock. */
  readonly latest: Measured
  readonly from: number
  readonly to: number
  /** Silence longer than this is a gap. Milliseconds. */
  readonly gap: number
}

const [WIDTH, HEIGHT] = [300, 50]

/** The last day of one series on its usual band. No axis: shape and leaving the band are what it says. */
export function Sparkline({ series, latest, from, to, gap }: SparklineProps) {
  const zero = zeroKindOf(latest)
  if (zero === 'noData' || zero === 'notCovered') return <ZeroPicture kind={zero} />
  return (
    <svg className={css['spark']} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <line x1="0" x2={WIDTH} y1={HEIGHT - 1} y2={HEIGHT - 1} className={css['base']} />
      {series === undefined ? null : <Lines series={series} latest={latest} from={from} to={to} gap={gap} />}
    </svg>
  )
}

function Lines({ series, latest, from, to, gap }: SparklineProps & { readonly series: Series }) {
  const { time, value, baseline } = series
  const domain = extentOf(value, baseline?.p10 ?? [], baseline?.p90 ?? [])
  if (domain === undefined) return null
  const x = linear([from, to], [2, WIDTH - 6])
  const y = linear(domain, [HEIGHT - 5, 5])
  const place = (at: number, of: number): Point => [x(at), y(of)]
  const last = latest.kind === 'absent' ? undefined : latest
  const end =
    last === undefined ? undefined : place(Math.min(to, last.asOf), last.kind === 'value' ? last.value : last.limit)
  return (
    <>
      {baseline === undefined ? null : (
        <path className={css['band']} d={bandPath(baseline.time, baseline.p10, baseline.p90, place)} />
      )}
      {segmentsOf(time, silentGap(time, gap)).map(([start, stop]) => (
        <path
          key={time[start]}
          className={css['line']}
          d={pathOf(time.slice(start, stop).map((at, i) => place(at, value[start + i]!)))}
        />
      ))}
      {end === undefined ? null : <End at={end} stale={last?.staleSince !== undefined} now={x(to)} />}
    </>
  )
}

function End({ at: [x, y], stale, now }: { readonly at: Point; readonly stale: boolean; readonly now: number }) {
  if (!stale) return <path className={css['dot']} d={`M${x} ${y}h0.01`} />
  return <line className={css['overdue']} x1={x} x2={now} y1={y} y2={y} />
}
