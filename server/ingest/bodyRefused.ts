import { AppError } from '@/platform/errors'
import type { BodyRefusal } from './decode/decodedBatch'

/** The body as a whole was refused; `status` is HTTP's. */
export class BodyRefused extends AppError {
  readonly retry = false
  readonly status: BodyRefusal['status']

  constructor({ status, code, message }: BodyRefusal) {
    super(code, { detail: message })
    this.status = status
  }
}

const formats: Readonly<Record<string, 'ndjson' | 'json'>> = {
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
  'application/json': 'json',
}

/** The form of a body by its content type. @throws BodyRefused */
export function bodyFormat(contentType: string): 'ndjson' | 'json' {
  const format = formats[contentType.split(';')[0]?.trim().toLowerCase() ?? '']
  if (format !== undefined) return format
  const message = 'Send application/x-ndjson or application/json.'
  throw new BodyRefused({ status: 415, code: 'ingest.unsupported', message })
}
