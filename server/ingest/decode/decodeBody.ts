import { gunzipSync } from 'node:zlib'
import { type Result, err, ok } from '@/domain/result'
import { BatchBuilder } from './batchBuilder'
import { BODY_LIMITS, type BodyRefusal, type DecodedBatch } from './decodedBatch'
import type { FeedDecoder } from './feedDecoder'

/** `mapped` is the form that the feed's mapping names. */
export type BodyForm = 'ndjson' | 'json' | 'mapped'

/** A pushed body as it came; `format` is read from its content type. */
export interface PushedBody {
  readonly bytes: Uint8Array
  readonly encoding: string
  readonly format: BodyForm
  /** World time at which it came, epoch ms; `mapped` bodies may need it. */
  readonly arrivedAt?: number
}

/** Inflates within bounds, and decodes line by line or record by record. Never throws: one body must not end its thread. */
export function decodeBody(decoder: FeedDecoder, body: PushedBody): Result<DecodedBatch, BodyRefusal> {
  try {
    return decodedBody(decoder, body)
  } catch {
    return err(refused(400, 'ingest.unreadable', 'The body cannot be decoded.'))
  }
}

function decodedBody(decoder: FeedDecoder, body: PushedBody): Result<DecodedBatch, BodyRefusal> {
  const inflated = inflate(body)
  if (!inflated.ok) return inflated
  const bytes = inflated.value
  const builder = new BatchBuilder(decoder)
  const refusal = decodeForm(decoder, builder, bytes, body)
  if (refusal !== undefined) return err(refusal)
  const batch = builder.finish()
  if (batch.received === 0 && body.format !== 'mapped')
    return err(refused(400, 'ingest.unreadable', 'The body holds no record.'))
  return ok(batch)
}

function decodeForm(
  decoder: FeedDecoder,
  builder: BatchBuilder,
  bytes: Buffer,
  { format, arrivedAt = 0 }: PushedBody,
): BodyRefusal | undefined {
  if (format === 'ndjson') return decodeLines(decoder, builder, bytes)
  if (format === 'json') return decodeDocument(decoder, builder, bytes)
  if (!decoder.document(builder, bytes, arrivedAt))
    return refused(415, 'ingest.unsupported', 'The mapping names no form.')
  return builder.rows > BODY_LIMITS.records ? tooMany : undefined
}

const refused = (status: BodyRefusal['status'], code: BodyRefusal['code'], message: string): BodyRefusal => ({
  status,
  code,
  message,
})

function inflate({ bytes, encoding }: PushedBody): Result<Buffer, BodyRefusal> {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (encoding === '' || encoding === 'identity') return ok(raw)
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    return err(refused(415, 'ingest.unsupported', `Content-Encoding ${encoding} is not understood: send gzip or none.`))
  }
  try {
    return ok(gunzipSync(raw, { maxOutputLength: BODY_LIMITS.inflatedBytes }))
  } catch (cause) {
    const tooLarge = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
    if (tooLarge) return err(refused(413, 'ingest.tooLarge', 'The body inflates to more than 64 MiB.'))
    return err(refused(400, 'ingest.unreadable', 'The body is no gzip.'))
  }
}

const LINE_FEED = 10
const RETURN = 13

function decodeLines(decoder: FeedDecoder, builder: BatchBuilder, bytes: Buffer): BodyRefusal | undefined {
  let line = 0
  for (let start = 0; start < bytes.length; ) {
    line += 1
    const end = decoder.canonical(builder, bytes, start)
    start = (end < 0 ? decodeLine(decoder, builder, { bytes, start, line }) : end) + 1
    if (builder.rows > BODY_LIMITS.records) return tooMany
  }
  return undefined
}

interface Line {
  readonly bytes: Buffer
  readonly start: number
  readonly line: number
}

/** A line in any form; returns where it ends. */
function decodeLine(decoder: FeedDecoder, builder: BatchBuilder, { bytes, start, line }: Line): number {
  const feed = bytes.indexOf(LINE_FEED, start)
  const next = feed < 0 ? bytes.length : feed
  const end = next > start && bytes[next - 1] === RETURN ? next - 1 : next
  if (end === start) return next
  const text = bytes.toString('utf8', start, end)
  try {
    if (text.length <= BODY_LIMITS.lineChars) decoder.line(builder, text, line)
    else {
      const message = 'A record may have 65,536 characters.'
      builder.refuse({ line, reason: 'lineTooLong', message, sample: '' })
    }
  } catch {
    refuseUndecodable(builder, line)
  }
  return next
}

/** A record that the decoder stumbles over, such as one nested too deep for the stack, is refused alone. */
function refuseUndecodable(builder: BatchBuilder, line: number): void {
  builder.takeRefusal()
  const message = 'The record cannot be decoded: it may be nested too deep.'
  builder.refuse({ line, reason: 'undecodable', message, sample: '' })
}

const tooMany = refused(413, 'ingest.tooManyRecords', `A body may hold ${BODY_LIMITS.records} records.`)

function decodeDocument(decoder: FeedDecoder, builder: BatchBuilder, bytes: Buffer): BodyRefusal | undefined {
  let document: unknown
  try {
    document = JSON.parse(bytes.toString('utf8'))
  } catch {
    return refused(400, 'ingest.unreadable', 'The body is no JSON.')
  }
  const records: readonly unknown[] = Array.isArray(document) ? document : [document]
  if (records.length > BODY_LIMITS.records) return tooMany
  records.forEach((record, i) => {
    try {
      decoder.record(builder, record, i + 1)
    } catch {
      refuseUndecodable(builder, i + 1)
    }
  })
  return undefined
}
