import { AppError } from '@/platform/errors'
import type { FeedMapping } from '@/domain/feed/mapping'
import type { BodyForm } from './decode/decodeBody'
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

/** The form of a body by its content type, and by what the mapping reads when that is no plain JSON. @throws BodyRefused */
export function bodyForm(contentType: string, { source }: FeedMapping): BodyForm {
  const format = formats[contentType.split(';')[0]?.trim().toLowerCase() ?? '']
  const input = source.kind === 'files' ? undefined : source.input
  const plain = input === undefined || input.format.kind === 'ndjson'
  if (format === 'ndjson' || (format === 'json' && plain)) return format
  if (!plain) return 'mapped'
  const message = 'Send application/x-ndjson or application/json.'
  throw new BodyRefused({ status: 415, code: 'ingest.unsupported', message })
}
