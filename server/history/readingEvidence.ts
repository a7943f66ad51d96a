import type { Evidence, EvidenceRow } from '@/domain/api/evidence'
import { formatEvidenceId } from '@/domain/evidenceId'
import type { EvidenceId } from '@/domain/evidenceId'
import { measureObservation } from '@/domain/measureReading'
import { packSeq } from '@/domain/seq'
import { hours, seconds } from '@/domain/time'
import { NotFound } from '@/platform/errors'
import type { EvidenceWitness } from './evidenceWitness'
import type { History } from './history'
import { READING_ROWS } from './queries/seriesRows'

type ReadingId = Extract<EvidenceId, { kind: 'reading' }>

const CONTEXT_PERIODS = 10
const SHORTEST_CONTEXT = seconds(60)
const LONGEST_CONTEXT = hours(24)

/**
 * The latest value of a stream, recomputed from its rows: of its phenomenon time the newest record up to the one that
 * was shown. A correction that came afterwards is listed and not used.
 * @throws NotFound when the World has no such stream.
 */
export async function readingEvidence(history: History, id: ReadingId, witness: EvidenceWitness): Promise<Evidence> {
  const datastream = witness.streams.find(({ no }) => no === id.stream)
  const property = datastream && witness.property(datastream.property)
  if (datastream === undefined || property === undefined)
    throw new NotFound('evidence.noSuchStream', { stream: id.stream })
  const wanted = packSeq(id).toString()
  const period = seconds(datastream.periodSeconds)
  const back = Math.min(Math.max(period * CONTEXT_PERIODS, SHORTEST_CONTEXT), LONGEST_CONTEXT)
  const found = await history.readingRows(id.stream, id.phenomenonTime, back)
  const used = found.find((row) => row.phenomenonTime === id.phenomenonTime && row.seq === wanted)
  const observation = used && { ...used, epoch: id.epoch, offset: id.offset, silentSince: 0 }
  const rows = found.map(
    ({ feed: _feed, ...row }): EvidenceRow => ({ ...row, stream: id.stream, used: row.seq === wanted }),
  )
  const feeds = new Set([datastream.feed, ...found.map(({ feed }) => feed)])
  const params = { world: history.world.no, stream: id.stream, from: id.phenomenonTime - back }
  return {
    source: formatEvidenceId(id),
    query: {
      name: 'readingRows',
      sql: READING_ROWS.trim(),
      params: { ...params, phenomenonTime: id.phenomenonTime, limit: 200 },
    },
    recomputed: measureObservation(observation, { datastream, property, worldNow: witness.worldNow }),
    rows,
    rowsTotal: rows.length,
    feeds: witness.feeds.filter(({ no }) => feeds.has(no)),
    pending: used === undefined && witness.isLive(id.stream, id.epoch, id.offset),
  }
}
