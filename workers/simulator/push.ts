import { gzipSync } from 'node:zlib'
import type { SimulatedRecord } from '@/scenarios/linjiang/simulation'
import type { SimulatorConnection } from './connection'

export type PushOutcome =
  /** Everything is durable; `rejected` lines of it were refused. */
  | { readonly kind: 'acknowledged'; readonly rejected: number }
  /** Belfry is full, starting or away: try again, after `afterMs` when it said so. */
  | { readonly kind: 'later'; readonly afterMs?: number; readonly why: string }
  /** The address or the key is no longer right: read the connection again. */
  | { readonly kind: 'reconnect'; readonly why: string }
  /** The request itself is refused and would be again. */
  | { readonly kind: 'refused'; readonly why: string }

export interface PushTarget {
  readonly world: string
  readonly feed: string
}

const ANSWER_LIMIT_MS = 10_000

/** Sends records of one feed as gzip NDJSON. Never throws: every outcome is a value. */
export async function push(
  connection: SimulatorConnection,
  { world, feed }: PushTarget,
  records: readonly SimulatedRecord[],
): Promise<PushOutcome> {
  const key = connection.keys[feed]
  if (key === undefined) return { kind: 'reconnect', why: `no key for ${feed}` }
  const body = gzipSync(records.map((record) => JSON.stringify(record)).join('\n'), { level: 1 })
  try {
    const answer = await fetch(new URL(`/api/worlds/${world}/feeds/${feed}/records`, connection.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
      body,
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    })
    const text = await answer.text()
    return outcomeOf(answer, text)
  } catch (cause) {
    return { kind: 'reconnect', why: cause instanceof Error ? cause.message : String(cause) }
  }
}

function outcomeOf(answer: Response, text: string): PushOutcome {
  if (answer.ok) return { kind: 'acknowledged', rejected: (JSON.parse(text) as { rejected?: number }).rejected ?? 0 }
  const why = `${answer.status} ${text.slice(0, 200)}`
  if (answer.status === 401 || answer.status === 404) return { kind: 'reconnect', why }
  if (answer.status === 429 || answer.status >= 500) {
    const seconds = Number(answer.headers.get('retry-after'))
    return seconds > 0 ? { kind: 'later', afterMs: seconds * 1000, why } : { kind: 'later', why }
  }
  return { kind: 'refused', why }
}
