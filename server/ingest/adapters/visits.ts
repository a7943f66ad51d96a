import { setTimeout as sleep } from 'node:timers/promises'
import type { AdapterParts } from './adapter'
import { backOffMs } from './backOff'
import { type Carrier, chance } from './carrier'
import { isAborted } from './eitherSignal'
import { SourceFailed } from './httpRequest'

/** A source that is asked again and again, by one adapter that waits for itself alone. */
export interface Visiting {
  readonly parts: Pick<AdapterParts, 'log'>
  readonly carrier: Pick<Carrier, 'answered' | 'failed'>
  readonly feed: string
  readonly everySeconds: number
  /** One question; true when the answer was full and there may be more at once. @throws SourceFailed, errors of drivers */
  readonly visit: (signal: AbortSignal) => Promise<boolean>
}

/** Visits until the signal aborts: at its period, at once while answers are full, later and later while it fails. */
export async function keepVisiting(visiting: Visiting, signal: AbortSignal): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    const { waitMs, failed } = await oneVisit(visiting, failures, signal)
    failures = failed ? failures + 1 : 0
    await sleep(waitMs, undefined, { signal }).catch(() => undefined)
  }
}

async function oneVisit(visiting: Visiting, failures: number, signal: AbortSignal) {
  const { parts, carrier, feed, visit } = visiting
  const baseMs = visiting.everySeconds * 1_000
  try {
    const more = await visit(signal)
    carrier.answered()
    return { waitMs: more ? 0 : baseMs * (0.95 + chance() * 0.1), failed: false }
  } catch (cause) {
    if (isAborted(signal)) return { waitMs: 0, failed: false }
    carrier.failed(cause)
    parts.log.warn({ err: cause, feed }, 'the source cannot be read')
    const asked = cause instanceof SourceFailed ? cause.waitMs : undefined
    return { waitMs: Math.max(asked ?? 0, backOffMs(failures, baseMs, chance())), failed: true }
  }
}
