import { type Result, err, ok } from '@/domain/result'
import { toHex } from '../reading'

const FLAG = 0x7e
const ESCAPE = 0x7d

/** One message of a JT/T 808 terminal. `version` is that of the 2019 header, missing in 2011 and 2013. */
export interface Jt808Message {
  readonly id: number
  readonly phone: string
  readonly serial: number
  readonly version?: number
  /** Set when this is one of several packages of a message; counted from 1. */
  readonly part?: { readonly total: number; readonly no: number }
  /** Bits 10 to 12 of the header, 1 for RSA; missing when the body is plain. */
  readonly encryption?: number
  readonly body: Uint8Array
}

export interface FrameRefusal {
  readonly reason: 'frameShort' | 'escapeBroken' | 'checksumWrong' | 'lengthWrong' | 'phoneUnreadable' | 'partWrong'
  readonly message: string
}

const refuse = (reason: FrameRefusal['reason'], message: string): Result<never, FrameRefusal> =>
  err({ reason, message })

/** Reads what lies between two flags. */
export function readFrame(inner: Uint8Array): Result<Jt808Message, FrameRefusal> {
  const bytes = unescaped(inner)
  if (bytes === undefined) return refuse('escapeBroken', 'After 7D only 01 or 02 may follow.')
  if (bytes.length < 13) return refuse('frameShort', `A frame has at least 13 bytes, this one ${bytes.length}.`)
  const check = checkByte(bytes.subarray(0, -1))
  if (check !== bytes[bytes.length - 1]) {
    return refuse('checksumWrong', `The check byte should be ${toHex(Uint8Array.of(check))}.`)
  }
  return readHeader(bytes.subarray(0, -1))
}

function readHeader(bytes: Uint8Array): Result<Jt808Message, FrameRefusal> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const attributes = view.getUint16(2)
  const versioned = (attributes & 0x4000) !== 0
  const split = (attributes & 0x2000) !== 0
  const phoneAt = versioned ? 5 : 4
  const serialAt = phoneAt + (versioned ? 10 : 6)
  const bodyAt = serialAt + (split ? 6 : 2)
  if (bytes.length < bodyAt) return refuse('frameShort', 'The frame ends inside its header.')
  const length = attributes & 0x3ff
  if (bytes.length - bodyAt !== length) {
    return refuse('lengthWrong', `The header says ${length} bytes of body, there are ${bytes.length - bodyAt}.`)
  }
  const phone = bcd(bytes.subarray(phoneAt, serialAt))
  if (phone === undefined) return refuse('phoneUnreadable', 'The terminal number is not decimal.')
  const part = split ? { total: view.getUint16(serialAt + 2), no: view.getUint16(serialAt + 4) } : undefined
  const head = { id: view.getUint16(0), phone, serial: view.getUint16(serialAt) }
  const encryption = (attributes >> 10) & 7
  const kept = { ...(versioned ? { version: view.getUint8(4) } : {}), ...(encryption === 0 ? {} : { encryption }) }
  const whole = { ...head, ...kept, body: bytes.subarray(bodyAt) }
  return part === undefined ? ok(whole) : ofSeveral(whole, part)
}

function ofSeveral(whole: Jt808Message, part: { total: number; no: number }): Result<Jt808Message, FrameRefusal> {
  if (part.no >= 1 && part.no <= part.total) return ok({ ...whole, part })
  return refuse('partWrong', `Package ${part.no} of ${part.total} cannot be.`)
}

/** A message as it goes over the wire, flags included. Bodies over 1023 bytes must be split before. */
export function writeFrame(message: Jt808Message): Uint8Array {
  const { id, phone, serial, version, part, encryption = 0, body } = message
  if (body.length > 0x3ff) throw new RangeError('A body has at most 1023 bytes: split it.')
  const digits = phone.padStart(version === undefined ? 12 : 20, '0')
  const flags = (version === undefined ? 0 : 0x4000) | (part === undefined ? 0 : 0x2000) | (encryption << 10)
  const bytes = [...word(id), ...word(flags | body.length), ...(version === undefined ? [] : [version])]
  for (let i = 0; i < digits.length; i += 2) bytes.push(Number.parseInt(digits.slice(i, i + 2), 16))
  bytes.push(...word(serial), ...(part === undefined ? [] : [...word(part.total), ...word(part.no)]), ...body)
  bytes.push(checkByte(Uint8Array.from(bytes)))
  const escaped = bytes.flatMap((byte) => (byte === FLAG ? [ESCAPE, 2] : byte === ESCAPE ? [ESCAPE, 1] : [byte]))
  return Uint8Array.from([FLAG, ...escaped, FLAG])
}

const word = (value: number): readonly number[] => [(value >> 8) & 0xff, value & 0xff]

const checkByte = (bytes: Uint8Array): number => bytes.reduce((check, byte) => check ^ byte, 0)

function unescaped(inner: Uint8Array): Uint8Array | undefined {
  if (!inner.includes(ESCAPE)) return inner
  const bytes: number[] = []
  for (let i = 0; i < inner.length; i++) {
    const byte = inner[i] as number
    if (byte !== ESCAPE) {
      bytes.push(byte)
      continue
    }
    const next = inner[++i]
    if (next !== 1 && next !== 2) return undefined
    bytes.push(next === 1 ? ESCAPE : FLAG)
  }
  return Uint8Array.from(bytes)
}

/** Decimal digits of BCD bytes; `undefined` for a nibble over 9. */
export function bcd(bytes: Uint8Array): string | undefined {
  const text = toHex(bytes)
  return /^\d+$/.test(text) ? text : undefined
}

/** Cuts a stream of bytes at its flags. What lies outside of two flags is noise and is left out. */
export class FrameCutter {
  #rest: Uint8Array = new Uint8Array(0)
  #inside = false

  /** Frames that this piece completed, without their flags. A frame over `most` bytes is given up as it is. */
  push(piece: Uint8Array, most = 4_096): Uint8Array[] {
    const frames: Uint8Array[] = []
    let from = 0
    for (let at = piece.indexOf(FLAG); at >= 0; at = piece.indexOf(FLAG, at + 1)) {
      const frame = joined(this.#rest, piece.subarray(from, at))
      if (this.#inside && frame.length > 0) frames.push(frame)
      // Two frames may share a flag: whatever is not empty between two flags is a frame.
      this.#inside = true
      this.#rest = new Uint8Array(0)
      from = at + 1
    }
    if (!this.#inside) return frames
    this.#rest = joined(this.#rest, piece.subarray(from))
    if (this.#rest.length > most) {
      frames.push(this.#rest)
      this.#rest = new Uint8Array(0)
      this.#inside = false
    }
    return frames
  }

  /** Bytes of a frame that was begun and not ended. */
  get open(): Uint8Array {
    return this.#rest
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b.slice()
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
