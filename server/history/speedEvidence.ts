import type { Evidence, EvidenceRow } from '@/domain/api/evidence'
import { formatEvidenceId } from '@/domain/evidenceId'
import type { EvidenceId } from '@/domain/evidenceId'
import { measureSpeed } from '@/domain/measureReading'
import { packSeq } from '@/domain/seq'
import { minutes } from '@/domain/time'
import type { EvidenceWitness } from './evidenceWitness'
import type { History } from './history'
import { POSITION_ROWS } from './queries/seriesRows'

type SpeedId = Extract<EvidenceId, { kind: 'speed' }>

const CONTEXT = minutes(10)

/** The speed that a position told, read again from its row; the positions before it are listed, in m/s as they came. */
export async function speedEvidence(history: History, id: SpeedId, witness: EvidenceWitness): Promise<Evidence> {
  const wanted = packSeq(id).toString()
  const found = await history.positionRows(id.track, id.phenomenonTime, CONTEXT)
  const used = found.find(({ seq, phenomenonTime }) => seq === wanted && phenomenonTime === id.phenomenonTime)
  const rows = found
    .filter(({ speed }) => !Number.isNaN(speed))
    .map(
      ({ feed: _feed, speed, ...row }): EvidenceRow => ({
        ...row,
        track: id.track,
        value: speed,
        used: row.seq === wanted,
      }),
    )
  const feeds = new Set(found.map(({ feed }) => feed))
  return {
    source: formatEvidenceId(id),
    query: {
      name: 'positionRows',
      sql: POSITION_ROWS.trim(),
      params: {
        world: history.world.no,
        track: id.track,
        from: id.phenomenonTime - CONTEXT,
        phenomenonTime: id.phenomenonTime,
        limit: 200,
      },
    },
    recomputed: measureSpeed(id.track, used && { ...used, epoch: id.epoch, offset: id.offset }),
    rows,
    rowsTotal: found.length,
    feeds: witness.feeds.filter(({ no }) => feeds.has(no)),
    pending: used === undefined && witness.isPositionLive(id.track, id.epoch, id.offset),
  }
}
