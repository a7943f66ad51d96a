import { z } from 'zod'
import { type EpochMillis, epochMillis } from '../time'
import { type Ambiguous, type LocalRefusal, type WallTime, ZoneReader } from './localTime'
import { parseIso, parseTimeOfDay, parseWall } from './timeText'

const Ambiguity = z.enum(['earlier', 'later']).default('earlier')
const Zone = z.string().min(1).refine(isZone, {
  error: 'is no time zone: write an IANA name such as Asia/Shanghai, an offset such as +08:00, or UTC',
})
const Column = z.string().min(1)

/** Where a record's moment is written and how to read it. */
export const TimeSpec = z.discriminatedUnion('kind', [
  /** ISO 8601 with a zone, or a local time of `zone`. */
  z.strictObject({ kind: z.literal('column'), column: Column, zone: Zone.optional(), ambiguous: Ambiguity }).readonly(),
  z.strictObject({ kind: z.literal('epoch'), column: Column, unit: z.enum(['ms', 's']) }).readonly(),
  z
    .strictObject({
      kind: z.literal('parts'),
      year: Column,
      month: Column,
      day: Column,
      hour: Column.optional(),
      minute: Column.optional(),
      zone: Zone,
      ambiguous: Ambiguity,
    })
    .readonly(),
  /** A time of day in `column`, on a date that the file does not carry. */
  z
    .strictObject({
      kind: z.literal('timeOfDay'),
      column: Column,
      date: z.iso.date(),
      zone: Zone,
      ambiguous: Ambiguity,
    })
    .readonly(),
  /** No time in the file: row i (from 0) is `start` + i · `stepSeconds`. */
  z
    .strictObject({
      kind: z.literal('rowIndex'),
      start: z.iso.datetime({ offset: true }),
      stepSeconds: z.number().positive(),
    })
    .readonly(),
])
export type TimeSpec = z.infer<typeof TimeSpec>

export type TimeRefusal = LocalRefusal | 'timeMissing'

/** A cell by its column's name; `undefined` where the record has no such column. */
export type Cells = (column: string) => string | number | undefined

/** Reads the moment of the row with index `row` (from 0 in its file). */
export type TimeReader = (cells: Cells, row: number) => EpochMillis | TimeRefusal

/** @throws RangeError on a zone that the runtime does not know; `TimeSpec` has refused it before. */
export function timeReader(spec: TimeSpec): TimeReader {
  switch (spec.kind) {
    case 'column':
      return columnReader(spec)
    case 'epoch':
      return epochReader(spec.column, spec.unit === 's' ? 1000 : 1)
    case 'parts':
      return partsReader(spec)
    case 'timeOfDay':
      return timeOfDayReader(spec)
    case 'rowIndex': {
      const start = parseIso(spec.start)
      return (_cells, row) => epochMillis(start + row * spec.stepSeconds * 1000)
    }
  }
}

function columnReader(spec: Extract<TimeSpec, { kind: 'column' }>): TimeReader {
  const zone = spec.zone === undefined ? undefined : new ZoneReader(spec.zone)
  return (cells) => {
    const cell = cells(spec.column)
    if (cell === undefined || cell === '') return 'timeMissing'
    const text = String(cell)
    const zoned = parseIso(text)
    if (Number.isFinite(zoned)) return epochMillis(zoned)
    return zone === undefined ? 'timeUnreadable' : inZone(zone, parseWall(text), spec.ambiguous)
  }
}

const inZone = (zone: ZoneReader, wall: WallTime | undefined, ambiguous: Ambiguous): EpochMillis | LocalRefusal =>
  wall === undefined ? 'timeUnreadable' : zone.toEpoch(wall, ambiguous)

function epochReader(column: string, scale: number): TimeReader {
  return (cells) => {
    const cell = cells(column)
    if (cell === undefined || cell === '') return 'timeMissing'
    const moment = Number(cell) * scale
    return Number.isFinite(moment) ? epochMillis(moment) : 'timeUnreadable'
  }
}

function partsReader(spec: Extract<TimeSpec, { kind: 'parts' }>): TimeReader {
  const zone = new ZoneReader(spec.zone)
  return (cells) => {
    const part = (column: string | undefined): number => {
      const cell = column === undefined ? 0 : cells(column)
      return cell === undefined || cell === '' ? Number.NaN : Number(cell)
    }
    const wall = {
      year: part(spec.year),
      month: part(spec.month),
      day: part(spec.day),
      hour: part(spec.hour),
      minute: part(spec.minute),
      second: 0,
      millisecond: 0,
    }
    return zone.toEpoch(wall, spec.ambiguous)
  }
}

function timeOfDayReader(spec: Extract<TimeSpec, { kind: 'timeOfDay' }>): TimeReader {
  const zone = new ZoneReader(spec.zone)
  const midnight = parseWall(spec.date)
  return (cells) => {
    const cell = cells(spec.column)
    if (cell === undefined || cell === '') return 'timeMissing'
    const millis = parseTimeOfDay(String(cell))
    if (midnight === undefined || !Number.isFinite(millis)) return 'timeUnreadable'
    const seconds = Math.floor(millis / 1000)
    const clock = {
      hour: Math.floor(seconds / 3600),
      minute: Math.floor(seconds / 60) % 60,
      second: seconds % 60,
      millisecond: millis % 1000,
    }
    return zone.toEpoch({ ...midnight, ...clock }, spec.ambiguous)
  }
}

function isZone(zone: string): boolean {
  try {
    return new ZoneReader(zone) instanceof ZoneReader
  } catch {
    return false
  }
}
