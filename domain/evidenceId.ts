import { FeedNo, StreamNo, TrackNo, Uuid } from './ids'
import { epochMillis } from './time'
import type { EpochMillis } from './time'

/** What Belfry counts and can count again from its stores. */
export const COUNTS = [
  'streams',
  'streamsOnTime',
  'streamsSilent',
  'streamsNeverHeard',
  'feeds',
  'feedsOnTime',
  'feedsLate',
  'feedsSilent',
  'alarmsOpen',
  'tracks',
  'tracksOnTime',
  'tracksMoving',
  'reportsOfDay',
] as const
export type CountSubject = (typeof COUNTS)[number]

/** What the strip of a Feed counts over machine minutes. */
export const FEED_COUNTS = ['received', 'late', 'duplicates', 'corrections', 'rejected', 'flagged'] as const
export type FeedCountSubject = (typeof FEED_COUNTS)[number]

/**
 * The question behind a number, small enough for a link. A reading is one stored row, named by stream, phenomenon time
 * and seq, and so is the speed of a position; a count is a total as known at a moment of the World's clock; a report is one revision of it; a feed count
 * is over machine minutes, of one server or of all (`by` empty); a promise and a limit stand in the catalogue.
 */
export type EvidenceId =
  | {
      readonly kind: 'reading'
      readonly stream: StreamNo
      readonly phenomenonTime: EpochMillis
      readonly epoch: number
      readonly offset: number
    }
  | { readonly kind: 'count'; readonly what: CountSubject; readonly knownTime: EpochMillis }
  | {
      readonly kind: 'speed'
      readonly track: TrackNo
      readonly phenomenonTime: EpochMillis
      readonly epoch: number
      readonly offset: number
    }
  | { readonly kind: 'report'; readonly report: Uuid; readonly revisedAt: EpochMillis }
  | {
      readonly kind: 'feed'
      readonly feed: FeedNo
      readonly what: FeedCountSubject
      readonly from: number
      readonly to: number
      readonly by: string
      readonly knownTime: EpochMillis
    }
  | { readonly kind: 'promise'; readonly feed: FeedNo; readonly knownTime: EpochMillis }
  | { readonly kind: 'limit'; readonly stream: StreamNo; readonly threshold: string; readonly knownTime: EpochMillis }

const MOMENT = String.raw`-?\d{1,16}(?:\.\d{1,3})?`
const READING = new RegExp(String.raw`^reading\/(\d{1,10})@(${MOMENT})\/(\d{1,8})-(\d{1,13})$`)
const SPEED = new RegExp(String.raw`^speed\/(\d{1,10})@(${MOMENT})\/(\d{1,8})-(\d{1,13})$`)
const COUNT = new RegExp(String.raw`^count\/([A-Za-z]{1,40})\/(${MOMENT})$`)
const REPORT = new RegExp(String.raw`^report\/([0-9a-f-]{36})@(${MOMENT})$`)
const FEED = new RegExp(String.raw`^feed\/(\d{1,5})\/([a-z]{1,20})\/(\d{1,16})-(\d{1,16})\/([\w-]{0,32})@(${MOMENT})$`)
const PROMISE = new RegExp(String.raw`^promise\/(\d{1,5})@(${MOMENT})$`)
const LIMIT = new RegExp(String.raw`^limit\/(\d{1,10})\/([\p{L}\p{N}._:@\/+-]{1,120})@(${MOMENT})$`, 'u')

/** The text of an EvidenceSource of kind `query`. */
export function formatEvidenceId(id: EvidenceId): string {
  switch (id.kind) {
    case 'reading':
      return `reading/${id.stream}@${id.phenomenonTime}/${id.epoch}-${id.offset}`
    case 'speed':
      return `speed/${id.track}@${id.phenomenonTime}/${id.epoch}-${id.offset}`
    case 'count':
      return `count/${id.what}/${id.knownTime}`
    case 'report':
      return `report/${id.report}@${id.revisedAt}`
    case 'feed':
      return `feed/${id.feed}/${id.what}/${id.from}-${id.to}/${id.by}@${id.knownTime}`
    case 'promise':
      return `promise/${id.feed}@${id.knownTime}`
    case 'limit':
      return `limit/${id.stream}/${id.threshold}@${id.knownTime}`
  }
}

/** Reads what `formatEvidenceId` wrote; `undefined` for anything else. */
export function parseEvidenceId(text: string): EvidenceId | undefined {
  return (
    readReading(READING.exec(text)) ??
    readSpeed(SPEED.exec(text)) ??
    readCount(COUNT.exec(text)) ??
    readReport(REPORT.exec(text)) ??
    readFeed(FEED.exec(text)) ??
    readPromise(PROMISE.exec(text)) ??
    readLimit(LIMIT.exec(text))
  )
}

const moment = (text: string | undefined): EpochMillis => epochMillis(Number(text))
const streamOf = (text: string | undefined): StreamNo | undefined => StreamNo.safeParse(Number(text)).data
const feedOf = (text: string | undefined): FeedNo | undefined => FeedNo.safeParse(Number(text)).data

function readReading(parts: RegExpExecArray | null): EvidenceId | undefined {
  const stream = streamOf(parts?.[1])
  if (parts === null || stream === undefined) return undefined
  return {
    kind: 'reading',
    stream,
    phenomenonTime: moment(parts[2]),
    epoch: Number(parts[3]),
    offset: Number(parts[4]),
  }
}

function readSpeed(parts: RegExpExecArray | null): EvidenceId | undefined {
  const track = TrackNo.safeParse(Number(parts?.[1])).data
  if (parts === null || track === undefined) return undefined
  return {
    kind: 'speed',
    track,
    phenomenonTime: moment(parts[2]),
    epoch: Number(parts[3]),
    offset: Number(parts[4]),
  }
}

function readCount(parts: RegExpExecArray | null): EvidenceId | undefined {
  const what = COUNTS.find((subject) => subject === parts?.[1])
  return what === undefined ? undefined : { kind: 'count', what, knownTime: moment(parts?.[2]) }
}

function readReport(parts: RegExpExecArray | null): EvidenceId | undefined {
  const report = Uuid.safeParse(parts?.[1]).data
  return report === undefined ? undefined : { kind: 'report', report, revisedAt: moment(parts?.[2]) }
}

function readFeed(parts: RegExpExecArray | null): EvidenceId | undefined {
  const feed = feedOf(parts?.[1])
  const what = FEED_COUNTS.find((subject) => subject === parts?.[2])
  if (parts === null || feed === undefined || what === undefined) return undefined
  const [from, to] = [Number(parts[3]), Number(parts[4])]
  return { kind: 'feed', feed, what, from, to, by: parts[5] ?? '', knownTime: moment(parts[6]) }
}

function readPromise(parts: RegExpExecArray | null): EvidenceId | undefined {
  const feed = feedOf(parts?.[1])
  return feed === undefined ? undefined : { kind: 'promise', feed, knownTime: moment(parts?.[2]) }
}

function readLimit(parts: RegExpExecArray | null): EvidenceId | undefined {
  const stream = streamOf(parts?.[1])
  const threshold = parts?.[2]
  if (stream === undefined || threshold === undefined) return undefined
  return { kind: 'limit', stream, threshold, knownTime: moment(parts?.[3]) }
}
