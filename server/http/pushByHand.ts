import type { FastifyRequest } from 'fastify'
import type { IngestReceipt } from '@/domain/api/ingest'
import { InvalidInput, Unavailable } from '@/platform/errors'
import type { FeedRecord } from '../catalogue/feedRecord'
import { BodyRefused } from '../ingest/bodyRefused'
import type { HttpParts } from './parts'
import { traceIdOf } from './traceId'

interface ByHand {
  readonly feed: FeedRecord
  readonly text: string
  /** NDJSON of rows, or the form that the feed's mapping names. */
  readonly form: 'rows' | 'own'
}

/** What a person sends goes the way of every record. @throws InvalidInput for what is no body, Unavailable without an intake here */
export async function pushByHand(
  { intake, clock }: Pick<HttpParts, 'intake' | 'clock'>,
  request: FastifyRequest,
  { feed, text, form }: ByHand,
): Promise<IngestReceipt> {
  if (intake === undefined) throw new Unavailable('ingest.elsewhere')
  try {
    return await intake.push({
      ...{ feed, body: new TextEncoder().encode(text), contentEncoding: '' },
      contentType: form === 'rows' ? 'application/x-ndjson' : 'application/octet-stream',
      ...{ traceId: traceIdOf(request.raw), receivedAt: clock.now() },
    })
  } catch (cause) {
    if (cause instanceof BodyRefused) throw new InvalidInput(cause.code, cause.args, { cause })
    throw cause
  }
}
