import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'

/** Bytes of a fixed header's length at most, and the flag that another one follows. */
const LENGTH_BYTES = 4
const MORE = 0x80

/**
 * Reads the length that each MQTT packet announces, across pieces. `takes` is false from the first packet that is
 * longer than the limit, before its body has come.
 */
export class PacketLimit {
  readonly #most: number
  /** Bytes of the running packet's body that are still to come. */
  #left = 0
  /** Bytes of the running fixed header that were read: its first, and those of its length. */
  #header = 0
  #length = 0

  constructor(most: number) {
    this.#most = most
  }

  takes(piece: Uint8Array): boolean {
    for (let at = 0; at < piece.length; ) {
      if (this.#left > 0) {
        const step = Math.min(this.#left, piece.length - at)
        this.#left -= step
        at += step
      } else if (!this.#headerByte(piece[at++] as number)) return false
    }
    return true
  }

  #headerByte(byte: number): boolean {
    this.#header += 1
    if (this.#header === 1) return true
    this.#length += (byte & (MORE - 1)) * MORE ** (this.#header - 2)
    if ((byte & MORE) !== 0) return this.#header <= LENGTH_BYTES
    this.#left = this.#length
    this.#header = 0
    this.#length = 0
    return this.#left <= this.#most
  }
}

/** A client's socket whose packets are bounded while they come: one that announces more is cut off at once. */
export class BoundedSocket extends Duplex {
  readonly #socket: Socket

  constructor(socket: Socket, mostBytes: number) {
    super({ allowHalfOpen: false })
    this.#socket = socket
    const limit = new PacketLimit(mostBytes)
    socket.on('data', (piece: Buffer) => {
      if (!limit.takes(piece)) return void this.destroy(new Error(`A packet has ${mostBytes} bytes at most.`))
      if (!this.push(piece)) socket.pause()
    })
    socket.on('end', () => this.push(null))
    socket.on('error', (cause) => this.destroy(cause))
    socket.on('close', () => this.destroy())
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(piece: Buffer, _encoding: BufferEncoding, done: (cause?: Error | null) => void): void {
    this.#socket.write(piece, done)
  }

  override _final(done: () => void): void {
    this.#socket.end(done)
  }

  override _destroy(cause: Error | null, done: (cause: Error | null) => void): void {
    this.#socket.destroy()
    done(cause)
  }
}
