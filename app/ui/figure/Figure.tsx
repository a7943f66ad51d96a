import { useLocale, useTranslations } from 'use-intl'
import type { Measured } from '@/domain/measured'
import { useSpan } from '@/app/time/format'
import { useWorldTime } from '@/app/time/WorldTime'
import { useEvidenceOpener } from '../evidence/opener'
import type { MarkKind } from '../Mark'
import { Mark } from '../Mark'
import css from './Figure.module.css'
import { formatNumber } from './formatNumber'

type Read = ReturnType<typeof useTranslations<'figure'>>

export interface FigureProps {
  readonly of: Measured
  /** Digits after the point, from the ObservedProperty. */
  readonly decimals?: number
  /** What the number is about, for the evidence page and for reading aloud. */
  readonly title: string
  /** `always` shows the dot of a measured number too; by default freshness and measurement go without saying. */
  readonly mark?: 'always' | 'doubtful'
  readonly unit?: boolean
}

/** The only way to print a fact. A number always, or the word that says why there is none; never a zero instead. */
export function Figure({ of, decimals = 0, title, mark = 'doubtful', unit = true }: FigureProps) {
  const open = useEvidenceOpener()
  const shared = { className: css['figure'], 'data-kind': of.kind, 'data-stale': isStale(of), title }
  const body = <FigureBody of={of} decimals={decimals} always={mark === 'always'} unit={unit} />
  if (open === undefined || of.source?.kind !== 'query') return <span {...shared}>{body}</span>
  return (
    <button type="button" {...shared} onClick={() => open({ of, title, decimals })}>
      {body}
    </button>
  )
}

interface BodyProps {
  readonly of: Measured
  readonly decimals: number
  readonly always: boolean
  readonly unit: boolean
}

/** What is wrong stands before the number, where it comes from after it. */
function FigureBody({ of, decimals, always, unit }: BodyProps) {
  const t = useTranslations('figure.mark')
  const text = useFigureText(of, decimals)
  const kind = markOf(of)
  const wrong = kind === 'stale' || kind === 'unknown'
  const sign = <Mark kind={kind} label={t(kind)} />
  return (
    <>
      {wrong ? sign : null}
      <span className={css['number']}>{text.number}</span>
      {text.interval === undefined ? null : <span className={css['interval']}>{text.interval}</span>}
      {unit && of.kind !== 'absent' ? <span className={css['unit']}>{unitText(of.unit)}</span> : null}
      {text.age === undefined ? null : <span className={css['age']}>{text.age}</span>}
      {!wrong && (always || kind !== 'measured') ? sign : null}
    </>
  )
}

const isStale = (of: Measured): boolean => of.kind !== 'absent' && of.staleSince !== undefined

interface FigureText {
  readonly number: string
  readonly interval: string | undefined
  readonly age: string | undefined
}

function useFigureText(of: Measured, decimals: number): FigureText {
  const t = useTranslations('figure')
  const locale = useLocale()
  const span = useSpan()
  const { now } = useWorldTime()
  if (of.kind === 'absent') return { number: absentText(t, of), interval: undefined, age: undefined }
  const number = (value: number) => formatNumber(value, decimals, locale)
  const age = of.staleSince === undefined ? undefined : `· ${span(now - of.asOf)}`
  if (of.kind === 'below')
    return { number: `<${formatNumber(of.limit, Math.max(decimals, 1), locale)}`, interval: undefined, age }
  const interval = of.interval === undefined ? undefined : `(${number(of.interval[0])}–${number(of.interval[1])})`
  return { number: number(of.value), interval, age }
}

const absentText = (t: Read, of: Extract<Measured, { kind: 'absent' }>): string => t(`absent.${of.reason}`)

/** What the mark before or after a number says; age before provenance. */
export function markOf(of: Measured): MarkKind {
  if (of.kind === 'absent') return 'unknown'
  return of.staleSince === undefined ? of.provenance : 'stale'
}

/** Units as people write them. */
const unitText = (unit: string): string =>
  unit.replace(/\b(\w+)([23])\b/g, (_, base: string, power: string) => base + (power === '2' ? '²' : '³'))
