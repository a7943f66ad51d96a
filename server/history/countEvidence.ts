import type { Evidence, EvidenceRow } from '@/domain/api/evidence'
import { streamStanding, countStreams } from '@/domain/countStreams'
import { formatEvidenceId } from '@/domain/evidenceId'
import type { EvidenceId } from '@/domain/evidenceId'
import { measureCount } from '@/domain/measureReading'
import { packSeq } from '@/domain/seq'
import type { EvidenceWitness } from './evidenceWitness'
import type { History, ReadingsAsOf } from './history'
import { ALARMS_AS_OF } from './queries/alarmsAsOf'
import { READINGS_AS_OF } from './queries/readingsAsOf'

type CountId = Extract<EvidenceId, { kind: 'count' }>

const ROWS_SHOWN = 200

/** A total, counted again from what was known at its moment. */
export function countEvidence(history: History, id: CountId, witness: EvidenceWitness): Promise<Evidence> {
  return id.what === 'alarmsOpen' ? alarmsOpen(history, id) : streamTotal(history, id, witness)
}

async function alarmsOpen(history: History, id: CountId): Promise<Evidence> {
  const alarms = await history.alarms(id.knownTime)
  return {
    source: formatEvidenceId(id),
    query: {
      name: 'alarmsAsOf',
      sql: ALARMS_AS_OF.trim(),
      params: { world: history.world.no, knownTime: id.knownTime },
    },
    recomputed: measureCount(id.what, alarms.length, id.knownTime),
    rows: [],
    rowsTotal: alarms.length,
    feeds: [],
    pending: false,
  }
}

/** Rows are the latest readings that the total rests on: the counted ones first, each group newest first. */
async function streamTotal(history: History, id: CountId, witness: EvidenceWitness): Promise<Evidence> {
  const streams = witness.streams.filter(({ covered }) => covered)
  const latest = latestRows(await history.readings(id.knownTime, streams))
  const heard = new Map(latest.map((row) => [row.stream, row]))
  const counts = countStreams(streams, (no) => heard.get(no)?.phenomenonTime, id.knownTime)
  const counted = new Set<number>()
  for (const stream of streams) {
    const standing = streamStanding(stream, heard.get(stream.no)?.phenomenonTime, id.knownTime)
    if (id.what === 'streams' || id.what === standing) counted.add(stream.no)
  }
  const rows = latest
    .map((row): EvidenceRow => ({ ...row, used: counted.has(row.stream) }))
    .sort((a, b) => Number(b.used) - Number(a.used) || b.phenomenonTime - a.phenomenonTime)
  return {
    source: formatEvidenceId(id),
    query: {
      name: 'readingsAsOf',
      sql: READINGS_AS_OF.trim(),
      params: { world: history.world.no, knownTime: id.knownTime },
    },
    recomputed: measureCount(id.what, counts[id.what as keyof typeof counts], id.knownTime),
    rows: rows.slice(0, ROWS_SHOWN),
    rowsTotal: rows.length,
    feeds: [...witness.feeds],
    pending: false,
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
        value: columns.value[i]!,
        quality: columns.quality[i]!,
        seq: packSeq({ epoch: columns.epoch[i]!, offset: columns.offset[i]! }).toString(),
      })
    })
  }
  return [...rows.values()]
}
