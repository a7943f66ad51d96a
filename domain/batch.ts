import type { Alarm } from './alarm'
import type { Decision } from './decision/decision'
import type { FeedNo, TraceId, WorldNo } from './ids'
import type { Incident } from './incident/incident'
import type { Activation } from './plan/activation'
import type { Report } from './report'
import type { Task } from './task/task'
import type { EpochMillis } from './time'

/** What every record of the segment log carries. `knownTime` is in the World's clock, `recordedAt` in the machine's. */
export interface RecordHead {
  readonly world: WorldNo
  readonly feed: FeedNo
  readonly epoch: number
  /** Offset of the first row; row i has `offset + i`. */
  readonly offset: number
  readonly knownTime: EpochMillis
  readonly recordedAt: EpochMillis
  /** Machine time at which the message arrived; missing for what Belfry says itself. Sensor-to-screen starts here. */
  readonly receivedAt?: EpochMillis
  readonly traceId: TraceId
}

/** Observations as columns of equal length: the canonical form in the log, the fold and the insert. */
export interface ObservationBatch extends RecordHead {
  readonly kind: 'observations'
  readonly stream: Uint32Array
  /** Epoch milliseconds in the World's clock. */
  readonly phenomenonTime: Float64Array
  readonly value: Float64Array
  readonly quality: Uint16Array
}

/** Positions of Tracks as columns. Degrees in CGCS2000, speed in m/s, heading in degrees from north; NaN is unknown. */
export interface PositionBatch extends RecordHead {
  readonly kind: 'positions'
  readonly track: Uint32Array
  readonly phenomenonTime: Float64Array
  readonly longitude: Float64Array
  readonly latitude: Float64Array
  readonly speed: Float32Array
  readonly heading: Float32Array
  readonly quality: Uint16Array
}

export interface ReportBatch extends RecordHead {
  readonly kind: 'reports'
  readonly reports: readonly Report[]
}

/** A record refused at the edge, kept whole enough to mend and send again. `sample` is masked where the contract names personal fields. */
export interface QuarantinedRecord {
  readonly line: number
  readonly reason: string
  readonly message: string
  readonly sample: string
}

export interface QuarantineBatch extends RecordHead {
  readonly kind: 'quarantine'
  readonly records: readonly QuarantinedRecord[]
}

/** Datastreams that went silent: last heard of at `lastPhenomenonTime`, overdue since `since`, both in the World's clock. */
export interface SilenceBatch extends RecordHead {
  readonly kind: 'silences'
  readonly stream: Uint32Array
  readonly lastPhenomenonTime: Float64Array
  readonly since: Float64Array
}

/** A row of the outbox on its way to the fold: `n` is gap-free in the World. */
export interface OutboxBatch extends RecordHead {
  readonly kind: 'outbox'
  readonly events: readonly OutboxEvent[]
}

export interface OutboxEventOf<Kind extends string, Body> {
  readonly n: number
  readonly kind: Kind
  readonly body: Body
  readonly actor: string
  readonly at: EpochMillis
}
export type OutboxEvent =
  | OutboxEventOf<'alarm.moved', Alarm>
  | OutboxEventOf<'incident.moved', Incident>
  | OutboxEventOf<'task.moved', Task>
  | OutboxEventOf<'activation.moved', Activation>
  | OutboxEventOf<'decision.moved', Decision>
  | OutboxEventOf<'catalogue.changed', { readonly version: number }>
  | OutboxEventOf<
      'world.clockSet',
      { readonly anchorWorld: number; readonly anchorReal: number; readonly rate: number }
    >

export type LogRecord = ObservationBatch | PositionBatch | ReportBatch | QuarantineBatch | SilenceBatch | OutboxBatch
export type LogRecordKind = LogRecord['kind']

/** Rows of a record: how far the log's offset advances. */
export function rowCount(record: LogRecord): number {
  switch (record.kind) {
    case 'observations':
    case 'silences':
      return record.stream.length
    case 'positions':
      return record.track.length
    case 'reports':
      return record.reports.length
    case 'quarantine':
      return record.records.length
    case 'outbox':
      return record.events.length
  }
}
