import { type LogRecord } from '@/domain/batch'
import { Quality } from '@/domain/quality'
import { type Rows, observationRows, positionRows } from './judge'
import type { ReportMemory } from './reportMemory'
import type { StreamMemory } from './streamMemory'

/** What the intake remembers of one World. */
export interface Memories {
  readonly streams: StreamMemory
  readonly tracks: StreamMemory
  readonly reports: Pick<ReportMemory, 'fresh'>
}

/**
 * Takes a record of an earlier opening into memory: ClickHouse may lack it, and a re-send of it must be known. `grain`
 * is that of `StoredGrains`.
 */
export function recall({ streams, tracks, reports }: Memories, record: LogRecord, grain: number): void {
  if (record.kind === 'observations')
    return noteAll(streams, observationRows({ ...record, time: record.phenomenonTime }), grain)
  if (record.kind === 'positions')
    return noteAll(tracks, positionRows({ ...record, time: record.phenomenonTime }), grain)
  if (record.kind === 'reports') reports.fresh(record.reports)
}

function noteAll(memory: StreamMemory, { no, time, value, quality }: Rows, grain: number): void {
  // Nothing counts as stored before the writer says so: what leaves a ring meanwhile is kept apart.
  memory.advance(grain, grain)
  for (let i = 0; i < no.length; i++) {
    const future = ((quality?.[i] ?? 0) & Quality.future) !== 0
    memory.note(no[i] as number, time[i] as number, value[i] as number, future)
  }
}
