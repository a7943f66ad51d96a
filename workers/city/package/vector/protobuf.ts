/** Writes the wire format of protocol buffers: varints, lengths, strings, doubles. */
export class ProtobufWriter {
  #bytes = Buffer.alloc(1024)
  #length = 0

  /** Unsigned, below 2^53. */
  varint(value: number): void {
    this.#room(10)
    let rest = value
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    this.#bytes[this.#length++] = rest
  }

  varintField(field: number, value: number): void {
    this.varint(field << 3)
    this.varint(value)
  }

  doubleField(field: number, value: number): void {
    this.varint((field << 3) | 1)
    this.#room(8)
    this.#length = this.#bytes.writeDoubleLE(value, this.#length)
  }

  bytesField(field: number, body: Uint8Array): void {
    this.varint((field << 3) | 2)
    this.varint(body.length)
    this.#room(body.length)
    this.#bytes.set(body, this.#length)
    this.#length += body.length
  }

  stringField(field: number, text: string): void {
    this.bytesField(field, Buffer.from(text))
  }

  packedField(field: number, values: readonly number[]): void {
    const packed = new ProtobufWriter()
    for (const value of values) packed.varint(value)
    this.bytesField(field, packed.finish())
  }

  finish(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return
    const grown = Buffer.alloc(Math.max(this.#bytes.length * 2, this.#length + bytes))
    grown.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = grown
  }
}
