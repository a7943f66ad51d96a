import type { Evidence, EvidenceRow } from '@/domain/api/evidence'
import { reportsOfDay, trackStanding } from '@/domain/countOccurrences'
import { streamStanding, countStreams } from '@/domain/countStreams'
import { formatEvidenceId } from '@/domain/evidenceId'
import type { CountSubject, EvidenceId } from '@/domain/evidenceId'
import { feedStateAt } from '@/domain/feedHealth'
import type { FeedState } from '@/domain/feedHealth'
import { REPORTS_ON_SCREEN } from '@/domain/fold/foldSituation'
import { measureCount } from '@/domain/measureReading'
import { packSeq } from '@/domain/seq'
import type { EvidenceWitness } from './evidenceWitness'
import type { History, ReadingsAsOf } from './history'
import { ALARMS_AS_OF } from './queries/alarmsAsOf'
import { POSITIONS_AS_OF } from './queries/positionsAsOf'
import { REPORTS_AS_OF } from './queries/reportsAsOf'
import { FEEDS_HEARD } from './queries/feedsHeard'
import { READINGS_AS_OF } from './queries/readingsAsOf'

type CountId = Extract<EvidenceId, { kind: 'count' }>

const ROWS_SHOWN = 200

type Counter = (history: History, id: CountId, witness: EvidenceWitness) => Promise<Evidence>

/** A total, counted again from what was known at its moment. */
export const countEvidence: Counter = (history, id, witness) => counters[id.what](history, id, witness)

interface Counted {
  readonly name: string
  readonly sql: string
  readonly total: number
}

/** What every count has: its question, and the total as a number of its moment. */
function counted(history: History, id: CountId, { name, sql, total }: Counted): Omit<Evidence, 'pending' | 'feeds'> {
  return {
    source: formatEvidenceId(id),
    query: { name, sql: sql.trim(), params: { world: history.world.no, knownTime: id.knownTime } },
    recomputed: measureCount(id.what, total, id.knownTime),
    rows: [],
    rowsTotal: total,
  }
}

async function alarmsOpen(history: History, id: CountId): Promise<Evidence> {
  const total = (await history.alarms(id.knownTime)).length
  return { ...counted(history, id, { name: 'alarmsAsOf', sql: ALARMS_AS_OF, total }), feeds: [], pending: false }
}

const feedStates: Partial<Record<CountSubject, FeedState>> = {
  feedsOnTime: 'onTime',
  feedsLate: 'late',
  feedsSilent: 'silent',
}

async function feedTotal(history: History, id: CountId, witness: EvidenceWitness): Promise<Evidence> {
  const heard = new Map((await history.feedsHeard(id.knownTime)).map((row) => [row.feed, row]))
  const wanted = feedStates[id.what]
  const feeds = witness.feeds.filter(({ no, periodSeconds }) => {
    const promise = { periodSeconds, latenessMs: witness.latenessMs(no) }
    return wanted === undefined || feedStateAt(promise, heard.get(no), id.knownTime) === wanted
  })
  const question = { name: 'feedsHeard', sql: FEEDS_HEARD, total: feeds.length }
  return { ...counted(history, id, question), feeds, pending: isPending(id, witness) }
}

const isPending = ({ knownTime }: CountId, { pendingSince }: EvidenceWitness): boolean =>
  pendingSince !== undefined && knownTime >= pendingSince

/** Rows are the latest readings that the total rests on: the counted ones first, each group newest first. */
async function streamTotal(history: History, id: CountId, witness: EvidenceWitness): Promise<Evidence> {
  const streams = witness.streams.filter(({ covered }) => covered)
  const latest = latestRows(await history.readings(id.knownTime, streams))
  const heard = new Map(latest.map((row) => [row.stream, row]))
  const counts = countStreams(streams, (no) => heard.get(no)?.phenomenonTime, id.knownTime)
  const members = new Set<number>()
  for (const stream of streams) {
    const standing = streamStanding(stream, heard.get(stream.no)?.phenomenonTime, id.knownTime)
    if (id.what === 'streams' || id.what === standing) members.add(stream.no)
  }
  const rows = latest
    .map((row): EvidenceRow => ({ ...row, used: members.has(row.stream) }))
    .sort((a, b) => Number(b.used) - Number(a.used) || b.phenomenonTime - a.phenomenonTime)
  const total = counts[id.what as keyof typeof counts]
  return {
    ...counted(history, id, { name: 'readingsAsOf', sql: READINGS_AS_OF, total }),
    rows: rows.slice(0, ROWS_SHOWN),
    rowsTotal: rows.length,
    feeds: [...witness.feeds],
    pending: isPending(id, witness),
  }
}

type LatestRow = Omit<EvidenceRow, 'used' | 'stream'> & { readonly stream: number }

function latestRows(found: readonly ReadingsAsOf[]): LatestRow[] {
  const rows = new Map<number, LatestRow>()
  for (const columns of found) {
    columns.stream.forEach((stream, i) => {
      if (rows.has(stream)) return
      rows.set(stream, {
        stream,
        phenomenonTime: columns.phenomenonTime[i]!,
        knownTime: columns.knownTime[i]!,
        recordedAt: columns.recordedAt[i]! * 1000,
        value: columns.value[i] ?? Number.NaN,
        quality: columns.quality[i]!,
        seq: packSeq({ epoch: columns.epoch[i]!, offset: columns.offset[i]! }).toString(),
      })
    })
  }
  return [...rows.values()]
}

/** Rows are the latest position of each Track that was ever heard; their value is its speed in m/s. */
async function trackTotal(history: History, id: CountId, witness: EvidenceWitness): Promise<Evidence> {
  const positions = new Map((await history.positions(id.knownTime)).map((row) => [row.no, row]))
  const rows = witness.tracks.flatMap((track): EvidenceRow[] => {
    const row = positions.get(track.no)
    if (row === undefined) return []
    const standing = trackStanding(track, row, id.knownTime)
    return [
      {
        track: track.no,
        phenomenonTime: row.phenomenonTime,
        knownTime: row.knownTime,
        recordedAt: row.recordedAt,
        value: Number.isNaN(row.speed) ? 0 : row.speed,
        quality: row.quality,
        seq: packSeq({ epoch: row.epoch, offset: row.offset }).toString(),
        used: id.what === 'tracks' || (id.what === 'tracksOnTime' ? standing !== 'silent' : standing === 'moving'),
      },
    ]
  })
  const total = id.what === 'tracks' ? witness.tracks.length : rows.filter(({ used }) => used).length
  return {
    ...counted(history, id, { name: 'positionsAsOf', sql: POSITIONS_AS_OF, total }),
    rows: rows.toSorted((a, b) => Number(b.used) - Number(a.used)).slice(0, ROWS_SHOWN),
    rowsTotal: rows.length,
    feeds: witness.feeds.filter(({ no }) => witness.tracks.some(({ feed }) => feed === no)),
    pending: isPending(id, witness),
  }
}

/** Rows are the reports themselves, newest first; their value is what they measure the occurrence by. */
async function reportTotal(history: History, id: CountId, witness: EvidenceWitness): Promise<Evidence> {
  const reports = reportsOfDay(await history.reports(id.knownTime, REPORTS_ON_SCREEN), id.knownTime)
  const feeds = new Set(reports.map(({ feed }) => feed))
  return {
    ...counted(history, id, { name: 'reportsAsOf', sql: REPORTS_AS_OF, total: reports.length }),
    feeds: witness.feeds.filter(({ no }) => feeds.has(no)),
    pending: isPending(id, witness),
  }
}

const counters: Record<CountSubject, Counter> = {
  alarmsOpen,
  feeds: feedTotal,
  feedsOnTime: feedTotal,
  feedsLate: feedTotal,
  feedsSilent: feedTotal,
  streams: streamTotal,
  streamsOnTime: streamTotal,
  streamsSilent: streamTotal,
  streamsNeverHeard: streamTotal,
  tracks: trackTotal,
  tracksOnTime: trackTotal,
  tracksMoving: trackTotal,
  reportsOfDay: reportTotal,
}
