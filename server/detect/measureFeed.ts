import type { Catalogue, Datastream, FeedEntry, Track } from '@/domain/catalogue'
import { feedStateAt, promisedPerMinute } from '@/domain/feedHealth'
import type { FeedHealth, LastHeard } from '@/domain/feedHealth'
import { RowState } from '@/domain/fold/columns'
import type { PictureStore } from '@/domain/fold/picture'
import { epochMillis } from '@/domain/time'
import type { EpochMillis } from '@/domain/time'

/** What the intake counted of one feed: the records of the last closed minute, the others over the last hour. */
export type FeedCounts = Pick<
  FeedHealth,
  'receivedPerMinute' | 'accepted' | 'duplicates' | 'corrections' | 'late' | 'rejected' | 'flagged' | 'counted'
>

export interface FeedQuestion {
  readonly feed: FeedEntry
  readonly latenessMs: number
  readonly catalogue: Catalogue
  readonly picture: PictureStore
  /** World time, and how fast it runs. */
  readonly now: EpochMillis
  readonly rate: number
  readonly heard: LastHeard | undefined
  readonly counts: FeedCounts
}

/** How a feed keeps its contract at this moment. A feed of reports has no streams to count; its reports are heard. */
export function measureFeed(question: FeedQuestion): FeedHealth {
  const { feed, latenessMs, catalogue, picture, now, rate, counts } = question
  const streams = catalogue.datastreams.filter((stream) => stream.feed === feed.no && stream.covered && !stream.masked)
  const tracks = catalogue.tracks.filter((track) => track.feed === feed.no)
  const heard = latest([
    question.heard,
    heardIn(picture.readings, streams),
    heardIn(picture.movers, tracks),
    heardOfReports(picture.reports, feed.no),
  ])
  return {
    feed: feed.no,
    state: feedStateAt({ periodSeconds: feed.periodSeconds, latenessMs }, heard, now),
    ...(heard === undefined
      ? {}
      : { lastKnownTime: epochMillis(heard.known), lastPhenomenonTime: epochMillis(heard.phenomenon) }),
    streamsExpected: streams.length + tracks.length,
    streamsOnTime: onTime(picture.readings, streams, now) + onTime(picture.movers, tracks, now),
    expectedPerMinute: promisedPerMinute(catalogue.datastreams, feed.no) * rate,
    ...counts,
  }
}

interface Rows {
  readonly length: number
  readonly state: Uint8Array
  readonly phenomenonTime: Float64Array
  readonly knownTime: Float64Array
}

function heardIn(rows: Rows, members: readonly (Datastream | Track)[]): LastHeard | undefined {
  let known = Number.NEGATIVE_INFINITY
  let phenomenon = Number.NEGATIVE_INFINITY
  for (const { no } of members) {
    if (no >= rows.length || rows.state[no] === RowState.never) continue
    known = Math.max(known, rows.knownTime[no] as number)
    phenomenon = Math.max(phenomenon, rows.phenomenonTime[no] as number)
  }
  return Number.isFinite(known) ? { known, phenomenon } : undefined
}

function heardOfReports(reports: PictureStore['reports'], feed: number): LastHeard | undefined {
  let known = Number.NEGATIVE_INFINITY
  let phenomenon = Number.NEGATIVE_INFINITY
  for (const report of reports.values()) {
    if (report.feed !== feed) continue
    known = Math.max(known, report.knownTime)
    phenomenon = Math.max(phenomenon, report.phenomenonTime)
  }
  return Number.isFinite(known) ? { known, phenomenon } : undefined
}

function latest(all: readonly (LastHeard | undefined)[]): LastHeard | undefined {
  const heard = all.filter((one) => one !== undefined)
  if (heard.length === 0) return undefined
  return {
    known: Math.max(...heard.map((one) => one.known)),
    phenomenon: Math.max(...heard.map((one) => one.phenomenon)),
  }
}

function onTime(rows: Rows, members: readonly (Datastream | Track)[], now: EpochMillis): number {
  let count = 0
  for (const { no, staleAfterSeconds } of members) {
    if (no >= rows.length || rows.state[no] !== RowState.fresh) continue
    if (now - (rows.phenomenonTime[no] as number) <= staleAfterSeconds * 1000) count++
  }
  return count
}
