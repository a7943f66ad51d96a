import type { Alarm } from '@/domain/alarm'
import type { Datastream, Threshold } from '@/domain/catalogue'
import type { ReadingColumns } from '@/domain/fold/columns'
import { RowState } from '@/domain/fold/columns'
import type { CatalogueIndex } from './catalogueIndex'
import { groupBy } from './groupBy'

/** An open alarm with what it is about, and the short number by which it is cited. */
export interface OpenAlarm {
  readonly alarm: Alarm
  readonly label: string
  readonly stream: Datastream | undefined
  readonly threshold: Threshold | undefined
}

/** Open alarms, the most urgent first, the newest of equals first; what is shelved is no part of them. */
export function openAlarms(alarms: Iterable<Alarm>, index: CatalogueIndex): OpenAlarm[] {
  const open = [...alarms].filter(({ state }) => state !== 'cleared' && state !== 'shelved')
  return open
    .map((alarm): OpenAlarm => {
      const stream = alarm.stream === undefined ? undefined : index.stream(alarm.stream)
      const label = alarm.no === undefined ? '' : String(alarm.no)
      return { alarm, label, stream, threshold: stream?.thresholds.find(({ key }) => key === alarm.threshold) }
    })
    .sort(({ alarm: a }, { alarm: b }) => a.level - b.level || b.raisedAt - a.raisedAt || (a.id < b.id ? -1 : 1))
}

/** Of several limits that one series crossed, the most urgent speaks for all; takes the list in its order. */
export function leading(alarms: readonly OpenAlarm[]): OpenAlarm[] {
  const told = new Set<number>()
  return alarms.filter(({ stream }) => {
    if (stream === undefined) return true
    const first = !told.has(stream.no)
    told.add(stream.no)
    return first
  })
}

/** Datastreams of one Feed that fell silent: one line of the list. `since` in the World's clock, epoch ms. */
export interface Silence {
  readonly feed: number
  readonly streams: readonly Datastream[]
  readonly since: number
}

/** Silent Datastreams by Feed, the longest silence first. Only told silences; a value just overdue is not one yet. */
export function silences(readings: ReadingColumns, index: CatalogueIndex): Silence[] {
  const silent = index.catalogue.datastreams.filter(
    ({ no, covered, masked }) => covered && !masked && no < readings.length && readings.state[no] === RowState.silent,
  )
  return [...groupBy(silent, ({ feed }) => feed)]
    .map(([feed, streams]): Silence => {
      const sorted = streams.toSorted(
        (a, b) => rank(a) - rank(b) || readings.silentSince[a.no]! - readings.silentSince[b.no]!,
      )
      return { feed, streams: sorted, since: Math.min(...streams.map(({ no }) => readings.silentSince[no]!)) }
    })
    .sort((a, b) => Math.min(...a.streams.map(rank)) - Math.min(...b.streams.map(rank)) || a.since - b.since)
}

/** A series with limits stands before one without: its silence hides a crossing. */
const rank = ({ thresholds }: Datastream): number => (thresholds.length > 0 ? 0 : 1)
