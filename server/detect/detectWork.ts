import type { Log } from '@/platform/log'
import type { Metrics } from '@/platform/metrics'

/** `judge` sees each record, `round` looks at all Worlds each second, `command` is an act that came of either. */
export type DetectStage = 'judge' | 'round' | 'command'

const BUCKETS = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5]

/** The detectors' work: what is under way, how long it took (seconds) and what failed. */
export class DetectWork {
  readonly #underWay = new Set<Promise<void>>()
  readonly #log: Log
  readonly #seconds
  readonly #failures

  constructor(metrics: Metrics, log: Log) {
    this.#log = log
    this.#seconds = metrics.histogram({
      name: 'belfry_detect_seconds',
      help: 'Time of the detectors for one record, one round over all Worlds, or one act that followed.',
      labels: ['stage'],
      buckets: BUCKETS,
    })
    this.#failures = metrics.counter({ name: 'belfry_detect_failures_total', help: 'Detections that failed.' })
    metrics.gauge({
      name: 'belfry_detect_under_way',
      help: 'Judgements and acts that have not ended.',
      collect: () => this.#underWay.size,
    })
  }

  /** Begins a measurement; call what it returns at the end. */
  begin(stage: DetectStage): () => void {
    const began = performance.now()
    return () => this.#seconds.observe({ stage }, (performance.now() - began) / 1000)
  }

  /** A failure is counted and told; nobody else waits for it. */
  track(work: Promise<void>, stage: DetectStage = 'command'): void {
    const ended = this.begin(stage)
    const done = work
      .catch((cause: unknown) => {
        this.#failures.inc()
        this.#log.error({ err: cause }, 'detector failed')
      })
      .finally(() => {
        this.#underWay.delete(done)
        ended()
      })
    this.#underWay.add(done)
  }

  async settled(): Promise<void> {
    await Promise.all(this.#underWay)
  }
}
