import { z } from 'zod'
import type { Datastream } from './catalogue'
import type { FeedCountSubject } from './evidenceId'
import { FeedNo } from './ids'
import type { Measured } from './measured'
import { measureAnswer } from './measureReading'
import { EpochMillis, epochMillis } from './time'

/** onTime: as its contract says; late: last record older than the allowed lateness; silent: over two periods without a record; never: not heard yet. */
export const FeedState = z.enum(['onTime', 'late', 'silent', 'never'])
export type FeedState = z.infer<typeof FeedState>

/** Machine minutes that a count covers, both ends inclusive, each named by its start in epoch ms; `by` is the server that counted, empty for all. */
export const CountedMinutes = z.object({ from: z.number(), to: z.number(), by: z.string() }).readonly()
export type CountedMinutes = z.infer<typeof CountedMinutes>

/**
 * Health of one Feed at one moment. `receivedPerMinute` is of the last closed minute of machine time, the other counts
 * of the closed minutes of the last hour; `counted` names these, so that they can be counted again.
 */
export const FeedHealth = z
  .object({
    feed: FeedNo,
    state: FeedState,
    lastKnownTime: EpochMillis.optional(),
    lastPhenomenonTime: EpochMillis.optional(),
    streamsExpected: z.number().int(),
    streamsOnTime: z.number().int(),
    receivedPerMinute: z.number(),
    expectedPerMinute: z.number(),
    accepted: z.number().int(),
    duplicates: z.number().int(),
    corrections: z.number().int(),
    late: z.number().int(),
    rejected: z.number().int(),
    flagged: z.number().int(),
    counted: CountedMinutes.optional(),
  })
  .readonly()
export type FeedHealth = z.infer<typeof FeedHealth>

/** Newest times of a Feed's records, in the World's clock. */
export interface LastHeard {
  readonly known: number
  readonly phenomenon: number
}

/** What a Feed promised: a record each period, at most this late. */
export interface FeedPromise {
  readonly periodSeconds: number
  readonly latenessMs: number
}

/** How a Feed keeps its contract at a moment of the World's clock. */
export function feedStateAt(promise: FeedPromise, heard: LastHeard | undefined, now: EpochMillis): FeedState {
  const period = promise.periodSeconds * 1000
  if (heard === undefined) return 'never'
  if (now - heard.known > 2 * period) return 'silent'
  return now - heard.phenomenon > promise.latenessMs + period ? 'late' : 'onTime'
}

/**
 * A count of a Feed as a number that can be counted again; `worldNow` is the moment that is shown. A count whose minutes
 * were not told belongs to an event.
 */
export function measureFeedCount(health: FeedHealth, what: FeedCountSubject, worldNow: EpochMillis): Measured {
  const knownTime = epochMillis(Math.floor(worldNow))
  const value = what === 'received' ? health.receivedPerMinute : health[what]
  const { feed, counted } = health
  if (counted === undefined) {
    const source = { kind: 'event', id: `feedMeasured/${feed}` } as const
    return { kind: 'value', value, unit: '', provenance: 'measured', quality: 0, asOf: knownTime, source }
  }
  const from = what === 'received' ? counted.to : counted.from
  return measureAnswer(
    { kind: 'feed', feed, what, from, to: counted.to, by: counted.by, knownTime },
    value,
    '',
    knownTime,
  )
}

/** Records a minute that a Feed's streams promise at the rate of the World's clock. */
export function measurePromise(feed: FeedNo, perMinute: number, worldNow: EpochMillis): Measured {
  const knownTime = epochMillis(Math.floor(worldNow))
  return measureAnswer({ kind: 'promise', feed, knownTime }, perMinute, '', knownTime)
}

/** Records that the streams of a Feed promise in one minute of the World's clock. */
export const promisedPerMinute = (streams: readonly Datastream[], feed: FeedNo): number =>
  streams
    .filter((stream) => stream.feed === feed && stream.covered && !stream.masked)
    .reduce((sum, stream) => sum + 60 / stream.periodSeconds, 0)
