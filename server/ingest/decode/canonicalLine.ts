import { parseIso } from '@/domain/feed/timeText'

/** The four fields of a line in the common form; read it before the next call. */
export interface CanonicalLine {
  key: string
  time: number
  value: number
}

const QUOTE = 34
const BACKSLASH = 92
const SPACE = 32
const MINUS = 45
const DOT = 46
const ZERO = 48
const COLON = 58
const COMMA = 44
const CLOSE = 125

const codes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const HEAD = codes('{"datastream":')
const TIME = codes('"phenomenonTime":')
const RESULT = codes('"result":')
const COMMA_ONLY = codes(',')

// 10^0 to 10^22 are exact doubles, so an integer below 2^53 divided by one of them rounds once, as JSON.parse does.
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))

/**
 * Reads `{"datastream":"…","phenomenonTime":…,"result":…}` in this order, with at most one space after `:` and `,`, into
 * `into`. False for anything else, also for valid JSON in another form: then JSON.parse decides. Hot path.
 */
export function readCanonicalLine(text: string, start: number, end: number, into: CanonicalLine): boolean {
  const cursor = reader
  cursor.text = text
  cursor.at = start
  cursor.end = end
  if (!cursor.literal(HEAD)) return false
  const key = cursor.plainString()
  if (key === undefined || !cursor.literal(COMMA_ONLY) || !cursor.literal(TIME)) return false
  const time = cursor.time()
  if (Number.isNaN(time) || !cursor.literal(COMMA_ONLY) || !cursor.literal(RESULT)) return false
  const value = cursor.number()
  if (Number.isNaN(value) || !cursor.isEnd()) return false
  into.key = key
  into.time = time
  into.value = value
  return true
}

class LineReader {
  text = ''
  at = 0
  end = 0

  literal(expected: Uint8Array): boolean {
    const { text } = this
    let { at } = this
    for (let i = 0; i < expected.length; i++, at++) if (text.charCodeAt(at) !== expected[i]) return false
    const last = expected[expected.length - 1]
    if ((last === COLON || last === COMMA) && text.charCodeAt(at) === SPACE) at += 1
    this.at = at
    return at < this.end
  }

  /** A string without escapes or control characters; at most 120 characters. */
  plainString(): string | undefined {
    const start = this.at + 1
    return this.#pastString() ? this.text.slice(start, this.at - 1) : undefined
  }

  time(): number {
    if (this.text.charCodeAt(this.at) !== QUOTE) return this.number()
    const start = this.at + 1
    // The schema takes 40 characters.
    return this.#pastString() && this.at - 1 - start <= 40 ? parseIso(this.text, start, this.at - 1) : Number.NaN
  }

  /** Goes behind the closing quote of a plain string that begins here. */
  #pastString(): boolean {
    const { text } = this
    if (text.charCodeAt(this.at) !== QUOTE) return false
    const limit = Math.min(this.end, this.at + 122)
    for (let at = this.at + 1; at < limit; at++) {
      const code = text.charCodeAt(at)
      if (code === QUOTE) {
        this.at = at + 1
        return true
      }
      if (code === BACKSLASH || code < SPACE) return false
    }
    return false
  }

  /** A JSON number of at most 15 digits without an exponent; NaN for any other, which JSON.parse shall read. */
  number(): number {
    const negative = this.text.charCodeAt(this.at) === MINUS
    const first = negative ? this.at + 1 : this.at
    const whole = this.#digits(first, 0)
    const wholeEnd = this.at
    const dotted = this.text.charCodeAt(wholeEnd) === DOT
    const mantissa = dotted ? this.#digits(wholeEnd + 1, whole) : whole
    const decimals = dotted ? this.at - wholeEnd - 1 : 0
    const wholeDigits = wholeEnd - first
    // JSON wants a digit on both sides of the point and no leading zero.
    if (wholeDigits === 0 || (dotted && decimals === 0) || wholeDigits + decimals > 15) return Number.NaN
    if (wholeDigits > 1 && this.text.charCodeAt(first) === ZERO) return Number.NaN
    if (!this.#endsValue()) return Number.NaN
    const value = mantissa / (POWERS[decimals] as number)
    return negative ? -value : value
  }

  #endsValue(): boolean {
    const next = this.text.charCodeAt(this.at)
    return next === COMMA || next === CLOSE
  }

  /** Reads digits from `from` on after the `mantissa` before them, and stands behind the last one. */
  #digits(from: number, mantissa: number): number {
    let value = mantissa
    let at = from
    for (; at < this.end; at++) {
      const digit = this.text.charCodeAt(at) - ZERO
      if (!(digit >= 0 && digit <= 9)) break
      value = value * 10 + digit
    }
    this.at = at
    return value
  }

  isEnd(): boolean {
    return this.text.charCodeAt(this.at) === CLOSE && this.at + 1 === this.end
  }
}

const reader = new LineReader()
