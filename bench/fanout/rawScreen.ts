import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import * as msgpack from 'socket.io-msgpack-parser'

export interface RawScreenOptions {
  readonly port: number
  readonly cookie: string
  readonly auth: object
  /** Sent once the server has let it in. */
  readonly hello: readonly unknown[]
  /** A packet from the server; the bytes are only valid during the call. */
  readonly onPacket: (bytes: Buffer) => void
  readonly onJoined: () => void
}

const [TEXT, BINARY, PING, PONG] = [1, 2, 9, 10]
const CONNECT = 0
const EVENT = 2

/**
 * A screen as cheap as can be: a TCP socket that speaks WebSocket, engine.io and as much socket.io as joining needs.
 * A thousand real clients would cost more than the server that is measured.
 */
export class RawScreen {
  readonly #socket: Socket
  readonly #options: RawScreenOptions
  #held: Buffer = Buffer.alloc(0)
  #open = false
  #joined = false

  constructor(options: RawScreenOptions) {
    this.#options = options
    this.#socket = connect(options.port, '127.0.0.1')
    this.#socket.setNoDelay(true)
    this.#socket.on('error', () => undefined) // the server ends first when the bench stops
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk))
    this.#socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${options.port}\r\nUpgrade: websocket\r\n` +
        `Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n` +
        `Origin: http://127.0.0.1:${options.port}\r\nCookie: ${options.cookie}\r\n\r\n`,
    )
  }

  /** Reads nothing until `resume`: the kernel's buffer and then the server's fill up. */
  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  close(): void {
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    let bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    if (!this.#open) {
      const end = bytes.indexOf('\r\n\r\n')
      if (end < 0) {
        this.#held = bytes
        return
      }
      if (!bytes.subarray(0, 12).toString().endsWith('101'))
        throw new Error(`Refused: ${bytes.subarray(0, 400).toString()}`)
      this.#open = true
      bytes = bytes.subarray(end + 4)
    }
    let at = 0
    for (;;) {
      const frame = frameAt(bytes, at)
      if (frame === undefined) break
      this.#frame(frame.opcode, bytes.subarray(frame.from, frame.to))
      at = frame.to
    }
    this.#held = at === bytes.length ? Buffer.alloc(0) : Buffer.from(bytes.subarray(at))
  }

  #frame(opcode: number, body: Buffer): void {
    if (opcode === PING) return this.#send(PONG, body)
    if (opcode === BINARY) {
      if (!this.#joined) this.#joinedBy(body)
      return this.#options.onPacket(body)
    }
    if (opcode !== TEXT) return
    const kind = body[0]
    if (kind === 0x30) this.#packet({ type: CONNECT, data: this.#options.auth }) // engine.io is open
    if (kind === 0x32) this.#send(TEXT, Buffer.from('3')) // its ping
  }

  /** The first packet says that the namespace is ours; then the hello is sent. */
  #joinedBy(body: Buffer): void {
    this.#joined = true
    if (body.includes('message') && body.includes('access.')) throw new Error(`Refused: ${body.toString('latin1')}`)
    this.#packet({ type: EVENT, data: this.#options.hello, id: 0 })
    this.#options.onJoined()
  }

  #packet(packet: object): void {
    const [bytes] = new msgpack.Encoder().encode({ nsp: '/', ...packet }) as unknown as Buffer[]
    this.#send(BINARY, bytes ?? Buffer.alloc(0))
  }

  #send(opcode: number, body: Buffer): void {
    const mask = randomBytes(4)
    const long = body.length > 125
    const head = long
      ? Buffer.from([0x80 | opcode, 0x80 | 126, body.length >> 8, body.length & 255])
      : Buffer.from([0x80 | opcode, 0x80 | body.length])
    const masked = Buffer.from(body.map((byte, i) => byte ^ (mask[i & 3] ?? 0)))
    this.#socket.write(Buffer.concat([head, mask, masked]))
  }
}

/** Where the body of the frame at `at` lies; undefined while it is not whole. Servers send unmasked, unfragmented frames. */
function frameAt(bytes: Buffer, at: number): { opcode: number; from: number; to: number } | undefined {
  if (bytes.length < at + 2) return undefined
  const short = bytes[at + 1]! & 0x7f
  const headLength = short === 127 ? 10 : short === 126 ? 4 : 2
  if (bytes.length < at + headLength) return undefined
  const length =
    short === 127 ? Number(bytes.readBigUInt64BE(at + 2)) : short === 126 ? bytes.readUInt16BE(at + 2) : short
  const from = at + headLength
  return bytes.length < from + length ? undefined : { opcode: bytes[at]! & 0x0f, from, to: from + length }
}
