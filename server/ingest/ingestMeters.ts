import type { IngestReceipt } from '@/domain/api/ingest'
import type { Metrics } from '@/platform/metrics'
import type { IngestState } from './createIngest'

/** What the intake measures of itself; times in seconds. */
export interface IngestMeters {
  received(feed: string, receipt: IngestReceipt): void
  decoded(seconds: number): void
  logged(seconds: number): void
  inserted(rows: number, seconds: number): void
}

const OUTCOMES = ['accepted', 'duplicates', 'corrections', 'late', 'rejected'] as const
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

export function createIngestMeters(metrics: Metrics, state: () => IngestState): IngestMeters {
  const records = metrics.counter({
    name: 'belfry_ingest_records_total',
    help: 'Records by feed and what became of them.',
    labels: ['feed', 'outcome'],
  })
  const stage = metrics.histogram({
    name: 'belfry_ingest_stage_seconds',
    help: 'Time of one batch in a stage.',
    labels: ['stage'],
    buckets: BUCKETS,
  })
  const rows = metrics.counter({ name: 'belfry_store_rows_total', help: 'Rows that ClickHouse took.' })
  metrics.gauge({ name: 'belfry_log_bytes', help: 'Size of the segment log.', collect: () => state().logBytes })
  metrics.gauge({
    name: 'belfry_log_age_seconds',
    help: 'Age of the oldest record that ClickHouse does not hold.',
    collect: () => state().logAgeMs / 1000,
  })
  metrics.gauge({
    name: 'belfry_store_pending_rows',
    help: 'Rows in the log that ClickHouse does not hold.',
    collect: () => state().pendingRows,
  })
  metrics.gauge({
    name: 'belfry_store_up',
    help: '1 while ClickHouse takes rows.',
    collect: () => (state().storeUp ? 1 : 0),
  })
  return {
    received(feed, receipt) {
      for (const outcome of OUTCOMES) if (receipt[outcome] > 0) records.inc({ feed, outcome }, receipt[outcome])
    },
    decoded: (seconds) => stage.observe({ stage: 'decode' }, seconds),
    logged: (seconds) => stage.observe({ stage: 'log' }, seconds),
    inserted(count, seconds) {
      rows.inc(count)
      stage.observe({ stage: 'insert' }, seconds)
    },
  }
}
