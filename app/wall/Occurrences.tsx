import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { reportsOfDay } from '@/domain/countOccurrences'
import type { Measured } from '@/domain/measured'
import { measureCount, measureReport } from '@/domain/measureReading'
import type { Report } from '@/domain/report'
import { useNames } from '@/app/messages/locale'
import { trackStates } from '@/app/situation/trackStates'
import { useSpan } from '@/app/time/format'
import { Figure } from '@/app/ui/figure/Figure'
import css from './NowColumn.module.css'
import { useWall } from './wallContext'

/** What a World without series can say of its present: how many move, what was the strongest, what is the latest. */
export function Occurrences() {
  const { index, picture } = useWall()
  return (
    <>
      {index.catalogue.tracks.length === 0 ? null : <Moving />}
      {picture.reports.size === 0 ? null : <Reported />}
    </>
  )
}

function Moving() {
  const { index, picture, now } = useWall()
  const t = useTranslations('wall')
  const { tracks } = index.catalogue
  const states = trackStates(picture.movers, tracks, now)
  const of = (...standings: string[]) => states.filter(({ standing }) => standings.includes(standing)).length
  return (
    <>
      <Line
        name={t('moving')}
        of={measureCount('tracksMoving', of('moving'), now)}
        what={t('movingFrom')}
        testId="moving"
      />
      <Line name={t('heardMovers')} of={measureCount('tracksOnTime', of('moving', 'standing'), now)}>
        <span>/ </span>
        <Figure of={measureCount('tracks', tracks.length, now)} title={t('movers')} />
      </Line>
    </>
  )
}

function Reported() {
  const { picture, now } = useWall()
  const t = useTranslations('wall')
  const day = reportsOfDay([...picture.reports.values()], now)
  const strongest = day.reduce<Report | undefined>(
    (best, one) => ((one.magnitude ?? -Infinity) > (best?.magnitude ?? -Infinity) ? one : best),
    undefined,
  )
  const latest = day.reduce<Report | undefined>(
    (last, one) => (last === undefined || one.phenomenonTime > last.phenomenonTime ? one : last),
    undefined,
  )
  return (
    <>
      {strongest === undefined ? null : <ReportLine words={t('strongest')} report={strongest} testId="strongest" />}
      {latest === undefined ? null : <ReportLine words={t('latest')} report={latest} testId="latest" />}
      <Line name={t('reportsOfDay')} of={measureCount('reportsOfDay', day.length, now)} testId="reports-of-day" />
    </>
  )
}

interface ReportLineProps {
  readonly words: string
  readonly report: Report
  readonly testId: string
}

function ReportLine({ words, report, testId }: ReportLineProps) {
  const { now } = useWall()
  const names = useNames()
  const span = useSpan()
  const what = `${words} · ${span(now - report.phenomenonTime)}`
  return <Line name={names(report.title)} of={measureReport(report)} decimals={1} what={what} testId={testId} />
}

interface LineProps {
  readonly name: string
  readonly of: Measured
  readonly decimals?: number
  readonly what?: string
  readonly testId?: string
  readonly children?: ReactNode
}

function Line({ name, of, decimals = 0, what, testId, children }: LineProps) {
  return (
    <div className={css['occurrence']} data-testid={testId}>
      <div className={css['name']}>{name}</div>
      <div className={css['figure']}>
        <Figure of={of} decimals={decimals} title={name} mark="always" /> {children}
      </div>
      {what === undefined ? null : <div className={css['whose']}>{what}</div>}
    </div>
  )
}
