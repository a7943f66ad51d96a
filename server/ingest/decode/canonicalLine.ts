import { parseIso } from '@/domain/feed/timeText'
import { Quality } from '@/domain/quality'

/** What a line in the common form says; read it before the next call. The key lies at `bytes[keyStart, keyEnd)`. */
export interface CanonicalLine {
  keyStart: number
  keyEnd: number
  /** `hashOfBytes` of the key. */
  keyHash: number
  time: number
  value: number
  /** Bits of the source's own word. */
  quality: number
}

const QUOTE = 34
const BACKSLASH = 92
const SPACE = 32
const MINUS = 45
const DOT = 46
const ZERO = 48
const COMMA = 44
const CLOSE = 125
const LINE_FEED = 10
const RETURN = 13

/** Bytes that must stand there, also as words of four: the last word ends with the literal and may overlap the one before. */
class Literal {
  readonly length: number
  readonly offsets: readonly number[]
  readonly words: readonly number[]

  constructor(text: string) {
    const bytes = Buffer.from(text)
    this.length = bytes.length
    const whole = Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => 4 * i)
    this.offsets = bytes.length % 4 === 0 ? whole : [...whole, bytes.length - 4]
    this.words = this.offsets.map((offset) => bytes.readUInt32LE(offset))
  }
}

const HEAD = new Literal('{"datastream":')
const TIME = new Literal('"phenomenonTime":')
const RESULT = new Literal('"result":')
const RESULT_QUALITY = new Literal('"resultQuality":')
const WORDS = [
  { word: new Literal('"good"'), bits: 0 },
  { word: new Literal('"suspect"'), bits: Quality.suspect },
  { word: new Literal('"estimated"'), bits: Quality.estimated },
  { word: new Literal('"manual"'), bits: Quality.manual },
]

/** As the schema has them. */
const KEY_CHARS = 120
const TIME_CHARS = 40

// 10^0 to 10^22 are exact doubles, so an integer below 2^53 divided by one of them rounds once, as JSON.parse does.
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))

export const HASH_START = 0x811c9dc5 | 0
export const hashStep = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193)

/**
 * Reads the line `{"datastream":"…","phenomenonTime":…,"result":…}` that begins at `start`, in this order, with at most
 * one space after `:` and `,`, and perhaps `"resultQuality"` last, into `into`. Returns where the line ends (at its line
 * feed or the end of the bytes), or -1 for anything else, also for valid JSON in another form: then JSON.parse decides.
 * Hot path.
 */
export function readCanonicalLine(bytes: Uint8Array, start: number, into: CanonicalLine): number {
  const cursor = reader
  cursor.open(bytes, start)
  if (!cursor.label(HEAD) || !cursor.key(into)) return -1
  if (!cursor.comma() || !cursor.label(TIME)) return -1
  into.time = cursor.time()
  if (Number.isNaN(into.time) || !cursor.comma() || !cursor.label(RESULT)) return -1
  into.value = cursor.number()
  if (Number.isNaN(into.value)) return -1
  into.quality = cursor.qualityOrEnd()
  return into.quality < 0 ? -1 : cursor.lineEnd()
}

class LineReader {
  bytes: Uint8Array = new Uint8Array(0)
  at = 0
  #view = new DataView(this.bytes.buffer)
  // Lines of one body mostly say the same moment: the text of the last one is kept with what it means.
  readonly #lastText = new Uint8Array(TIME_CHARS)
  readonly #lastView = new DataView(this.#lastText.buffer)
  #lastLength = 0
  #lastTime = Number.NaN

  open(bytes: Uint8Array, at: number): void {
    if (bytes !== this.bytes) {
      this.bytes = bytes
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    }
    this.at = at
  }

  comma(): boolean {
    if (this.bytes[this.at] !== COMMA) return false
    this.at += this.bytes[this.at + 1] === SPACE ? 2 : 1
    return true
  }

  /** A name with its colon, and perhaps a space behind it. */
  label(expected: Literal): boolean {
    if (!this.literal(expected)) return false
    if (this.bytes[this.at] === SPACE) this.at += 1
    return true
  }

  literal({ length, offsets, words }: Literal): boolean {
    const { at } = this
    if (at + length > this.bytes.length) return false
    for (let i = 0; i < words.length; i++)
      if (this.#view.getUint32(at + (offsets[i] as number), true) !== words[i]) return false
    this.at = at + length
    return true
  }

  /** A string without escapes or control characters, with its hash. */
  key(into: CanonicalLine): boolean {
    const { bytes } = this
    if (bytes[this.at] !== QUOTE) return false
    const start = this.at + 1
    // A character takes three bytes in UTF-8 where it takes one in a string.
    const limit = Math.min(bytes.length, start + 3 * KEY_CHARS + 1)
    let hash = HASH_START
    for (let at = start; at < limit; at++) {
      const code = bytes[at] as number
      if (code === QUOTE) {
        into.keyStart = start
        into.keyEnd = at
        into.keyHash = hash
        this.at = at + 1
        return true
      }
      if (code === BACKSLASH || code < SPACE) return false
      hash = hashStep(hash, code)
    }
    return false
  }

  time(): number {
    const { bytes } = this
    if (bytes[this.at] !== QUOTE) return this.number()
    const start = this.at + 1
    if (this.#isLastText(start)) {
      this.at = start + this.#lastLength + 1
      return this.#lastTime
    }
    const limit = Math.min(bytes.length, start + TIME_CHARS + 1)
    let at = start
    while (at < limit && bytes[at] !== QUOTE) at++
    if (at === limit) return Number.NaN
    this.at = at + 1
    return this.#readTime(start, at)
  }

  #isLastText(start: number): boolean {
    const length = this.#lastLength
    if (length < 4 || start + length >= this.bytes.length || this.bytes[start + length] !== QUOTE) return false
    for (let i = 0; i < length - 4; i += 4)
      if (this.#view.getUint32(start + i, true) !== this.#lastView.getUint32(i, true)) return false
    return this.#view.getUint32(start + length - 4, true) === this.#lastView.getUint32(length - 4, true)
  }

  #readTime(start: number, end: number): number {
    // Bytes above 127 are no part of a time: as Latin-1 they are refused like any other letter.
    const time = parseIso(latin1(this.bytes, start, end))
    this.#lastText.set(this.bytes.subarray(start, end))
    this.#lastLength = end - start
    this.#lastTime = time
    return time
  }

  /** A JSON number of at most 15 digits without an exponent; NaN for any other, which JSON.parse shall read. */
  number(): number {
    const negative = this.bytes[this.at] === MINUS
    const first = negative ? this.at + 1 : this.at
    const whole = this.#digits(first, 0)
    const wholeEnd = this.at
    const dotted = this.bytes[wholeEnd] === DOT
    const mantissa = dotted ? this.#digits(wholeEnd + 1, whole) : whole
    const decimals = dotted ? this.at - wholeEnd - 1 : 0
    const wholeDigits = wholeEnd - first
    // JSON wants a digit on both sides of the point and no leading zero.
    if (wholeDigits === 0 || (dotted && decimals === 0) || wholeDigits + decimals > 15) return Number.NaN
    if (wholeDigits > 1 && this.bytes[first] === ZERO) return Number.NaN
    if (!this.#endsValue()) return Number.NaN
    const value = mantissa / (POWERS[decimals] as number)
    return negative ? -value : value
  }

  #endsValue(): boolean {
    const next = this.bytes[this.at]
    return next === COMMA || next === CLOSE
  }

  /** Reads digits from `from` on after the `mantissa` before them, and stands behind the last one. */
  #digits(from: number, mantissa: number): number {
    const { bytes } = this
    let value = mantissa
    let at = from
    for (; at < bytes.length; at++) {
      const digit = (bytes[at] as number) - ZERO
      if (!(digit >= 0 && digit <= 9)) break
      value = value * 10 + digit
    }
    this.at = at
    return value
  }

  /** Goes behind the closing brace; bits of the quality's word, -1 for anything else before it. */
  qualityOrEnd(): number {
    const bits = this.bytes[this.at] === CLOSE ? 0 : this.#quality()
    if (this.bytes[this.at] !== CLOSE) return -1
    this.at += 1
    return bits
  }

  #quality(): number {
    if (!this.comma() || !this.label(RESULT_QUALITY)) return -1
    for (const { word, bits } of WORDS) if (this.literal(word)) return bits
    return -1
  }

  /** Where the line ends, when nothing but its end follows; -1 otherwise. */
  lineEnd(): number {
    const { bytes } = this
    const at = bytes[this.at] === RETURN ? this.at + 1 : this.at
    return at === bytes.length || bytes[at] === LINE_FEED ? at : -1
  }
}

const latin1 = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')

const reader = new LineReader()
