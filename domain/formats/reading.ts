/** What a cell of a source row can hold; a mapping reads it by its column's name. */
export type CellValue = string | number

/** One source row that a format read out of its bytes. `line` counts pieces from 1; `sample` is kept if a mapping refuses it. */
export interface FormatRow {
  readonly line: number
  readonly fields: Readonly<Record<string, CellValue>>
  readonly sample: string | (() => string)
}

/** A piece that could not be read, kept whole enough to mend and send again. */
export interface RefusedPiece {
  readonly line: number
  readonly reason: string
  readonly message: string
  readonly sample: string
}

/** What bytes said. Every piece is in one of the two lists: nothing is lost and nothing is thrown. */
export interface FormatReading {
  readonly rows: readonly FormatRow[]
  readonly refused: readonly RefusedPiece[]
}

export interface FormatContext {
  /** World time at which the bytes came, epoch ms: for messages that carry no usable time of their own. */
  readonly arrivedAt: number
}

/** Turns bytes into source rows. Pure, and total: any bytes give a reading. */
export type Format = (bytes: Uint8Array, context: FormatContext) => FormatReading

const SAMPLE_CHARS = 2_048

/** Collects a reading piece by piece. */
export class ReadingBuilder implements FormatReading {
  readonly rows: FormatRow[] = []
  readonly refused: RefusedPiece[] = []

  row(line: number, fields: Readonly<Record<string, CellValue | undefined>>, sample: string | (() => string)): void {
    const set = Object.entries(fields).filter((entry): entry is [string, CellValue] => entry[1] !== undefined)
    this.rows.push({
      line,
      fields: Object.fromEntries(set),
      sample: typeof sample === 'string' ? cutSample(sample) : sample,
    })
  }

  refuse(line: number, refusal: { readonly reason: string; readonly message: string }, sample: string): void {
    const { reason, message } = refusal
    this.refused.push({ line, reason, message: message.slice(0, 300), sample: cutSample(sample) })
  }
}

/** The sample of a row, made now if it is one that is made on demand. */
export const sampleOf = ({ sample }: FormatRow): string => (typeof sample === 'string' ? sample : cutSample(sample()))

const cutSample = (text: string): string => (text.length > SAMPLE_CHARS ? text.slice(0, SAMPLE_CHARS) : text)

/** A reading of one refused piece: the bytes as a whole. */
export function refusedWhole(reason: string, message: string, sample: string): FormatReading {
  const builder = new ReadingBuilder()
  builder.refuse(1, { reason, message }, sample)
  return builder
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0').toUpperCase())

/** Bytes as upper-case hexadecimal digits: how binary pieces are kept as samples. */
export function toHex(bytes: Uint8Array, most: number = SAMPLE_CHARS / 2): string {
  let text = ''
  for (const byte of bytes.subarray(0, most)) text += HEX[byte] ?? ''
  return text
}

/** Bytes of hexadecimal digits; `undefined` when the text is none. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9A-Fa-f]*$/.test(text)) return undefined
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)
  return bytes
}
