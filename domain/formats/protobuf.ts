/** A value of one field as the wire has it: a varint, 64 bits, a run of bytes or 32 bits. */
export type WireValue =
  | { readonly wire: 0; readonly value: number | bigint }
  | { readonly wire: 1; readonly bytes: Uint8Array }
  | { readonly wire: 2; readonly bytes: Uint8Array }
  | { readonly wire: 5; readonly bytes: Uint8Array }

/** A message: the values of each field number, in their order. */
export type WireMessage = ReadonlyMap<number, readonly WireValue[]>

const FIELDS_MOST = 200_000

/** Reads one message's fields; `undefined` when the bytes are no message. Never reads past the end. */
export function readMessage(bytes: Uint8Array): WireMessage | undefined {
  const fields = new Map<number, WireValue[]>()
  const cursor = { bytes, at: 0 }
  for (let count = 0; cursor.at < bytes.length; count++) {
    const tag = readVarint(cursor)
    if (typeof tag !== 'number' || tag > 0xffff_ffff || count > FIELDS_MOST) return undefined
    const field = Math.floor(tag / 8)
    const value = readValue(cursor, tag % 8)
    if (value === undefined || field === 0) return undefined
    const list = fields.get(field)
    if (list === undefined) fields.set(field, [value])
    else list.push(value)
  }
  return fields
}

export interface Cursor {
  readonly bytes: Uint8Array
  at: number
}

/** Bits of a varint that a number holds without loss. */
const EXACT_BITS = 49

/** A varint of at most 64 bits at the cursor, which is moved behind it; a bigint only where a number would round. */
export function readVarint(cursor: Cursor): number | bigint | undefined {
  let low = 0
  let high = 0n
  for (let shift = 0; shift < 70; shift += 7) {
    const byte = cursor.bytes[cursor.at++]
    if (byte === undefined) return undefined
    if (shift < EXACT_BITS) low += (byte & 0x7f) * 2 ** shift
    else high |= BigInt(byte & 0x7f) << BigInt(shift)
    if (byte < 0x80) return high === 0n ? low : BigInt.asUintN(64, high | BigInt(low))
  }
  return undefined
}

function readValue(cursor: Cursor, wire: number): WireValue | undefined {
  if (wire === 0) {
    const value = readVarint(cursor)
    return value === undefined ? undefined : { wire, value }
  }
  if (wire === 1 || wire === 5) {
    const bytes = take(cursor, wire === 1 ? 8 : 4)
    return bytes === undefined ? undefined : { wire, bytes }
  }
  if (wire !== 2) return undefined
  const length = readVarint(cursor)
  if (typeof length !== 'number') return undefined
  const bytes = take(cursor, length)
  return bytes === undefined ? undefined : { wire, bytes }
}

function take(cursor: Cursor, length: number): Uint8Array | undefined {
  const end = cursor.at + length
  if (end > cursor.bytes.length) return undefined
  const bytes = cursor.bytes.subarray(cursor.at, end)
  cursor.at = end
  return bytes
}

/** The last value of a field: protobuf says that it wins. */
const last = (message: WireMessage, field: number): WireValue | undefined => message.get(field)?.at(-1)

/** An integer field as a number; `undefined` where it is missing or beyond 2^53. */
export function intOf(message: WireMessage, field: number): number | undefined {
  const value = last(message, field)
  if (value?.wire !== 0) return undefined
  if (typeof value.value === 'number') return value.value
  const signed = Number(BigInt.asIntN(64, value.value))
  return Number.isSafeInteger(signed) ? signed : undefined
}

/** A float or double field. */
export function realOf(message: WireMessage, field: number): number | undefined {
  const value = last(message, field)
  if (value === undefined || value.wire === 0 || value.wire === 2) return undefined
  const view = new DataView(value.bytes.buffer, value.bytes.byteOffset, value.bytes.length)
  return value.wire === 1 ? view.getFloat64(0, true) : view.getFloat32(0, true)
}

const UTF8 = new TextDecoder()

export function textOf(message: WireMessage, field: number): string | undefined {
  const value = last(message, field)
  return value?.wire === 2 ? UTF8.decode(value.bytes) : undefined
}

/** An embedded message; `undefined` where it is missing or broken. */
export function messageOf(message: WireMessage, field: number): WireMessage | undefined {
  const value = last(message, field)
  return value?.wire === 2 ? readMessage(value.bytes) : undefined
}

/** The bytes of every value of a repeated message field. */
export const bytesOf = (message: WireMessage, field: number): readonly Uint8Array[] =>
  (message.get(field) ?? []).flatMap((value) => (value.wire === 2 ? [value.bytes] : []))

/** Writes a message field by field; empty and zero values are left out as proto3 does. */
export class ProtoWriter {
  readonly #bytes: number[] = []

  varint(value: bigint): this {
    let rest = BigInt.asUintN(64, value)
    while (rest > 0x7fn) {
      this.#bytes.push(Number(rest & 0x7fn) | 0x80)
      rest >>= 7n
    }
    this.#bytes.push(Number(rest))
    return this
  }

  uint(field: number, value: bigint): this {
    return value === 0n ? this : this.varint(BigInt(field) << 3n).varint(value)
  }

  double(field: number, value: number): this {
    if (Object.is(value, 0)) return this
    const view = new DataView(new ArrayBuffer(8))
    view.setFloat64(0, value, true)
    this.varint((BigInt(field) << 3n) | 1n)
    return this.raw(new Uint8Array(view.buffer))
  }

  text(field: number, value: string): this {
    return value === '' ? this : this.message(field, new TextEncoder().encode(value))
  }

  message(field: number, bytes: Uint8Array): this {
    return this.varint((BigInt(field) << 3n) | 2n)
      .varint(BigInt(bytes.length))
      .raw(bytes)
  }

  raw(bytes: Uint8Array): this {
    for (const byte of bytes) this.#bytes.push(byte)
    return this
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes)
  }
}
