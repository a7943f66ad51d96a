import { randomBytes } from 'node:crypto'
import { epochMillis } from '@/domain/time'
import type { EpochMillis } from '@/domain/time'

/** Where "now" comes from. Handed over, so that a replay, an exercise and a test own their time. */
export interface Clock {
  now(): EpochMillis
}

/** The machine's clock: for `recordedAt`, sessions and measurements, never for a World's facts. */
export const systemClock: Clock = { now: () => epochMillis(Date.now()) }

/** A clock that moves only when told; for tests and for stepping a world. */
export interface ManualClock extends Clock {
  /** Moves forward by `ms` milliseconds and returns the new moment. */
  advance(ms: number): EpochMillis
  set(moment: EpochMillis): void
}

export function manualClock(start: number): ManualClock {
  let moment = epochMillis(start)
  return {
    now: () => moment,
    advance(ms) {
      moment = epochMillis(moment + ms)
      return moment
    },
    set(next) {
      moment = next
    },
  }
}

/** A UUID of version 7 (RFC 9562): sorts by the clock's millisecond, the rest is random. */
export function uuidv7(clock: Clock): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(clock.now(), 0, 6)
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A secret of `bytes` random bytes as base64url text: session cookies, keys, one-time passwords. */
export function randomToken(bytes: number): string {
  if (!(bytes >= 16)) throw new RangeError(`A token needs 16 bytes or more, got ${bytes}.`)
  return randomBytes(bytes).toString('base64url')
}
