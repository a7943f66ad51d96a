import { type Result, err, ok } from '@/domain/result'

/** One line of NMEA that carries AIS. */
export interface AisSentence {
  readonly total: number
  readonly no: number
  /** Number that the parts of one message share; empty for a message of one. */
  readonly group: string
  readonly channel: string
  readonly payload: string
  readonly fill: number
}

export interface AisRefusal {
  readonly reason: 'notAis' | 'checksumWrong' | 'payloadEmpty' | 'partMissing' | 'messageShort'
  readonly message: string
}

const LINE =
  /^(?:\\[^\\]*\\)?[!$]([A-Z]{2}VD[MO]),(\d),(\d),(\d?),([AB12]?),([0-9:;<=>?@A-W`a-w]*),([0-5])\*([0-9A-Fa-f]{2})/

/** Reads one line; the checksum is the exclusive or of what lies between `!` and `*`. */
export function readSentence(line: string): Result<AisSentence, AisRefusal> {
  const found = LINE.exec(line)
  if (found === null) return err({ reason: 'notAis', message: 'The line is no AIS sentence.' })
  const start = line.search(/[!$][A-Z]{2}VD[MO]/) + 1
  let check = 0
  for (let i = start; line[i] !== '*'; i++) check ^= line.charCodeAt(i)
  if (check !== Number.parseInt(found[8] ?? '', 16)) {
    return err({ reason: 'checksumWrong', message: `The checksum should be ${check.toString(16).toUpperCase()}.` })
  }
  const [total, no, payload] = [Number(found[2]), Number(found[3]), found[6] ?? '']
  if (payload === '') return err({ reason: 'payloadEmpty', message: 'The sentence carries nothing.' })
  if (no < 1 || no > total) return err({ reason: 'notAis', message: `Part ${no} of ${total} cannot be.` })
  return ok({ total, no, group: found[4] ?? '', channel: found[5] ?? '', payload, fill: Number(found[7]) })
}

/** The bits of a message, as its payloads pack them: six to a letter. */
export class AisBits {
  readonly #letters: string
  readonly length: number

  constructor(payload: string, fill: number) {
    this.#letters = payload
    this.length = payload.length * 6 - fill
  }

  /** Bits from `start`; those past the end are 0. */
  uint(start: number, count: number): number {
    let value = 0
    for (let i = start; i < start + count; i++) value = value * 2 + this.#bit(i)
    return value
  }

  int(start: number, count: number): number {
    const value = this.uint(start, count)
    return value >= 2 ** (count - 1) ? value - 2 ** count : value
  }

  /** Six-bit letters, without the @ and blanks that fill a name. */
  text(start: number, letters: number): string {
    let text = ''
    for (let i = 0; i < letters && start + 6 * (i + 1) <= this.length; i++) {
      const code = this.uint(start + 6 * i, 6)
      if (code === 0) break
      text += String.fromCharCode(code < 32 ? code + 64 : code)
    }
    return text.trimEnd()
  }

  #bit(i: number): number {
    if (i >= this.length) return 0
    const code = this.#letters.charCodeAt(Math.floor(i / 6)) - 48
    return ((code > 40 ? code - 8 : code) >> (5 - (i % 6))) & 1
  }
}
