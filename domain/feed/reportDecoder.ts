import { toCgcs2000 } from '../geodesy/coordinateSystem'
import type { ReportsSpec } from './mapping'
import { type RecordDecoder, type ReportDraft, numberCell, refusal } from './sourceRow'
import { type Cells, timeReader } from './timeSpec'

/** Decodes reports: a key of several columns, titles with `{column}` filled in, a place, a magnitude, a time of revision. */
export function reportDecoder(spec: ReportsSpec): RecordDecoder {
  const revised = spec.revised === undefined ? undefined : timeReader(spec.revised)
  return (row, time, sink) => {
    const parts = spec.key.map((column) => row.cells(column))
    if (parts.every((part) => part === undefined || part === ''))
      return refusal('keyUnreadable', 'The report has no key.')
    const place = placeOf(spec, row.cells)
    if (place === 'placeUnreadable') return refusal(place, 'Longitude or latitude is not a place on Earth.')
    const revisedAt = revised?.(row.cells, row.row) ?? time
    if (typeof revisedAt === 'string') return refusal(revisedAt, 'The time of revision cannot be read.')
    sink.report({
      kind: spec.reportKind,
      key: parts.map((part) => part ?? '').join('/'),
      title: { 'zh-CN': fill(spec.title['zh-CN'], row.cells), en: fill(spec.title.en, row.cells) },
      phenomenonTime: time,
      revisedAt,
      ...place,
      ...magnitudeOf(spec, row.cells),
      properties: propertiesOf(spec, row.cells),
    })
    return undefined
  }
}

type Place = Pick<ReportDraft, 'longitude' | 'latitude'>

function placeOf(spec: ReportsSpec, cells: Cells): Place | 'placeUnreadable' {
  if (spec.longitude === undefined || spec.latitude === undefined) return {}
  // A warning for districts has no point: what is not there hides nobody's message.
  if (isEmpty(cells(spec.longitude)) && isEmpty(cells(spec.latitude))) return {}
  const longitude = numberCell(cells(spec.longitude))
  const latitude = numberCell(cells(spec.latitude))
  if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) return 'placeUnreadable'
  return toCgcs2000(spec.crs, { longitude, latitude })
}

const isEmpty = (cell: string | number | undefined): boolean => cell === undefined || cell === ''

function magnitudeOf(spec: ReportsSpec, cells: Cells): Pick<ReportDraft, 'magnitude' | 'unit'> {
  if (spec.magnitude === undefined) return {}
  const magnitude = numberCell(cells(spec.magnitude.column))
  return Number.isFinite(magnitude) ? { magnitude, unit: spec.magnitude.unit } : {}
}

function propertiesOf(spec: ReportsSpec, cells: Cells): Record<string, string | number> {
  const properties: Record<string, string | number> = {}
  for (const column of spec.properties) {
    const cell = cells(column)
    if (cell !== undefined && cell !== '') properties[column] = cell
  }
  return properties
}

const fill = (template: string, cells: Cells): string =>
  template.replace(/\{([^}]+)\}/g, (_whole, column: string) => String(cells(column) ?? '–'))
