import { randomBytes } from 'node:crypto'
import type { PictureStore } from '@/domain/fold/picture'
import { TraceId } from '@/domain/ids'
import type { FeedNo, WorldNo } from '@/domain/ids'
import type { EpochMillis } from '@/domain/time'
import type { Log } from '@/platform/log'
import type { RecordDraft } from '../ingest/log/recordDraft'
import { overdueStreams } from './overdue'
import type { Overdue } from './overdue'
import type { DetectCatalogue } from './detectCatalogue'
import type { Append } from '../live/relay'

/** Makes an event of each silence of one World, once: the record it is about is remembered until the picture has it. */
export class SilenceDetector {
  readonly #append: Append
  readonly #log: Log
  readonly #told = new Map<number, number>()

  constructor({ append, log }: { readonly append: Append; readonly log: Log }) {
    this.#append = append
    this.#log = log
  }

  /** Looks once. Resolves when what was found is durable. */
  async look(world: WorldNo, catalogue: DetectCatalogue, seen: Seen): Promise<void> {
    const streams = catalogue.catalogue(world).datastreams
    const found = overdueStreams(streams, seen.picture.readings, seen.now)
    const fresh = found.filter(({ stream, last }) => this.#told.get(stream.no) !== last)
    if (fresh.length === 0) return
    for (const { stream, last } of fresh) this.#told.set(stream.no, last)
    try {
      for (const [feed, ofFeed] of byFeed(fresh)) await this.#append(draftOf({ world, feed, now: seen.now }, ofFeed))
    } catch (cause) {
      for (const { stream } of fresh) this.#told.delete(stream.no)
      this.#log.warn({ err: cause, world }, 'silences not recorded, trying again')
    }
  }
}

interface Seen {
  readonly picture: PictureStore
  readonly now: EpochMillis
}

function byFeed(found: readonly Overdue[]): Map<FeedNo, Overdue[]> {
  const feeds = new Map<FeedNo, Overdue[]>()
  for (const overdue of found) {
    const ofFeed = feeds.get(overdue.stream.feed)
    if (ofFeed === undefined) feeds.set(overdue.stream.feed, [overdue])
    else ofFeed.push(overdue)
  }
  return feeds
}

function draftOf(head: { world: WorldNo; feed: FeedNo; now: EpochMillis }, found: readonly Overdue[]): RecordDraft {
  return {
    kind: 'silences',
    world: head.world,
    feed: head.feed,
    knownTime: head.now,
    traceId: TraceId.parse(randomBytes(16).toString('hex')),
    stream: Uint32Array.from(found, ({ stream }) => stream.no),
    lastPhenomenonTime: Float64Array.from(found, ({ last }) => last),
    since: Float64Array.from(found, ({ since }) => since),
  }
}
