import { type Conversion, conversion, convert } from './units'

/** Why a cell gave no number. */
export type ValueRefusal = 'valueUnreadable' | 'unitUnknown'

/** A number in the property's unit, `undefined` for an empty cell, or why it cannot be read. */
export type ValueReader = (cell: string | number | undefined) => number | undefined | ValueRefusal

export interface ValueSpec {
  readonly unit: string
  readonly suffix?: string | undefined
  readonly values?: Readonly<Record<string, number>> | undefined
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const WITH_UNIT = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(\D.*)$/
const SAME: Conversion = { scale: 1, shift: 0 }

/** Reads cells of one column into `target`, the unit of its property. `nulls` are the cells that mean "no value". */
export function valueReader(spec: ValueSpec, target: string, nulls: ReadonlySet<string>): ValueReader {
  const way = spec.unit === '' || spec.unit === 'inCell' ? SAME : conversion(spec.unit, target)
  if (way === undefined) throw new RangeError(`No conversion from ${spec.unit} to ${target}.`)
  const words = spec.values === undefined ? undefined : new Map(Object.entries(spec.values))
  const text = textReader(spec, target, way)
  return (cell) => {
    if (cell === undefined) return undefined
    if (typeof cell === 'number') return nulls.has(String(cell)) ? undefined : convert(cell, way)
    const trimmed = cell.trim()
    if (nulls.has(trimmed)) return undefined
    return words?.get(trimmed) ?? text(trimmed)
  }
}

function textReader(spec: ValueSpec, target: string, way: Conversion): (text: string) => number | ValueRefusal {
  if (spec.unit !== 'inCell' && spec.suffix === undefined) {
    return (text) => (NUMBER.test(text) ? convert(Number(text), way) : 'valueUnreadable')
  }
  return (text) => {
    const match = WITH_UNIT.exec(text)
    const written = match?.[2]
    if (match === null || written === undefined) return 'valueUnreadable'
    if (spec.suffix !== undefined) return written === spec.suffix ? convert(Number(match[1]), way) : 'unitUnknown'
    const own = conversion(written, target)
    return own === undefined ? 'unitUnknown' : convert(Number(match[1]), own)
  }
}
