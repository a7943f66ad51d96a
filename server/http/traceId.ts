import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { TraceId } from '@/domain/ids'

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/
const NONE = '0'.repeat(32)
const given = new WeakMap<IncomingMessage, TraceId>()

/** The trace of a request: from its `traceparent` header (W3C), else made once. */
export function traceIdOf(request: IncomingMessage): TraceId {
  const held = given.get(request)
  if (held !== undefined) return held
  const header = request.headers['traceparent']
  const told = typeof header === 'string' ? TRACEPARENT.exec(header)?.[1] : undefined
  const traceId = (told === undefined || told === NONE ? randomBytes(16).toString('hex') : told) as TraceId
  given.set(request, traceId)
  return traceId
}
