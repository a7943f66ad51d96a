import { gradeOf } from '@/domain/feed/feedQuality'
import { type FeedSpan, type StreamSpan, judgeFeed } from '@/domain/feed/judgeFeed'
import type { WorldNo } from '@/domain/ids'
import { epochMillis, hours, minutes } from '@/domain/time'
import { type WorldClock, worldTimeAt } from '@/domain/world'
import type { JobContext } from '../jobSpec'
import { worldClocks } from '../worldClocks'
import { qualityFeeds, qualityStreams, qualityTracks } from './queries/qualityStreams'
import { type QualityRow, saveQuality } from './queries/saveQuality'
import { feedsBetween, newReasons, streamsBetween, tracksBetween } from './queries/spokenBetween'

const HOUR = hours(1)
/** An hour is not judged before this much of it has passed: one missing record would be half of it. */
const LEAST_MS = minutes(10)
/** The store may take what came a moment ago this much later. */
const SETTLE_MS = 5_000
/** Machine time around a span in which its records may have been recorded. */
const MARGIN_SECONDS = 120
/** Hours judged anew in each run: the running one, and the one before for what came late into the store. */
const HOURS_PER_RUN = 2

interface Span {
  readonly world: WorldNo
  readonly from: number
  readonly to: number
  readonly recordedFrom: number
  readonly recordedTo: number
}

/** Judges every feed of every World for the running hour of its clock and the one before. */
export async function qualityJob(
  _payload: object,
  context: JobContext,
): Promise<{ worlds: number; feeds: number; findings: number }> {
  const { clickhouse, postgres, clock, signal } = context
  const total = { worlds: 0, feeds: 0, findings: 0 }
  for (const { no, clock: own } of await worldClocks(postgres, {})) {
    signal.throwIfAborted()
    const now = worldTimeAt(own, clock.now()) - SETTLE_MS * own.rate
    if (own.rate === 0) continue
    for (let back = 0; back < HOURS_PER_RUN; back++) {
      const hour = Math.floor(now / HOUR - back) * HOUR
      const from = Math.max(hour, own.anchorWorld)
      const to = Math.min(hour + HOUR, now)
      if (to - from < LEAST_MS) continue
      const rows = await judgedHour(context, spanOf(no, own, { from, to }), { hour, own })
      await saveQuality(clickhouse, rows, clock.now() - back)
      total.feeds += rows.length
      total.findings += rows.reduce((sum, { findings }) => sum + findings.length, 0)
    }
    total.worlds += 1
  }
  return total
}

function spanOf(world: WorldNo, clock: WorldClock, { from, to }: { from: number; to: number }): Span {
  const machine = (at: number): number => (clock.anchorReal + (at - clock.anchorWorld) / clock.rate) / 1_000
  const recordedFrom = Math.max(0, Math.floor(machine(from)) - MARGIN_SECONDS)
  return { world, from, to, recordedFrom, recordedTo: Math.ceil(machine(to)) + MARGIN_SECONDS }
}

async function judgedHour(
  context: JobContext,
  span: Span,
  { hour, own }: { hour: number; own: WorldClock },
): Promise<QualityRow[]> {
  const { clickhouse, postgres, signal } = context
  const { world } = span
  const feeds = await qualityFeeds(postgres, { world })
  if (feeds.length === 0) return []
  const counted = {
    world,
    recordedFrom: span.recordedFrom + MARGIN_SECONDS,
    recordedTo: span.recordedTo - MARGIN_SECONDS,
  }
  const [spans, counts, reasons] = await Promise.all([
    streamSpans(context, span, own),
    feedsBetween(clickhouse, counted, signal),
    newReasons(clickhouse, span, signal),
  ])
  const all = [...spans.values()].flat()
  return feeds.flatMap(({ no, latenessSeconds, createdAt }) => {
    // A feed owes nothing for the time before it was registered.
    const since = Math.max(span.from, worldTimeAt(own, epochMillis(createdAt)))
    if (span.to - since < LEAST_MS) return []
    const count = counts.find((one) => one.feed === no) ?? { received: 0, duplicates: 0, rejected: 0 }
    const streams = spans.get(no) ?? []
    const feed: FeedSpan = {
      ...count,
      ...{ lengthMs: span.to - since, latenessMs: latenessSeconds * 1_000 },
      newReasons: reasons.filter((one) => one.feed === no),
    }
    const { aspects, findings } = judgeFeed(streams, feed, all)
    const expected = streams.reduce((sum, { periodMs }) => sum + Math.floor(feed.lengthMs / periodMs), 0)
    const records = streams.reduce((sum, one) => sum + one.records, 0)
    return [{ world, feed: no, hour, ...gradeOf(aspects), expected, records, aspects, findings }]
  })
}

/** Every stream and track by its feed, with what it said in the span and in the hour before. */
async function streamSpans(
  { clickhouse, postgres, signal }: JobContext,
  span: Span,
  own: WorldClock,
): Promise<Map<number, StreamSpan[]>> {
  const { world } = span
  const before = spanOf(world, own, { from: span.from - HOUR, to: span.from })
  const [feeds, streams, tracks, said, saidBefore, moved] = await Promise.all([
    qualityFeeds(postgres, { world }),
    qualityStreams(postgres, { world }),
    qualityTracks(postgres, { world }),
    streamsBetween(clickhouse, span, signal),
    streamsBetween(clickhouse, before, signal),
    tracksBetween(clickhouse, span, signal),
  ])
  const medians = new Map(saidBefore.map(({ no, median }) => [no, median]))
  const spoken = new Map(said.map((one) => [one.no, one]))
  const places = new Map(moved.map((one) => [one.no, one]))
  const periods = new Map(feeds.map(({ no, periodSeconds }) => [no, periodSeconds]))
  const out = new Map<number, StreamSpan[]>(feeds.map(({ no }) => [no, []]))
  for (const { no, feed, key, property, periodSeconds, longitude, latitude } of streams) {
    const medianBefore = medians.get(no)
    out.get(feed)?.push({
      ...{ key, property, periodMs: periodSeconds * 1_000, ...(spoken.get(no) ?? NOTHING) },
      ...(longitude === null || latitude === null ? {} : { place: [longitude, latitude] }),
      ...(medianBefore === undefined ? {} : { medianBefore }),
    })
  }
  for (const { no, feed, key } of tracks) {
    const periodMs = (periods.get(feed) ?? 60) * 1_000
    out.get(feed)?.push({ key, property: '', periodMs, ...(places.get(no) ?? NOTHING) })
  }
  return out
}

const NOTHING = { records: 0, late: 0, doubted: 0, jumps: 0, disordered: 0, delayMs: 0, median: Number.NaN } as const
