import type { Evidence, EvidenceRow } from '@/domain/api/evidence'
import { formatEvidenceId } from '@/domain/evidenceId'
import type { EvidenceId } from '@/domain/evidenceId'
import { measureReport } from '@/domain/measureReading'
import type { EvidenceWitness } from './evidenceWitness'
import type { History } from './history'
import { REVISIONS_OF_REPORT } from './queries/revisionsOfReport'

type ReportId = Extract<EvidenceId, { kind: 'report' }>

/** What a report said in one revision, read again from its record; the other revisions are listed and not used. */
export async function reportEvidence(history: History, id: ReportId, witness: EvidenceWitness): Promise<Evidence> {
  const revisions = await history.revisions(id.report)
  const used = revisions.find(({ body }) => body.revisedAt === id.revisedAt)
  const rows = revisions.map(
    ({ body, knownTime, recordedAt, seq }): EvidenceRow => ({
      phenomenonTime: body.phenomenonTime,
      knownTime,
      recordedAt,
      value: body.magnitude ?? 0,
      quality: 0,
      seq,
      used: seq === used?.seq,
    }),
  )
  const feeds = new Set(revisions.map(({ body }) => body.feed))
  return {
    source: formatEvidenceId(id),
    query: {
      name: 'revisionsOfReport',
      sql: REVISIONS_OF_REPORT.trim(),
      params: { world: history.world.no, report: id.report },
    },
    recomputed: used === undefined ? { kind: 'absent', reason: 'noData', unit: '' } : measureReport(used.body),
    rows: rows.filter((_row, i) => revisions[i]?.body.magnitude !== undefined),
    rowsTotal: rows.length,
    feeds: witness.feeds.filter(({ no }) => feeds.has(no)),
    pending: used === undefined && witness.isReportLive(id.report, id.revisedAt),
  }
}
