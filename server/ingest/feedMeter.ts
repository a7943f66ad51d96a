import type { FeedNo, WorldNo } from '@/domain/ids'

/** What one batch of a feed came to. */
export interface FeedCounts {
  readonly received: number
  readonly accepted: number
  readonly duplicates: number
  readonly corrections: number
  readonly late: number
  readonly rejected: number
  readonly flagged: number
}

/** A closed or running minute of machine time; `minute` is its start in epoch ms. */
export interface FeedMinute extends FeedCounts {
  readonly world: WorldNo
  readonly feed: FeedNo
  readonly minute: number
}

/** A feed since the start of this server. */
export interface FeedMeasure {
  readonly totals: FeedCounts
  /** The last closed minute; zeros where nothing came. */
  readonly lastMinute: FeedCounts
  /** World time of the last accepted record's arrival, and the newest phenomenon time. */
  readonly lastKnownTime: number | undefined
  readonly lastPhenomenonTime: number | undefined
}

const MINUTE = 60_000
const NONE: FeedCounts = { received: 0, accepted: 0, duplicates: 0, corrections: 0, late: 0, rejected: 0, flagged: 0 }

const sum = (a: FeedCounts, b: FeedCounts): FeedCounts => ({
  received: a.received + b.received,
  accepted: a.accepted + b.accepted,
  duplicates: a.duplicates + b.duplicates,
  corrections: a.corrections + b.corrections,
  late: a.late + b.late,
  rejected: a.rejected + b.rejected,
  flagged: a.flagged + b.flagged,
})

interface Held {
  readonly world: WorldNo
  totals: FeedCounts
  minute: number
  current: FeedCounts
  before: FeedCounts
  lastKnownTime: number | undefined
  lastPhenomenonTime: number | undefined
}

/** Counts what each feed delivers, per minute of machine time. */
export class FeedMeter {
  readonly #feeds = new Map<FeedNo, Held>()
  #closed: FeedMinute[] = []

  /** `now` in machine time; the other times in the World's clock. */
  add(
    feed: { readonly no: FeedNo; readonly world: WorldNo },
    counts: FeedCounts,
    at: { now: number; knownTime: number; newest: number | undefined },
  ): void {
    const held = this.#held(feed)
    this.#turn(feed.no, held, at.now)
    held.totals = sum(held.totals, counts)
    held.current = sum(held.current, counts)
    if (counts.accepted > 0) held.lastKnownTime = at.knownTime
    if (at.newest !== undefined)
      held.lastPhenomenonTime = Math.max(held.lastPhenomenonTime ?? Number.NEGATIVE_INFINITY, at.newest)
  }

  /** What is known of a feed at machine time `now`. */
  measure(feed: FeedNo, now: number): FeedMeasure {
    const held = this.#feeds.get(feed)
    if (held === undefined)
      return { totals: NONE, lastMinute: NONE, lastKnownTime: undefined, lastPhenomenonTime: undefined }
    this.#turn(feed, held, now)
    const { totals, before, lastKnownTime, lastPhenomenonTime } = held
    return { totals, lastMinute: before, lastKnownTime, lastPhenomenonTime }
  }

  /** Minutes to be written: those that closed since the last call, and the running ones as they stand. */
  take(now: number): FeedMinute[] {
    for (const [feed, held] of this.#feeds) this.#turn(feed, held, now)
    const closed = this.#closed
    this.#closed = []
    const running = [...this.#feeds].filter(([, held]) => held.current.received > 0)
    return [
      ...closed,
      ...running.map(([feed, held]) => ({ ...held.current, world: held.world, feed, minute: held.minute })),
    ]
  }

  /** Gives closed minutes back after they could not be written. */
  giveBack(minutes: readonly FeedMinute[], now: number): void {
    const running = Math.floor(now / MINUTE) * MINUTE
    this.#closed.unshift(...minutes.filter(({ minute }) => minute < running))
    // Ten days of one feed, or a day of ten: what the store missed longer than that is in its log.
    this.#closed.splice(0, Math.max(0, this.#closed.length - 14_400))
  }

  #held({ no, world }: { readonly no: FeedNo; readonly world: WorldNo }): Held {
    const held = this.#feeds.get(no)
    if (held !== undefined) return held
    const made: Held = {
      world,
      totals: NONE,
      minute: 0,
      current: NONE,
      before: NONE,
      lastKnownTime: undefined,
      lastPhenomenonTime: undefined,
    }
    this.#feeds.set(no, made)
    return made
  }

  #turn(feed: FeedNo, held: Held, now: number): void {
    const minute = Math.floor(now / MINUTE) * MINUTE
    if (minute === held.minute) return
    if (held.current.received > 0) this.#closed.push({ ...held.current, world: held.world, feed, minute: held.minute })
    held.before = held.minute === minute - MINUTE ? held.current : NONE
    held.current = NONE
    held.minute = minute
  }
}
