import type { Counter, Gauge, Histogram } from 'prom-client'
import type { Metrics } from '@/platform/metrics'

/** `judge` sees each record, `round` looks at all Worlds each second, `command` is an act that came of either. */
export type DetectStage = 'judge' | 'round' | 'command'

/** What the detectors measure of themselves; times in seconds. */
export interface DetectMeters {
  readonly seconds: Histogram<'stage'>
  readonly failures: Counter
  readonly underWay: Gauge
}

const BUCKETS = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5]

export function createDetectMeters(metrics: Metrics, underWay: () => number): DetectMeters {
  return {
    seconds: metrics.histogram({
      name: 'belfry_detect_seconds',
      help: 'Time of the detectors for one record, one round over all Worlds, or one act that followed.',
      labels: ['stage'],
      buckets: BUCKETS,
    }),
    failures: metrics.counter({ name: 'belfry_detect_failures_total', help: 'Detections that failed.' }),
    underWay: metrics.gauge({
      name: 'belfry_detect_under_way',
      help: 'Judgements and acts that have not ended.',
      collect: underWay,
    }),
  }
}
