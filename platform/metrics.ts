import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Log } from './log'

const LAG_ALARM_SECONDS = 0.1
const LAG_WINDOW_MS = 5000

/** Labels are given by name, so that a metric without labels needs no list. */
export interface MetricSpec<Label extends string = never> {
  /** `belfry_<part>_<what>_<unit>`; counters end in `_total`. */
  readonly name: string
  readonly help: string
  readonly labels?: readonly Label[]
}

/** The metrics of one process, in Prometheus' text form. */
export interface Metrics {
  counter<Label extends string = never>(spec: MetricSpec<Label>): Counter<Label>
  gauge<Label extends string = never>(spec: MetricSpec<Label> & { collect?: () => number }): Gauge<Label>
  /** `buckets` are upper bounds in the metric's unit. */
  histogram<Label extends string = never>(spec: MetricSpec<Label> & { buckets: readonly number[] }): Histogram<Label>
  readonly contentType: string
  text(): Promise<string>
}

/** `component` becomes a label of every metric, so that several processes meet in one place. */
export function createMetrics(component: string): Metrics {
  const register = new Registry()
  register.setDefaultLabels({ component })
  const base = <Label extends string>(spec: MetricSpec<Label>) => ({
    name: spec.name,
    help: spec.help,
    labelNames: spec.labels ?? [],
    registers: [register],
  })
  return {
    counter: (spec) => new Counter(base(spec)),
    gauge: (spec) => {
      const { collect } = spec
      if (collect === undefined) return new Gauge(base(spec))
      return new Gauge({
        ...base(spec),
        collect() {
          this.set(collect())
        },
      })
    },
    histogram: (spec) => new Histogram({ ...base(spec), buckets: [...spec.buckets] }),
    contentType: register.contentType,
    text: () => register.metrics(),
  }
}

/**
 * Watches how late the event loop is: gauge in seconds (99th percentile of 5 s windows) and a counter of windows above
 * 100 ms. Returns the stop function.
 */
export function watchEventLoop(metrics: Metrics, log: Log): () => void {
  const lag = metrics.gauge({ name: 'belfry_event_loop_lag_seconds', help: 'p99 of the event loop delay over 5 s.' })
  const alarms = metrics.counter({
    name: 'belfry_event_loop_lag_alarms_total',
    help: '5 s windows in which the p99 event loop delay was above 100 ms.',
  })
  const resolution = 10
  const delay = monitorEventLoopDelay({ resolution })
  delay.enable()
  const timer = setInterval(() => {
    // The monitor counts its own sleep of `resolution` ms as delay.
    const seconds = Math.max(0, delay.percentile(99) / 1e9 - resolution / 1000)
    delay.reset()
    lag.set(seconds)
    if (seconds <= LAG_ALARM_SECONDS) return
    alarms.inc()
    log.warn({ lagMs: Math.round(seconds * 1000) }, 'event loop is late')
  }, LAG_WINDOW_MS)
  timer.unref()
  return () => {
    clearInterval(timer)
    delay.disable()
  }
}
