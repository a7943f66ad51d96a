import { gunzipSync } from 'node:zlib'
import { type Result, err, ok } from '@/domain/result'
import { BatchBuilder } from './batchBuilder'
import { BODY_LIMITS, type BodyRefusal, type DecodedBatch } from './decodedBatch'
import type { FeedDecoder } from './feedDecoder'

/** A pushed body as it came; `format` is read from its content type. */
export interface PushedBody {
  readonly bytes: Uint8Array
  readonly encoding: string
  readonly format: 'ndjson' | 'json'
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
  const text = inflated.value.toString('utf8')
  const builder = new BatchBuilder(decoder)
  const refusal =
    body.format === 'ndjson' ? decodeLines(decoder, builder, text) : decodeDocument(decoder, builder, text)
  if (refusal !== undefined) return err(refusal)
  const batch = builder.finish()
  if (batch.received === 0) return err(refused(400, 'ingest.unreadable', 'The body holds no record.'))
  return ok(batch)
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

function decodeLines(decoder: FeedDecoder, builder: BatchBuilder, text: string): BodyRefusal | undefined {
  const span = { start: 0, end: 0, line: 0 }
  while (span.start < text.length) {
    const newline = text.indexOf('\n', span.start)
    const next = newline < 0 ? text.length : newline
    span.line += 1
    span.end = text.charCodeAt(next - 1) === 13 ? next - 1 : next
    if (span.end - span.start > BODY_LIMITS.lineChars) {
      builder.refuse({
        line: span.line,
        reason: 'lineTooLong',
        message: 'A record may have 65,536 characters.',
        sample: '',
      })
    } else if (span.end > span.start) decodeLine(decoder, builder, text, span)
    span.start = next + 1
    if (builder.rows > BODY_LIMITS.records) return tooMany
  }
  return undefined
}

type Span = Parameters<FeedDecoder['line']>[2]

function decodeLine(decoder: FeedDecoder, builder: BatchBuilder, text: string, span: Span): void {
  try {
    decoder.line(builder, text, span)
  } catch {
    refuseUndecodable(builder, span.line)
  }
}

/** A record that the decoder stumbles over, such as one nested too deep for the stack, is refused alone. */
function refuseUndecodable(builder: BatchBuilder, line: number): void {
  builder.takeRefusal()
  const message = 'The record cannot be decoded: it may be nested too deep.'
  builder.refuse({ line, reason: 'undecodable', message, sample: '' })
}

const tooMany = refused(413, 'ingest.tooManyRecords', `A body may hold ${BODY_LIMITS.records} records.`)

function decodeDocument(decoder: FeedDecoder, builder: BatchBuilder, text: string): BodyRefusal | undefined {
  let document: unknown
  try {
    document = JSON.parse(text)
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
