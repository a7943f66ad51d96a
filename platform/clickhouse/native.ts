/** Types whose values are one number each, and the view that holds them in memory. */
const WIDTH = {
  UInt8: 1,
  UInt16: 2,
  UInt32: 4,
  UInt64: 8,
  Int8: 1,
  Int16: 2,
  Int32: 4,
  Int64: 8,
  Float32: 4,
  Float64: 8,
  /** Seconds since 1970, UTC. */
  DateTime: 4,
  /** Milliseconds since 1970, UTC. */
  'DateTime64(3)': 8,
} as const

type NumberType = keyof typeof WIDTH
type NumberArray =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array
  | readonly number[]

/**
 * One column of a block. `values` has one entry a row; a single value stands for every row. 64-bit columns take
 * numbers too, exact below 2^53.
 */
export type NativeColumn =
  | { readonly name: string; readonly type: NumberType; readonly values: NumberArray | number | bigint }
  | { readonly name: string; readonly type: 'String'; readonly values: readonly string[] | string }

const SAME_BYTES: Partial<Record<NumberType, readonly (abstract new (...args: never[]) => ArrayBufferView)[]>> = {
  UInt8: [Uint8Array],
  UInt16: [Uint16Array],
  UInt32: [Uint32Array],
  UInt64: [BigUint64Array],
  Int8: [Int8Array],
  Int16: [Int16Array],
  Int32: [Int32Array],
  Int64: [BigInt64Array],
  Float32: [Float32Array],
  Float64: [Float64Array],
  DateTime: [Uint32Array],
  'DateTime64(3)': [BigInt64Array],
}

/**
 * One block of ClickHouse's Native format: columns as they lie in memory, little-endian.
 * @throws RangeError when a column has not `rows` values.
 */
export function encodeNative(columns: readonly NativeColumn[], rows: number): Buffer {
  const parts: Uint8Array[] = [varuint(columns.length), varuint(rows)]
  for (const column of columns) {
    parts.push(text(column.name), text(wireType(column.type)))
    parts.push(column.type === 'String' ? strings(column, rows) : numbers(column, rows))
  }
  return Buffer.concat(parts)
}

type StringColumn = Extract<NativeColumn, { type: 'String' }>
type NumberColumn = Exclude<NativeColumn, StringColumn>

const wireType = (type: NativeColumn['type']): string => {
  if (type === 'DateTime') return "DateTime('UTC')"
  return type === 'DateTime64(3)' ? "DateTime64(3, 'UTC')" : type
}

function numbers(column: NumberColumn, rows: number): Uint8Array {
  const { values, type } = column
  if (typeof values === 'number' || typeof values === 'bigint') return repeated(type, values, rows)
  checkLength(column.name, values.length, rows)
  const same = SAME_BYTES[type]?.find((view) => values instanceof view)
  if (same !== undefined) {
    const view = values as ArrayBufferView
    return new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
  }
  return WIDTH[type] === 8 && type !== 'Float64' ? wide(values, rows) : narrow(type, values, rows)
}

/** Numbers below 2^53 as 64-bit integers: two 32-bit halves, several times faster than BigInt. */
function wide(values: ArrayLike<number | bigint>, rows: number): Uint8Array {
  const halves = new Uint32Array(rows * 2)
  for (let row = 0; row < rows; row += 1) {
    const value = Number(values[row])
    halves[2 * row] = value
    halves[2 * row + 1] = Math.floor(value / 0x1_0000_0000)
  }
  return new Uint8Array(halves.buffer)
}

function narrow(type: NumberType, values: ArrayLike<number | bigint>, rows: number): Uint8Array {
  const target = arrayOf(type, rows)
  for (let row = 0; row < rows; row += 1) target[row] = Number(values[row])
  return new Uint8Array(target.buffer)
}

function arrayOf(type: NumberType, rows: number) {
  switch (type) {
    case 'UInt8':
      return new Uint8Array(rows)
    case 'UInt16':
      return new Uint16Array(rows)
    case 'Int8':
      return new Int8Array(rows)
    case 'Int16':
      return new Int16Array(rows)
    case 'Int32':
      return new Int32Array(rows)
    case 'Float32':
      return new Float32Array(rows)
    case 'Float64':
      return new Float64Array(rows)
    default:
      return new Uint32Array(rows)
  }
}

function repeated(type: NumberType, value: number | bigint, rows: number): Uint8Array {
  const one = Buffer.alloc(WIDTH[type])
  if (WIDTH[type] === 8 && type !== 'Float64') one.writeBigInt64LE(BigInt.asIntN(64, BigInt(value)))
  else one.set(narrow(type, [Number(value)], 1))
  return rows === 0 ? new Uint8Array(0) : Buffer.alloc(WIDTH[type] * rows, one)
}

function strings({ name, values }: StringColumn, rows: number): Uint8Array {
  if (typeof values === 'string')
    return rows === 0 ? new Uint8Array(0) : Buffer.alloc(text(values).length * rows, text(values))
  checkLength(name, values.length, rows)
  return Buffer.concat(values.map(text))
}

function text(value: string): Uint8Array {
  const length = Buffer.byteLength(value)
  const head = varuint(length)
  const bytes = Buffer.allocUnsafe(head.length + length)
  bytes.set(head)
  bytes.write(value, head.length)
  return bytes
}

/** Unsigned LEB128. */
function varuint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  bytes.push(rest)
  return Uint8Array.from(bytes)
}

function checkLength(name: string, length: number, rows: number): void {
  if (length !== rows) throw new RangeError(`Column ${name} has ${length} values for ${rows} rows.`)
}
