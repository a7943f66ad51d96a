import { createHmac } from 'node:crypto'
import type { RequestAuth } from '@/domain/feed/adapterSource'
import type { Clock } from '@/platform/clock'
import { BODY_LIMITS } from '../decode/decodedBatch'
import { aborted } from './eitherSignal'

/** The source answered with something else than what was asked for; `waitMs` when it says how long to wait. */
export class SourceFailed extends Error {
  readonly waitMs: number | undefined

  constructor(message: string, waitMs?: number) {
    super(message)
    this.waitMs = waitMs
  }
}

/** Headers that say who asks. */
export async function authHeaders(
  auth: RequestAuth,
  url: URL,
  { secret, clock }: { secret: (name: string) => Promise<string>; clock: Clock },
): Promise<Record<string, string>> {
  switch (auth.kind) {
    case 'none':
      return {}
    case 'bearer':
      return { Authorization: `Bearer ${await secret(auth.secret)}` }
    case 'header':
      return { [auth.name]: await secret(auth.secret) }
    case 'hmac': {
      const timestamp = String(clock.now())
      const signed = `${timestamp}\nGET\n${url.pathname}${url.search}`
      const signature = createHmac(auth.algorithm, await secret(auth.secret))
        .update(signed)
        .digest('hex')
      return { [auth.timestampHeader]: timestamp, [auth.signatureHeader]: signature }
    }
  }
}

/** The body of an answer, counted while it comes: what a server says of its length is not believed. @throws SourceFailed */
export async function boundedBody(
  answer: Response,
  signal: AbortSignal,
  most: number = BODY_LIMITS.inflatedBytes,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  const reader = answer.body?.getReader()
  if (reader === undefined) return new Uint8Array()
  // A body that is being inflated does not always hear that its request was aborted: it is not waited for.
  const over = aborted(signal).then(() => {
    throw new SourceFailed('The answer took too long.')
  })
  over.catch(() => undefined)
  try {
    for (;;) {
      const step = await Promise.race([reader.read(), over])
      if (step.done) return Buffer.concat(pieces)
      length += step.value.length
      if (length > most) throw new SourceFailed(`The answer has more than ${most} bytes.`)
      pieces.push(step.value)
    }
  } catch (cause) {
    void reader.cancel().catch(() => undefined)
    throw cause
  }
}
