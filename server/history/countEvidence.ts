import type { Evidence, EvidenceRow } from '@/domain/api/evidence'
import { streamStanding, countStreams } from '@/domain/countStreams'
import { formatEvidenceId } from '@/domain/evidenceId'
import type { CountSubject, EvidenceId } from '@/domain/evidenceId'
import { feedStateAt } from '@/domain/feedHealth'
import type { FeedState } from '@/domain/feedHealth'
import { measureCount } from '@/domain/measureReading'
import { packSeq } from '@/domain/seq'
import type { EvidenceWitness } from './evidenceWitness'
import type { History, ReadingsAsOf } from './history'
import { ALARMS_AS_OF } from './queries/alarmsAsOf'
import { FEEDS_HEARD } from './queries/feedsHeard'
import { READINGS_AS_OF } from './queries/readingsAsOf'

type CountId = Extract<EvidenceId, { kind: 'count' }>

const ROWS_SHOWN = 200

/** A total, counted again from what was known at its moment. */
export function countEvidence(history: History, id: CountId, witness: EvidenceWitness): Promise<Evidence> {
  switch (id.what) {
    case 'alarmsOpen':
      return alarmsOpen(history, id)
    case 'feeds':
    case 'feedsOnTime':
    case 'feedsLate':
    case 'feedsSilent':
      return feedTotal(history, id, witness)
    case 'streams':
    case 'streamsOnTime':
    case 'streamsSilent':
    case 'streamsNeverHeard':
      return streamTotal(history, id, witness)
  }
}

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

function latestRows(found: readonly ReadingsAsOf[]): Omit<EvidenceRow, 'used'>[] {
  const rows = new Map<number, Omit<EvidenceRow, 'used'>>()
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
