import type { Counter, Gauge, Histogram } from 'prom-client'
import type { Metrics } from '@/platform/metrics'

const LATENCY_BUCKETS = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1, 2, 5, 10, 30]
const TICK_BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]

/** What the live room measures of itself. Times in seconds. */
export interface LiveMeters {
  readonly folded: Counter<'kind'>
  readonly deltas: Counter<'channel'>
  readonly merges: Counter<'channel'>
  readonly keyframes: Counter<'channel'>
  readonly waits: Counter<'channel'>
  readonly sentBytes: Counter
  readonly screens: Gauge
  readonly tick: Histogram
  readonly sensorToScreen: Histogram
  readonly recordsForwarded: Counter
  readonly recordsHeldBack: Counter
  readonly outbox: OutboxMeters
}

/** The way of commands from the database into the log. */
export interface OutboxMeters {
  readonly carried: Counter
  readonly carrySeconds: Histogram
  readonly failures: Counter
}

export function createLiveMeters(metrics: Metrics): LiveMeters {
  const counter = <Label extends string = never>(name: string, help: string, ...labels: Label[]) =>
    metrics.counter<Label>({ name, help, labels })
  return {
    folded: counter('belfry_live_folded_rows_total', 'Rows folded into pictures by this server.', 'kind'),
    deltas: counter('belfry_live_deltas_total', 'Deltas numbered by this server.', 'channel'),
    merges: counter('belfry_live_merged_total', 'Deltas sent to a slow or returning screen as one.', 'channel'),
    keyframes: counter('belfry_live_keyframes_sent_total', 'Keyframes sent to screens.', 'channel'),
    waits: counter('belfry_live_waits_total', 'Times a screen had too much unsent to get the channel.', 'channel'),
    sentBytes: counter('belfry_live_sent_bytes_total', 'Bytes of deltas and keyframes handed to sockets.'),
    screens: metrics.gauge({ name: 'belfry_live_screens', help: 'Connected screens.' }),
    tick: metrics.histogram({
      name: 'belfry_live_tick_seconds',
      help: 'Time to number, encode and hand over the deltas of all Worlds.',
      buckets: TICK_BUCKETS,
    }),
    sensorToScreen: metrics.histogram({
      name: 'belfry_sensor_to_screen_seconds',
      help: 'From the arrival of a message to its presentation, as told by screens.',
      buckets: LATENCY_BUCKETS,
    }),
    recordsForwarded: counter('belfry_live_records_forwarded_total', 'Records handed to the leader of their World.'),
    recordsHeldBack: counter(
      'belfry_live_records_held_back_total',
      'Records not handed over; the leader reads them from the store.',
    ),
    outbox: {
      carried: counter('belfry_outbox_events_total', 'Events of commands that were carried into the log.'),
      carrySeconds: metrics.histogram({
        name: 'belfry_outbox_carry_seconds',
        help: 'From the reading of a page of events to its being durable in the log.',
        buckets: TICK_BUCKETS,
      }),
      failures: counter('belfry_outbox_failures_total', 'Rounds that ended early and were tried again.'),
    },
  }
}
