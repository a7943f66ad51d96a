import { type FormatReading, ReadingBuilder, toHex } from '../reading'
import { FrameCutter, type Jt808Message, readFrame } from './frame'
import { readBatch, readLocation } from './location'
import { MessageJoiner } from './splitMessages'

const hexId = (id: number): string => `0x${id.toString(16).padStart(4, '0')}`

/**
 * Reads frames with their flags. Each message is a row with `message`, `phone` and `serial`; a location adds its fields.
 * `kind` is location, or other for what has no place: a mapping that wants positions refuses those by their missing time.
 */
export function jt808Format(bytes: Uint8Array): FormatReading {
  const builder = new ReadingBuilder()
  const joiner = new MessageJoiner()
  const cutter = new FrameCutter()
  let line = 0
  for (const frame of cutter.push(bytes)) {
    line += 1
    const sample = `7E${toHex(frame)}7E`
    const read = readFrame(frame)
    if (!read.ok) {
      builder.refuse(line, read.error, sample)
      continue
    }
    const joining = joiner.take(read.value)
    if (joining.kind === 'refused') builder.refuse(line, { reason: 'partWrong', message: joining.message }, sample)
    if (joining.kind === 'waiting' && joining.givenUp.length > 0) refuseParts(builder, line, joining.givenUp)
    if (joining.kind === 'whole') messageRows(builder, joining.message, { line, sample })
  }
  if (cutter.open.length > 0) {
    builder.refuse(line + 1, { reason: 'frameOpen', message: 'The frame has no closing flag.' }, toHex(cutter.open))
  }
  const left = joiner.unfinished()
  if (left.length > 0) refuseParts(builder, line, left)
  if (line === 0 && cutter.open.length === 0) {
    builder.refuse(1, { reason: 'noFrame', message: 'There is no frame between two flags 7E.' }, toHex(bytes))
  }
  return builder
}

function refuseParts(builder: ReadingBuilder, line: number, parts: readonly Jt808Message[]): void {
  const message = `${parts.length} packages belong to messages whose rest did not come.`
  builder.refuse(line, { reason: 'partMissing', message }, parts.map(({ body }) => toHex(body)).join(' '))
}

interface Piece {
  readonly line: number
  readonly sample: string
}

function messageRows(builder: ReadingBuilder, message: Jt808Message, { line, sample }: Piece): void {
  const head = {
    message: hexId(message.id),
    phone: message.phone.replace(/^0+(?=\d{11})/, ''),
    serial: message.serial,
    ...(message.version === undefined ? {} : { version: message.version }),
  }
  if (message.encryption !== undefined) {
    const told = { reason: 'encrypted', message: 'The body is encrypted and its key is not known.' }
    return builder.refuse(line, told, sample)
  }
  const locations = locationsOf(message)
  if (locations === undefined) {
    return builder.row(line, { ...head, kind: 'other', body: toHex(message.body) }, sample)
  }
  for (const location of locations) {
    if (location.ok) builder.row(line, { ...head, kind: 'location', ...location.value }, sample)
    else builder.refuse(line, location.error, sample)
  }
}

function locationsOf({ id, body }: Jt808Message): ReturnType<typeof readBatch> | undefined {
  if (id === 0x0704) return readBatch(body)
  return id === 0x0200 ? [readLocation(body)] : undefined
}
