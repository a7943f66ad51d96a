import { useTranslations } from 'use-intl'
import { measureLimit } from '@/domain/measureReading'
import type { Queued } from '@/app/incidents/queue'
import { queueOf } from '@/app/incidents/queue'
import { useNames } from '@/app/messages/locale'
import type { OpenAlarm, Silence } from '@/app/situation/occurrences'
import { leading, openAlarms, silences } from '@/app/situation/occurrences'
import type { StreamCounts } from '@/app/situation/streamState'
import { countStreams } from '@/app/situation/streamState'
import { useSpan } from '@/app/time/format'
import { Figure } from '@/app/ui/figure/Figure'
import { FittedList } from '@/app/ui/FittedList'
import { asUrgency, Glyph } from '@/app/ui/Glyph'
import { Heading } from '@/app/ui/Heading'
import { IncidentRow } from './IncidentRow'
import css from './NowColumn.module.css'
import { Occurrences } from './Occurrences'
import type { ReadingView } from './useReading'
import { useReading } from './useReading'
import { useWall } from './wallContext'

type Entry =
  | { readonly kind: 'incident'; readonly of: Queued }
  | { readonly kind: 'alarm'; readonly of: OpenAlarm }
  | { readonly kind: 'silence'; readonly of: Silence }

/** What is happening: incidents by the time that is left, then crossed limits that none stands for, then what fell silent. Empty when nothing is, and honest about how sure that is. */
export function NowColumn() {
  const { picture, index, now } = useWall()
  const t = useTranslations('wall')
  const incidents = queueOf(picture.incidents.values(), picture.tasks.values(), now)
  const taken = new Set(incidents.map(({ incident }) => incident.source.ref))
  const alarms = leading(openAlarms(picture.alarms.values(), index)).filter(({ alarm }) => !taken.has(alarm.id))
  const entries: Entry[] = [
    ...incidents.map((of) => ({ kind: 'incident', of }) as const),
    ...alarms.map((of) => ({ kind: 'alarm', of }) as const),
    ...silences(picture.readings, index).map((of) => ({ kind: 'silence', of }) as const),
  ]
  return (
    <section className={css['column']} aria-label={t('now')}>
      <Heading
        title={t('now')}
        sub={t('nowSub')}
        aside={incidents.length > 1 ? t('byTimeLeft') : alarms.length > 1 ? t('byUrgency') : undefined}
      />
      {alarms.length + incidents.length > 0 ? null : index.catalogue.datastreams.length > 0 ? (
        <Calm />
      ) : (
        <Occurrences />
      )}
      <FittedList
        items={entries}
        keyOf={keyOf}
        row={(entry) => <EntryRow entry={entry} />}
        fold={(folded) => <Folded entries={folded} />}
      />
    </section>
  )
}

function keyOf({ kind, of }: Entry): string {
  return kind === 'incident' ? of.incident.id : kind === 'alarm' ? of.alarm.id : `silence ${of.feed}`
}

function EntryRow({ entry: { kind, of } }: { readonly entry: Entry }) {
  if (kind === 'incident') return <IncidentRow of={of} />
  return kind === 'alarm' ? <AlarmRow of={of} /> : <SilenceRow of={of} />
}

/** Calm is said only as far as the data reaches, and not at all where nothing has a limit. */
function Calm() {
  const { picture, index, now } = useWall()
  const t = useTranslations('wall')
  const judged = index.catalogue.datastreams.filter(({ thresholds }) => thresholds.length > 0)
  const counts = countStreams(picture.readings, judged, now)
  const words = calmWords(counts)
  return (
    <p className={css['calm']} data-testid="calm">
      {t(words)}
    </p>
  )
}

/** Without limits nothing is judged; without any series on time nothing can be. */
function calmWords({ streams, onTime }: StreamCounts): 'calm' | 'calmUnsure' | 'calmBlind' | 'calmNone' {
  if (streams === 0) return 'calmNone'
  if (onTime === 0) return 'calmBlind'
  return onTime === streams ? 'calm' : 'calmUnsure'
}

function AlarmRow({ of }: { readonly of: OpenAlarm }) {
  const { index, now } = useWall()
  const reading = useReading()
  const names = useNames()
  const span = useSpan()
  const t = useTranslations('wall')
  const { alarm, label, stream } = of
  const view = stream === undefined ? undefined : reading(stream)
  const feed = stream === undefined ? undefined : index.feed(stream.feed)
  const words = [t('raised', { span: span(now - alarm.raisedAt) })]
  if (feed !== undefined) words.unshift(names(feed.owner))
  if (alarm.state === 'acknowledged') words.push(t('acknowledged'))
  return (
    <div className={css['row']} data-alarm={label}>
      <div className={css['glyph']}>
        <Glyph urgency={asUrgency(alarm.level)} label={label} hollow={alarm.state === 'acknowledged'} />
      </div>
      <div className={css['name']}>{view?.thing ?? alarm.key}</div>
      <div className={css['figure']}>
        {view === undefined ? null : <Figure of={view.of} decimals={view.decimals} title={view.title} mark="always" />}
      </div>
      {view === undefined ? null : <Crossed of={of} view={view} />}
      <div className={css['whose']}>{words.join(' · ')}</div>
    </div>
  )
}

/** Which limit was crossed. */
function Crossed({ of: { stream, threshold }, view }: { readonly of: OpenAlarm; readonly view: ReadingView }) {
  const { now } = useWall()
  const names = useNames()
  const t = useTranslations('wall')
  if (stream === undefined || threshold === undefined) return null
  const limit = measureLimit(stream.no, threshold, view.unit, now)
  return (
    <div className={css['what']}>
      {view.property} {threshold.op === '>=' ? t('over') : t('under')} {names(threshold.name)}{' '}
      <Figure of={limit} decimals={view.decimals} title={names(threshold.name)} />
    </div>
  )
}

const NAMED = 2

function SilenceRow({ of: { feed, streams, since } }: { readonly of: Silence }) {
  const { index, now } = useWall()
  const names = useNames()
  const reading = useReading()
  const span = useSpan()
  const t = useTranslations('wall')
  const entry = index.feed(feed)
  const first = streams.slice(0, NAMED).map((stream) => reading(stream).title)
  return (
    <div className={css['row']} data-silent>
      <div className={css['hatched']} aria-hidden="true" />
      <div className={css['name']}>
        {streams.length === 1
          ? first[0]
          : t('silentStreams', { feed: entry === undefined ? '' : names(entry.name), n: streams.length })}
      </div>
      <div className={css['figure']}>
        <span className={css['age']}>{t('silentSince', { span: span(now - since) })}</span>
      </div>
      {streams.length === 1 ? null : <div className={css['whose']}>{first.join(' · ')}</div>}
      {entry === undefined ? null : <div className={css['whose']}>{names(entry.owner)}</div>}
    </div>
  )
}

function Folded({ entries }: { readonly entries: readonly Entry[] }) {
  const t = useTranslations('wall')
  const alarms = entries.flatMap((entry) => (entry.kind === 'alarm' ? [entry.of] : []))
  return (
    <span className={css['folded']}>
      {alarms.slice(0, 6).map(({ alarm, label }) => (
        <Glyph key={alarm.id} urgency={asUrgency(alarm.level)} label={label} hollow={alarm.state === 'acknowledged'} />
      ))}
      {t('more', { count: entries.length })}
    </span>
  )
}
