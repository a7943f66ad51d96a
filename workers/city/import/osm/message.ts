/** A message that ends inside a field, or holds a field that cannot be. */
export class BrokenMessage extends Error {}

const VARINT = 0
const BYTES = 2

/**
 * Reads one protobuf message field by field from a view of bytes. Every read is bounded by the view, so that broken bytes
 * end in BrokenMessage and never outside of it. Integers are exact up to 2^53.
 */
export class Message {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get hasMore(): boolean {
    return this.#at < this.#bytes.length
  }

  /** A varint; beyond 2^53 inexact, as such values occur only as negative int64. */
  unsigned(): number {
    let value = 0
    let factor = 1
    for (let length = 0; length < 10; length++) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) throw new BrokenMessage('A number ends outside its message.')
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value
      factor *= 128
    }
    throw new BrokenMessage('A number is longer than ten bytes.')
  }

  /** A zigzag varint (sint64). */
  signed(): number {
    const value = this.unsigned()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  /** An int64: negative values come as ten bytes. */
  integer(): number {
    const start = this.#at
    const value = this.unsigned()
    if (this.#at - start < 10) return value
    let exact = 0n
    for (let i = start, shift = 0n; i < this.#at; i++, shift += 7n) exact |= BigInt(this.#bytes[i]! & 0x7f) << shift
    return Number(BigInt.asIntN(64, exact))
  }

  bytes(): Uint8Array {
    const length = this.unsigned()
    const end = this.#at + length
    if (end > this.#bytes.length) throw new BrokenMessage('A field ends outside its message.')
    const part = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return part
  }

  message(): Message {
    return new Message(this.bytes())
  }

  skip(wire: number): void {
    if (wire === 0) this.unsigned()
    else if (wire === 2) this.bytes()
    else if (wire === 1 || wire === 5) {
      this.#at += wire === 1 ? 8 : 4
      if (this.#at > this.#bytes.length) throw new BrokenMessage('A field ends outside its message.')
    } else throw new BrokenMessage(`A field has the unknown wire type ${wire}.`)
  }
}

/**
 * Visits the fields of a message by key (number * 8 + wire type). `read` takes the value and returns true, or returns false
 * and the field is skipped, so that a known field of another wire type is never misread.
 */
export function eachField(message: Message, read: (key: number) => boolean): void {
  while (message.hasMore) {
    const key = message.unsigned()
    if (!read(key)) message.skip(key % 8)
  }
}

/** Key of a field as `eachField` hands it over. */
export const varintKey = (field: number): number => field * 8 + VARINT
export const bytesKey = (field: number): number => field * 8 + BYTES
