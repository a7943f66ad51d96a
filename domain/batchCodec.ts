import type { LogRecord, LogRecordKind, RecordHead } from './batch'
import { rowCount } from './batch'

/**
 * Binary form of a LogRecord, little-endian: u32 length of the head, the head as JSON, padding to 8 bytes,
 * then each column as it lies in memory, padded to 8 bytes. Records without columns keep their body in the head.
 */
type Column = Uint16Array | Uint32Array | Float32Array | Float64Array
interface ColumnSpec {
  readonly name: string
  readonly of: new (buffer: ArrayBufferLike, byteOffset: number, length: number) => Column
}

const u16 = (name: string): ColumnSpec => ({ name, of: Uint16Array })
const u32 = (name: string): ColumnSpec => ({ name, of: Uint32Array })
const f32 = (name: string): ColumnSpec => ({ name, of: Float32Array })
const f64 = (name: string): ColumnSpec => ({ name, of: Float64Array })

const columnsOf: Record<LogRecordKind, readonly ColumnSpec[]> = {
  observations: [u32('stream'), f64('phenomenonTime'), f64('value'), u16('quality')],
  positions: [
    u32('track'),
    f64('phenomenonTime'),
    f64('longitude'),
    f64('latitude'),
    f32('speed'),
    f32('heading'),
    u16('quality'),
  ],
  silences: [u32('stream'), f64('lastPhenomenonTime'), f64('since')],
  reports: [],
  quarantine: [],
  outbox: [],
}

const pad8 = (length: number): number => (length + 7) & ~7
const text = new TextEncoder()
const untext = new TextDecoder('utf-8', { fatal: true })

export function encodeRecord(record: LogRecord): Uint8Array {
  const specs = columnsOf[record.kind]
  const fields = record as unknown as Record<string, unknown>
  const columns = specs.map((spec) => fields[spec.name] as Column)
  const names = new Set(specs.map((spec) => spec.name))
  const head: Record<string, unknown> = { rows: rowCount(record) }
  for (const [name, value] of Object.entries(fields)) if (!names.has(name)) head[name] = value
  const headBytes = text.encode(JSON.stringify(head))
  const start = pad8(4 + headBytes.length)
  const size = columns.reduce((sum, column) => sum + pad8(column.byteLength), start)
  const out = new Uint8Array(size)
  new DataView(out.buffer).setUint32(0, headBytes.length, true)
  out.set(headBytes, 4)
  let at = start
  for (const column of columns) {
    out.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at)
    at += pad8(column.byteLength)
  }
  return out
}

/** Reads what `encodeRecord` wrote. Throws RangeError on bytes that no record can be. */
export function decodeRecord(bytes: Uint8Array): LogRecord {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headLength = bytes.byteLength < 4 ? -1 : view.getUint32(0, true)
  if (headLength < 2 || 4 + headLength > bytes.byteLength)
    throw new RangeError('Log record is cut: its head is longer than its bytes.')
  const head = JSON.parse(untext.decode(bytes.subarray(4, 4 + headLength))) as RecordHead & {
    kind: LogRecordKind
    rows: number
  }
  const { rows, ...record } = head
  if (!Object.hasOwn(columnsOf, head.kind)) throw new RangeError(`Log record of unknown kind ${head.kind}.`)
  const specs = columnsOf[head.kind]
  const fields = record as unknown as Record<string, unknown>
  let at = pad8(4 + headLength)
  for (const spec of specs) {
    const length = rows * bytesPerElement(spec)
    if (at + length > bytes.byteLength) throw new RangeError(`Log record is cut in column ${spec.name}.`)
    // Columns are copied: a part of a log page is seldom aligned for its element size (and a Buffer's own slice shares).
    fields[spec.name] = new spec.of(Uint8Array.prototype.slice.call(bytes, at, at + length).buffer, 0, rows)
    at += pad8(length)
  }
  return fields as unknown as LogRecord
}

const bytesPerElement = (spec: ColumnSpec): number =>
  (spec.of as unknown as { BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT
