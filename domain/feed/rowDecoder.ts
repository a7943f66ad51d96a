import { toCgcs2000 } from '../geodesy/coordinateSystem'
import { Quality } from '../quality'
import type { FeedMapping, InputSpec, ObservationsSpec, PositionsSpec, SubjectSpec } from './mapping'
import { reportDecoder } from './reportDecoder'
import { parseIso } from './timeText'
import { type RecordDecoder, type RowDecoder, type RowRefusal, type SourceRow, numberCell, refusal } from './sourceRow'
import { type Cells, timeReader } from './timeSpec'
import { type ValueReader, valueReader } from './valueReader'
import { conversion, convert } from './units'

/** Compiles one input of a mapping that `FeedMapping` has accepted. */
export function rowDecoder(mapping: FeedMapping, input: InputSpec): RowDecoder {
  const readTime = timeReader(input.time)
  const [from, to] = input.between === undefined ? [-Infinity, Infinity] : input.between.map((text) => parseIso(text))
  const records = recordDecoder(mapping, input)
  const wanted = new Set(input.only?.values)
  return (row, sink) => {
    if (input.only !== undefined && !wanted.has(String(row.cells(input.only.column) ?? ''))) return undefined
    const time = readTime(row.cells, row.row)
    if (typeof time === 'string') return refusal(time, TIME_MESSAGES[time])
    if (time < (from ?? -Infinity) || time > (to ?? Infinity)) {
      return refusal(
        'timeOutOfBounds',
        `${new Date(time).toISOString()} is outside the time that this feed can speak of.`,
      )
    }
    return records(row, time, sink)
  }
}

const TIME_MESSAGES = {
  timeMissing: 'The record has no time.',
  timeUnreadable: 'The time cannot be read as the mapping says.',
  timeSkipped: 'This local time does not exist: clocks were set forward over it.',
} as const

function recordDecoder(mapping: FeedMapping, input: InputSpec): RecordDecoder {
  switch (input.records.kind) {
    case 'observations':
      return input.records.wide === undefined
        ? columnsDecoder(mapping, input, input.records)
        : wideDecoder(mapping, input, input.records)
    case 'positions':
      return positionDecoder(input.records)
    case 'reports':
      return reportDecoder(input.records)
  }
}

function subjectReader(spec: SubjectSpec): (row: SourceRow) => string | undefined {
  switch (spec.from) {
    case 'constant':
      return () => spec.key
    case 'column':
      return ({ cells }) => {
        const cell = cells(spec.column)
        if (cell === undefined || cell === '') return undefined
        return spec.names[String(cell)] ?? String(cell)
      }
    case 'file': {
      const pattern = new RegExp(spec.pattern)
      return ({ file }) => {
        const found = pattern.exec(file)?.[1]
        return found === undefined ? undefined : (spec.names[found] ?? found)
      }
    }
  }
}

function unitOf(mapping: FeedMapping, key: string): string {
  const property = mapping.properties.find((candidate) => candidate.key === key)
  if (property === undefined) throw new RangeError(`Property ${key} is not declared.`)
  return property.unit
}

function qualityReader(spec: ObservationsSpec['quality']): (cells: Cells) => number {
  if (spec === undefined) return () => 0
  const words = new Map(
    Object.entries(spec.words).map(([word, flags]) => [word, flags.reduce((bits, flag) => bits | Quality[flag], 0)]),
  )
  return (cells) => words.get(String(cells(spec.column) ?? '')) ?? Quality.suspect
}

const SUBJECT_MISSING = refusal('subjectMissing', 'The record does not say which Thing it speaks of.')

function valueRefusal(column: string, reason: string): RowRefusal {
  return refusal(
    reason,
    reason === 'unitUnknown' ? `The unit in ${column} is not the declared one.` : `${column} is not a number.`,
  )
}

function columnsDecoder(mapping: FeedMapping, input: InputSpec, spec: ObservationsSpec): RecordDecoder {
  const nulls = new Set(input.nulls)
  const subject = subjectReader(spec.thing ?? { from: 'column', column: '', names: {} })
  const quality = qualityReader(spec.quality)
  const columns = (spec.columns ?? []).map((column) => ({
    ...column,
    read: valueReader(column, unitOf(mapping, column.property), nulls),
  }))
  return (row, time, sink) => {
    const thing = subject(row)
    if (thing === undefined) return SUBJECT_MISSING
    let refused: RowRefusal | undefined
    for (const { column, property, read } of columns) {
      const value = read(row.cells(column))
      if (typeof value === 'number') sink.observation(`${thing}.${property}`, time, value, quality(row.cells))
      else if (value !== undefined) refused ??= valueRefusal(column, value)
    }
    return refused
  }
}

function wideDecoder(mapping: FeedMapping, input: InputSpec, spec: ObservationsSpec): RecordDecoder {
  const { property, unit, except } = spec.wide ?? { property: '', unit: '', except: [] }
  const read: ValueReader = valueReader({ unit }, unitOf(mapping, property), new Set(input.nulls))
  const quality = qualityReader(spec.quality)
  const skipped = new Set(except)
  return (row, time, sink) => {
    let refused: RowRefusal | undefined
    for (const column of row.columns) {
      if (skipped.has(column)) continue
      const value = read(row.cells(column))
      if (typeof value === 'number') sink.observation(`${column}.${property}`, time, value, quality(row.cells))
      else if (value !== undefined) refused ??= valueRefusal(column, value)
    }
    return refused
  }
}

function positionDecoder(spec: PositionsSpec): RecordDecoder {
  const track = subjectReader(spec.track)
  const speed = spec.speed === undefined ? undefined : conversion(spec.speed.unit, 'm/s')
  return (row, time, sink) => {
    const key = track(row)
    if (key === undefined) return SUBJECT_MISSING
    const longitude = numberCell(row.cells(spec.longitude))
    const latitude = numberCell(row.cells(spec.latitude))
    if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90))
      return refusal('placeUnreadable', 'Longitude or latitude is not a place on Earth.')
    const place = toCgcs2000(spec.crs, { longitude, latitude })
    const moving =
      spec.speed === undefined || speed === undefined
        ? Number.NaN
        : convert(numberCell(row.cells(spec.speed.column)), speed)
    const heading = spec.heading === undefined ? Number.NaN : numberCell(row.cells(spec.heading))
    sink.position({ track: key, time, ...place, speed: moving, heading })
    return undefined
  }
}
