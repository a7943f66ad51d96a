import { useTranslations } from 'use-intl'
import type { FloodResult, UnderpassForecast } from '@/domain/flood/forecast'
import type { ModelRun } from '@/domain/runs/modelRun'
import { epochMillis } from '@/domain/time'
import { useNames } from '@/app/messages/locale'
import { clockOf, useSpan } from '@/app/time/format'
import { Figure } from '@/app/ui/figure/Figure'
import { FittedList } from '@/app/ui/FittedList'
import { Heading } from '@/app/ui/Heading'
import { useWall } from '@/app/wall/wallContext'
import css from './ForecastPanel.module.css'
import { useForecastOnWall } from './forecastContext'
import { RunStrip } from './RunStrip'
import { Scrub } from './Scrub'

/** The line at which an underpass is closed to cars: the second of the city's depth lines. */
const CLOSURE_LINE = 1
const MINUTE = 60_000

/** What the flood model says: its runs, the moment on the map, and which underpass fills first. */
export function ForecastPanel() {
  const forecast = useForecastOnWall()
  const t = useTranslations('forecast')
  if (forecast === undefined) return null
  const { shown, result } = forecast
  return (
    <aside className={css['panel']} data-testid="forecast" data-outdated={shown.outdated}>
      <Heading title={t('title')} sub={t('sub')} aside={t('internal')} />
      <RunStrip />
      <Scrub />
      <Basis run={shown.product} result={result} />
      {result === undefined ? null : <Underpasses result={result} />}
    </aside>
  )
}

/** What the product rests on, in words: rain, grid, grade with its reasons. */
function Basis({ run, result }: { readonly run: ModelRun | undefined; readonly result: FloodResult | undefined }) {
  const t = useTranslations('forecast')
  if (run === undefined || result === undefined) return <p className={css['basis']}>{t('noProduct')}</p>
  const { confidence } = run
  const reasons = (confidence?.reasons ?? []).map((reason) => t(`reason.${reason as 'coarseGrid'}`)).join(' · ')
  return (
    <p className={css['basis']}>
      <span>{t(`rung.${result.rung}`)}</span>
      {result.assumption === undefined ? null : <span>{t(`assumption.${result.assumption.kind}`)}</span>}
      {confidence === undefined ? null : (
        <span data-grade={confidence.grade}>
          {t(`grade.${confidence.grade}`)}
          {reasons === '' ? '' : `（${reasons}）`}
        </span>
      )}
      {run.modifiers.length === 0 ? null : <span>{t('modifiers', { n: run.modifiers.length })}</span>}
    </p>
  )
}

/** In the order in which they must be closed; those that stay open are counted. */
function Underpasses({ result }: { readonly result: FloodResult }) {
  const t = useTranslations('forecast')
  const { present } = useWall()
  const since = (present - result.issueTime) / MINUTE
  const filling = result.underpasses
    .flatMap((underpass) => {
      const minute = underpass.minutesToLines[CLOSURE_LINE]
      return minute === undefined || minute === null ? [] : [{ underpass, left: Math.max(0, minute - since) }]
    })
    .sort((a, b) => a.left - b.left || b.underpass.peak_m - a.underpass.peak_m)
  const open = result.underpasses.length - filling.length
  return (
    <>
      <div className={css['columns']}>
        <span>{t('underpass')}</span>
        <span>{t('toClosure', { cm: result.lines_cm[CLOSURE_LINE] ?? 0 })}</span>
        <span>{t('peak')}</span>
      </div>
      <FittedList
        items={filling}
        keyOf={({ underpass }) => underpass.code}
        row={({ underpass, left }) => <UnderpassRow of={underpass} left={left} run={result} />}
        fold={(more) => <span>{t('more', { count: more.length })}</span>}
      />
      <p className={css['rest']}>{t('rest', { n: open })}</p>
    </>
  )
}

interface RowProps {
  readonly of: UnderpassForecast
  readonly left: number
  readonly run: FloodResult
}

function UnderpassRow({ of, left, run }: RowProps) {
  const t = useTranslations('forecast')
  const names = useNames()
  const span = useSpan()
  const { world } = useWall()
  const name = names(of.name)
  const closes = run.issueTime + (of.minutesToLines[CLOSURE_LINE] ?? 0) * MINUTE
  const peak = {
    kind: 'value',
    value: of.peak_m * 100,
    unit: 'cm',
    provenance: 'modelled',
    asOf: epochMillis(run.issueTime),
    quality: 0,
    source: { kind: 'run', id: run.request },
  } as const
  return (
    <div className={css['row']} data-testid="forecast-underpass" data-now={left === 0}>
      <span className={css['name']}>{name}</span>
      <b>{left === 0 ? t('now') : t('left', { span: span(left * MINUTE), at: clockOf(closes, world.timeZone) })}</b>
      <Figure of={peak} title={name} />
    </div>
  )
}
