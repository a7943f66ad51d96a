import { useTranslations } from 'use-intl'
import { hours } from '@/domain/time'
import { openAlarms, silences } from '@/app/situation/occurrences'
import { clockOf } from '@/app/time/format'
import { hourTicks } from '@/app/ui/chart/chartScale'
import { zoneOffset } from '@/app/ui/chart/TimeSeries'
import { asUrgency, Glyph } from '@/app/ui/Glyph'
import css from './Ribbon.module.css'
import { useWall } from './wallContext'
import { RIBBON_HOURS } from './wallLayout'

/** Share of the ribbon's width at a World time; below 0 and above 1 lie outside. */
const shareAt = (at: number, now: number): number =>
  (at - now + hours(RIBBON_HOURS.past)) / (hours(RIBBON_HOURS.past) + hours(RIBBON_HOURS.ahead))

const percent = (share: number): string => `${(Math.min(1, Math.max(0, share)) * 100).toFixed(3)}%`

/** The wall is a time axis: six hours past, now, three hours ahead, on one linear scale. */
export function Ribbon() {
  const { now, world } = useWall()
  const t = useTranslations('ribbon')
  const nowShare = shareAt(now, now)
  return (
    <section className={css['ribbon']} data-testid="ribbon">
      <div className={css['ahead']} style={{ left: percent(nowShare) }}>
        {t('future')}
      </div>
      <AlarmRow />
      <SilenceRow />
      <ReportRow />
      <Axis />
      <div className={css['now']} style={{ left: percent(nowShare) }}>
        {t('now', { at: clockOf(now, world.timeZone) })}
      </div>
    </section>
  )
}

function Axis() {
  const { now, world } = useWall()
  const [from, to] = [now - hours(RIBBON_HOURS.past), now + hours(RIBBON_HOURS.ahead)]
  return (
    <div className={css['axis']}>
      {hourTicks(from, to, 1, zoneOffset(now, world.timeZone)).map((at) => (
        <span key={at} style={{ left: percent(shareAt(at, now)) }} data-near={Math.abs(at - now) < hours(0.4)}>
          {clockOf(at, world.timeZone)}
        </span>
      ))}
    </div>
  )
}

/** An alarm is a glyph where it was raised and a line for as long as it is open. */
function AlarmRow() {
  const { client, index, now } = useWall()
  const t = useTranslations('ribbon')
  const alarms = openAlarms(client.picture.alarms.values(), index)
  return (
    <div className={css['row']}>
      <i>
        {t('alarms')} {alarms.length === 0 ? t('none') : ''}
      </i>
      {alarms.toReversed().map(({ alarm, number }) => (
        <div
          key={alarm.id}
          className={css['span']}
          style={{ left: percent(shareAt(alarm.raisedAt, now)), right: percent(1 - shareAt(now, now)) }}
        >
          <Glyph urgency={asUrgency(alarm.level)} label={`${number}`} hollow={alarm.state === 'acknowledged'} />
        </div>
      ))}
    </div>
  )
}

/** Silence is a hatched span from when it began until now: what happened meanwhile is not known. */
function SilenceRow() {
  const { client, index, now } = useWall()
  const t = useTranslations('ribbon')
  const silent = silences(client.picture.readings, index)
  return (
    <div className={css['row']}>
      <i>
        {t('silences')} {silent.length === 0 ? t('none') : ''}
      </i>
      {silent.map(({ feed, since }) => (
        <div
          key={feed}
          className={css['hatch']}
          style={{ left: percent(shareAt(since, now)), right: percent(1 - shareAt(now, now)) }}
        />
      ))}
    </div>
  )
}

function ReportRow() {
  const { client, now } = useWall()
  const t = useTranslations('ribbon')
  const from = now - hours(RIBBON_HOURS.past)
  const reports = [...client.picture.reports.values()].filter(
    ({ phenomenonTime }) => phenomenonTime >= from && phenomenonTime <= now,
  )
  return (
    <div className={css['row']}>
      <i>
        {t('reports')} {reports.length === 0 ? t('none') : ''}
      </i>
      {reports.map(({ id, phenomenonTime }) => (
        <div key={id} className={css['tick']} style={{ left: percent(shareAt(phenomenonTime, now)) }} />
      ))}
    </div>
  )
}
