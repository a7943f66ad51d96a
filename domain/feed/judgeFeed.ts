import { type Disagreement, disagreements } from './neighbours'
import type { Finding, QualityAspects } from './feedQuality'

/** What one stream said in the span; times in ms. A stream that said nothing has `records` 0. */
export interface StreamSpan {
  readonly key: string
  readonly property: string
  readonly periodMs: number
  /** Degrees; missing where the Thing stands nowhere. */
  readonly place?: readonly [longitude: number, latitude: number]
  readonly records: number
  readonly late: number
  readonly doubted: number
  /** Records that differ from the one before by more than their property can change. */
  readonly jumps: number
  /** Records that came before one that is older than they are. */
  readonly disordered: number
  /** Half of the records came later than this after their moment; negative when ahead of it. */
  readonly delayMs: number
  readonly median: number
  /** Of the span before; missing when nothing came in it. */
  readonly medianBefore?: number
}

/** What the whole feed delivered in the span, as its intake counted it. */
export interface FeedSpan {
  readonly lengthMs: number
  readonly latenessMs: number
  readonly received: number
  readonly duplicates: number
  readonly rejected: number
  /** Reasons of refusal that the day before did not know, with their records. */
  readonly newReasons: readonly { readonly reason: string; readonly records: number }[]
}

export interface FeedVerdict {
  readonly aspects: QualityAspects
  readonly findings: readonly Finding[]
}

/** Of the expected records at least this share must be there. */
const OUTAGE_SHARE = 0.5
/** Clocks that differ by less are none of our business, ms. */
const SKEW_LEAST_MS = 60_000
/** Re-sends are usual after a break; more than this share is a fault. */
const DUPLICATES_MOST = 0.01
const DISORDER_MOST = 0.05

/** Judges a feed over one span against its contract, and names the streams that are at fault. `all` are the streams of every feed: neighbours may belong to others. */
export function judgeFeed(streams: readonly StreamSpan[], feed: FeedSpan, all: readonly StreamSpan[]): FeedVerdict {
  const lags = skewFindings(streams)
  const against = disagreements(streams, all)
  const findings: Finding[] = [
    ...streams.filter((stream) => isOut(stream, feed)).map((stream) => outage(stream, feed)),
    ...lags,
    ...against.map(({ key, amount }): Finding => ({ kind: 'disagrees', subject: key, amount })),
    ...streams
      .filter(({ jumps }) => jumps > 0)
      .map(({ key, jumps }): Finding => ({ kind: 'jumps', subject: key, amount: jumps })),
    ...disorderFindings(streams),
    ...duplicateFinding(feed),
    ...feed.newReasons.map(({ reason, records }): Finding => ({ kind: 'newReason', subject: reason, amount: records })),
  ]
  return { aspects: aspectsOf(streams, feed, { lags, against }), findings }
}

const expectedOf = ({ periodMs }: StreamSpan, { lengthMs }: FeedSpan): number => Math.floor(lengthMs / periodMs)

function isOut(stream: StreamSpan, feed: FeedSpan): boolean {
  const expected = expectedOf(stream, feed)
  return expected >= 2 && stream.records < expected * OUTAGE_SHARE
}

const outage = (stream: StreamSpan, feed: FeedSpan): Finding => ({
  kind: 'outage',
  subject: stream.key,
  amount: 1 - stream.records / expectedOf(stream, feed),
})

/** Streams whose delay differs from what is usual in their feed by more than their period and a minute. */
function skewFindings(streams: readonly StreamSpan[]): Finding[] {
  const heard = streams.filter(({ records }) => records > 0)
  const usual = medianOf(heard.map(({ delayMs }) => delayMs))
  return heard.flatMap(({ key, delayMs, periodMs }): Finding[] => {
    const off = delayMs - usual
    if (Math.abs(off) <= Math.max(SKEW_LEAST_MS, Math.min(periodMs, 2 * SKEW_LEAST_MS))) return []
    return [{ kind: off > 0 ? 'behind' : 'ahead', subject: key, amount: off / 1_000 }]
  })
}

const disorderFindings = (streams: readonly StreamSpan[]): Finding[] =>
  streams
    .filter(({ records, disordered }) => records > 0 && disordered / records > DISORDER_MOST)
    .map(({ key, records, disordered }) => ({ kind: 'disorder', subject: key, amount: disordered / records }))

function duplicateFinding({ received, duplicates }: FeedSpan): Finding[] {
  const share = received === 0 ? 0 : duplicates / received
  return share > DUPLICATES_MOST ? [{ kind: 'duplicates', subject: '', amount: share }] : []
}

interface Found {
  readonly lags: readonly Finding[]
  readonly against: readonly Disagreement[]
}

function aspectsOf(streams: readonly StreamSpan[], feed: FeedSpan, { lags, against }: Found): QualityAspects {
  const total = (pick: (stream: StreamSpan) => number): number => streams.reduce((sum, one) => sum + pick(one), 0)
  const expected = total((stream) => expectedOf(stream, feed))
  const records = total((stream) => stream.records)
  const heard = streams.filter((stream) => stream.records > 0).length
  const share = (part: number, whole: number): number => Math.max(0, 1 - part / whole)
  const fresh = feed.newReasons.reduce((sum, one) => sum + one.records, 0)
  return {
    ...(expected === 0
      ? {}
      : { completeness: total((one) => Math.min(one.records, expectedOf(one, feed))) / expected }),
    ...(records === 0
      ? {}
      : {
          timeliness: share(
            total(({ late }) => late),
            records,
          ),
          order: share(
            total(({ disordered }) => disordered),
            records,
          ),
          clock: share(lags.length, heard),
          agreement: share(against.length, heard),
        }),
    ...(records + feed.rejected === 0
      ? {}
      : { validity: share(total(({ doubted }) => doubted) + feed.rejected, records + feed.rejected) }),
    ...(feed.received === 0
      ? {}
      : { uniqueness: share(feed.duplicates, feed.received), schema: share(fresh, feed.received) }),
  }
}

export function medianOf(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
