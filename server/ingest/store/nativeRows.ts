import type {
  LogRecord,
  ObservationBatch,
  OutboxBatch,
  PositionBatch,
  QuarantineBatch,
  ReportBatch,
  SilenceBatch,
} from '@/domain/batch'
import { rowCount } from '@/domain/batch'
import type { NativeBatch } from '@/platform/clickhouse/insert'
import type { NativeColumn } from '@/platform/clickhouse/native'
import { eventRows } from './eventRows'

const DAY = 86_400_000

/**
 * Records as inserts: one per table and day of recording, since a partition is a day and one insert must not touch two.
 * Rows keep the log's order. Give it fewer than a million rows.
 */
export function nativeRows(records: readonly LogRecord[]): NativeBatch[] {
  const groups = new Map<string, LogRecord[]>()
  for (const record of records) {
    const key = `${tables[record.kind]}/${Math.floor(record.recordedAt / DAY)}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [record])
    else group.push(record)
  }
  return [...groups.values()].flatMap(insertOf)
}

const tables = {
  observations: 'observations',
  positions: 'positions',
  reports: 'reports',
  quarantine: 'quarantine',
  silences: 'city_events',
  outbox: 'city_events',
} as const satisfies Record<LogRecord['kind'], string>

function insertOf(records: readonly LogRecord[]): NativeBatch[] {
  const rows = records.reduce((sum, record) => sum + rowCount(record), 0)
  const first = records[0]
  if (first === undefined || rows === 0) return []
  const table = tables[first.kind]
  switch (table) {
    case 'observations':
      return [{ table, rows, columns: observationColumns(records as ObservationBatch[], rows) }]
    case 'positions':
      return [{ table, rows, columns: positionColumns(records as PositionBatch[], rows) }]
    case 'reports':
      return [{ table, rows, columns: reportColumns(records as ReportBatch[], rows) }]
    case 'quarantine':
      return [{ table, rows, columns: quarantineColumns(records as QuarantineBatch[], rows) }]
    case 'city_events':
      return [{ table, rows, columns: eventColumns(records as (SilenceBatch | OutboxBatch)[], rows) }]
  }
}

/** The columns that every table has, one value per row. */
function headColumns(records: readonly LogRecord[], rows: number) {
  const world = new Uint16Array(rows)
  const feed = new Uint16Array(rows)
  const known = new Float64Array(rows)
  const recorded = new Uint32Array(rows)
  const seq = new BigUint64Array(rows)
  const halves = new Uint32Array(seq.buffer)
  let at = 0
  for (const record of records) {
    const count = rowCount(record)
    world.fill(record.world, at, at + count)
    feed.fill(record.feed, at, at + count)
    known.fill(record.knownTime, at, at + count)
    recorded.fill(Math.floor(record.recordedAt / 1000), at, at + count)
    for (let i = 0; i < count; i++) {
      // (epoch << 40) + offset in two halves: BigInt arithmetic per row is ten times slower.
      const offset = record.offset + i
      halves[2 * (at + i)] = offset % 0x1_0000_0000
      halves[2 * (at + i) + 1] = record.epoch * 256 + Math.floor(offset / 0x1_0000_0000)
    }
    at += count
  }
  const columns: Record<'world' | 'feed' | 'known' | 'recorded' | 'seq', NativeColumn> = {
    world: { name: 'world', type: 'UInt16', values: world },
    feed: { name: 'feed', type: 'UInt16', values: feed },
    known: { name: 'known_time', type: 'DateTime64(3)', values: known },
    recorded: { name: 'recorded_at', type: 'DateTime', values: recorded },
    seq: { name: 'seq', type: 'UInt64', values: seq },
  }
  return columns
}

type Numbers = Uint16Array | Uint32Array | Float32Array | Float64Array

/** One column of all records, laid end to end into `to`. */
function joined<Column extends Numbers>(parts: readonly Column[], to: Column): Column {
  let at = 0
  for (const part of parts) {
    to.set(part, at)
    at += part.length
  }
  return to
}

function observationColumns(records: readonly ObservationBatch[], rows: number): NativeColumn[] {
  const { world, feed, known, recorded, seq } = headColumns(records, rows)
  const stream = joined(
    records.map((record) => record.stream),
    new Uint32Array(rows),
  )
  const time = joined(
    records.map((record) => record.phenomenonTime),
    new Float64Array(rows),
  )
  const value = joined(
    records.map((record) => record.value),
    new Float64Array(rows),
  )
  const quality = joined(
    records.map((record) => record.quality),
    new Uint16Array(rows),
  )
  return [
    world,
    { name: 'stream', type: 'UInt32', values: stream },
    { name: 'phenomenon_time', type: 'DateTime64(3)', values: time },
    known,
    { name: 'value', type: 'Float64', values: value },
    { name: 'quality', type: 'UInt16', values: quality },
    feed,
    seq,
    recorded,
  ]
}

function positionColumns(records: readonly PositionBatch[], rows: number): NativeColumn[] {
  const { world, feed, known, recorded, seq } = headColumns(records, rows)
  const track = joined(
    records.map((record) => record.track),
    new Uint32Array(rows),
  )
  const time = joined(
    records.map((record) => record.phenomenonTime),
    new Float64Array(rows),
  )
  const longitude = joined(
    records.map((record) => record.longitude),
    new Float64Array(rows),
  )
  const latitude = joined(
    records.map((record) => record.latitude),
    new Float64Array(rows),
  )
  const speed = joined(
    records.map((record) => record.speed),
    new Float32Array(rows),
  )
  const heading = joined(
    records.map((record) => record.heading),
    new Float32Array(rows),
  )
  const quality = joined(
    records.map((record) => record.quality),
    new Uint16Array(rows),
  )
  return [
    world,
    { name: 'track', type: 'UInt32', values: track },
    { name: 'phenomenon_time', type: 'DateTime64(3)', values: time },
    known,
    { name: 'longitude', type: 'Float64', values: longitude },
    { name: 'latitude', type: 'Float64', values: latitude },
    { name: 'speed', type: 'Float32', values: speed },
    { name: 'heading', type: 'Float32', values: heading },
    { name: 'quality', type: 'UInt16', values: quality },
    feed,
    seq,
    recorded,
  ]
}

function reportColumns(records: readonly ReportBatch[], rows: number): NativeColumn[] {
  const { world, feed, known, recorded, seq } = headColumns(records, rows)
  const reports = records.flatMap((record) => record.reports)
  return [
    world,
    // A String is cast to UUID by the insert's own column list.
    { name: 'id', type: 'String', values: reports.map(({ id }) => id) },
    { name: 'kind', type: 'String', values: reports.map(({ kind }) => kind) },
    { name: 'phenomenon_time', type: 'DateTime64(3)', values: reports.map(({ phenomenonTime }) => phenomenonTime) },
    known,
    { name: 'body', type: 'String', values: reports.map((report) => JSON.stringify(report)) },
    feed,
    seq,
    recorded,
  ]
}

function quarantineColumns(records: readonly QuarantineBatch[], rows: number): NativeColumn[] {
  const { world, feed, known, recorded, seq } = headColumns(records, rows)
  const refused = records.flatMap((record) => record.records.map((entry) => ({ ...entry, traceId: record.traceId })))
  return [
    world,
    feed,
    seq,
    { name: 'line', type: 'UInt32', values: refused.map(({ line }) => line) },
    { name: 'reason', type: 'String', values: refused.map(({ reason }) => reason) },
    { name: 'message', type: 'String', values: refused.map(({ message }) => message) },
    { name: 'sample', type: 'String', values: refused.map(({ sample }) => sample) },
    { name: 'trace_id', type: 'String', values: refused.map(({ traceId }) => traceId) },
    known,
    recorded,
  ]
}

function eventColumns(records: readonly (SilenceBatch | OutboxBatch)[], rows: number): NativeColumn[] {
  const { world, recorded, seq } = headColumns(records, rows)
  const events = records.flatMap(eventRows)
  return [
    world,
    { name: 'n', type: 'UInt64', values: events.map(({ n }) => n) },
    { name: 'kind', type: 'String', values: events.map(({ kind }) => kind) },
    { name: 'key', type: 'String', values: events.map(({ key }) => key) },
    { name: 'body', type: 'String', values: events.map(({ body }) => body) },
    { name: 'actor', type: 'String', values: events.map(({ actor }) => actor) },
    // The event's own time, not that of its carrying: carried twice, it is the same row.
    { name: 'known_time', type: 'DateTime64(3)', values: events.map(({ at }) => at) },
    seq,
    recorded,
  ]
}
