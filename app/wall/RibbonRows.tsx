import type { CSSProperties } from 'react'
import { useTranslations } from 'use-intl'
import { openAlarms, silences } from '@/app/situation/occurrences'
import { minutes } from '@/domain/time'
import type { OpenAlarm } from '@/app/situation/occurrences'
import { asUrgency, Glyph } from '@/app/ui/Glyph'
import css from './Ribbon.module.css'
import { percent, shareAt } from './ribbonScale'
import { useWall } from './wallContext'

/** From a moment to another on the ribbon. */
function span(from: number, to: number, present: number): CSSProperties {
  return { left: percent(shareAt(from, present)), right: percent(1 - shareAt(to, present)) }
}

/**
 * An alarm is a glyph where it was raised and a line for as long as it is open. In a look back what was known then runs
 * to its moment; what was raised afterwards stands dimmed, so that a hand finds the way.
 */
export function AlarmRow() {
  const { client, picture, index, now, present, asOf } = useWall()
  const t = useTranslations('ribbon')
  const alarms = openAlarms(picture.alarms.values(), index)
  const later =
    asOf === undefined
      ? []
      : openAlarms(client.picture.alarms.values(), index).filter(({ alarm }) => alarm.raisedAt > asOf)
  return (
    <div className={css['row']}>
      <i>
        {t('alarms')} {alarms.length === 0 ? t('none') : ''}
      </i>
      {later.map((open) => (
        <AlarmSpan key={open.alarm.id} of={open} to={present} later />
      ))}
      {alarms.toReversed().map((open) => (
        <AlarmSpan key={open.alarm.id} of={open} to={now} />
      ))}
    </div>
  )
}

function AlarmSpan({
  of: { alarm, label },
  to,
  later = false,
}: {
  readonly of: OpenAlarm
  readonly to: number
  readonly later?: boolean
}) {
  const { present } = useWall()
  return (
    <div className={css['span']} style={span(alarm.raisedAt, to, present)} data-later={later}>
      <Glyph urgency={asUrgency(alarm.level)} label={label} hollow={alarm.state === 'acknowledged'} />
    </div>
  )
}

/** Silence is a hatched span from when it began until now: what happened meanwhile is not known. */
export function SilenceRow() {
  const { picture, index, now, present } = useWall()
  const t = useTranslations('ribbon')
  const silent = silences(picture.readings, index)
  return (
    <div className={css['row']}>
      <i>
        {t('silences')} {silent.length === 0 ? t('none') : ''}
      </i>
      {silent.map(({ feed, since }) => (
        <div key={feed} className={css['hatch']} style={span(since, now, present)} />
      ))}
    </div>
  )
}

/** More reports than this are counted per ten minutes: ticks would be one grey bar. */
const MOST_TICKS = 40
const BIN = minutes(10)

export function ReportRow() {
  const { client, picture, now, present, asOf } = useWall()
  const t = useTranslations('ribbon')
  const within = (at: number, to: number): boolean => shareAt(at, present) >= 0 && at <= to
  const reports = [...picture.reports.values()].filter(({ phenomenonTime }) => within(phenomenonTime, now))
  const later =
    asOf === undefined
      ? []
      : [...client.picture.reports.values()].filter(({ phenomenonTime: at }) => at > asOf && within(at, present))
  if (reports.length > MOST_TICKS) return <ReportBars times={reports.map(({ phenomenonTime }) => phenomenonTime)} />
  return (
    <div className={css['row']}>
      <i>
        {t('reports')} {reports.length === 0 ? t('none') : ''}
      </i>
      {[...reports, ...later].map(({ id, phenomenonTime }) => (
        <div
          key={id}
          className={css['tick']}
          style={{ left: percent(shareAt(phenomenonTime, present)) }}
          data-later={asOf !== undefined && phenomenonTime > asOf}
        />
      ))}
    </div>
  )
}

/** How many reports each ten minutes brought; the busiest stretch fills the row. */
function ReportBars({ times }: { readonly times: readonly number[] }) {
  const { present } = useWall()
  const t = useTranslations('ribbon')
  const bins = new Map<number, number>()
  for (const at of times) bins.set(Math.floor(at / BIN), (bins.get(Math.floor(at / BIN)) ?? 0) + 1)
  const most = Math.max(...bins.values())
  return (
    <div className={css['row']}>
      <i>{t('reports')}</i>
      {[...bins].map(([bin, count]) => (
        <div
          key={bin}
          className={css['bar']}
          style={{ ...span(bin * BIN, (bin + 1) * BIN, present), height: `${(100 * count) / most}%` }}
        />
      ))}
    </div>
  )
}
