import type { CountedMinutes } from '@/domain/feedHealth'
import type { FeedNo, WorldNo } from '@/domain/ids'
import { hours, minutes } from '@/domain/time'

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

/** A feed over closed minutes of machine time; what came since the last of them is not in it. */
export interface FeedMeasure {
  readonly lastHour: FeedCounts
  readonly lastMinute: FeedCounts
  /** The minutes of `lastHour`; the last of them is `lastMinute`. */
  readonly counted: CountedMinutes
}

const MINUTE = minutes(1)
const HOUR = hours(1)
const NONE: FeedCounts = { received: 0, accepted: 0, duplicates: 0, corrections: 0, late: 0, rejected: 0, flagged: 0 }

export const sumOf = (a: FeedCounts, b: FeedCounts): FeedCounts => ({
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
  minute: number
  current: FeedCounts
  /** Closed minutes of the last hour in which something came, the oldest first. */
  closed: { readonly minute: number; readonly counts: FeedCounts }[]
}

const minuteOf = (now: number): number => Math.floor(now / MINUTE) * MINUTE

/** Counts what each feed delivers to this server, per minute of machine time. */
export class FeedMeter {
  readonly #server: string
  readonly #feeds = new Map<FeedNo, Held>()
  #closed: FeedMinute[] = []
  /** The first minute that this meter knows all of. */
  #since = Number.POSITIVE_INFINITY

  constructor(server: string) {
    this.#server = server
  }

  /** `now` in machine time, when the intake opens; `held` are the minutes that this server counted before, if they are known. */
  open(now: number, held?: readonly FeedMinute[]): void {
    this.#since = held === undefined ? minuteOf(now) : 0
    for (const { world, feed, minute, ...counts } of held ?? []) {
      this.#held({ no: feed, world }).closed.push({ minute, counts })
    }
  }

  add(feed: { readonly no: FeedNo; readonly world: WorldNo }, counts: FeedCounts, now: number): void {
    const held = this.#held(feed)
    this.#turn(feed.no, held, now)
    held.current = sumOf(held.current, counts)
  }

  /** What is known of a feed at machine time `now`. */
  measure(feed: FeedNo, now: number): FeedMeasure {
    const to = minuteOf(now) - MINUTE
    const from = Math.min(to, Math.max(this.#since, to - HOUR + MINUTE))
    const counted = { from, to, by: this.#server }
    const held = this.#feeds.get(feed)
    if (held === undefined) return { lastHour: NONE, lastMinute: NONE, counted }
    this.#turn(feed, held, now)
    const within = held.closed.filter(({ minute }) => minute >= from && minute <= to)
    const total = (some: typeof within): FeedCounts => some.reduce((all, { counts }) => sumOf(all, counts), NONE)
    return { lastHour: total(within), lastMinute: total(within.filter(({ minute }) => minute === to)), counted }
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
  giveBack(taken: readonly FeedMinute[], now: number): void {
    this.#closed.unshift(...taken.filter(({ minute }) => minute < minuteOf(now)))
    // Ten days of one feed, or a day of ten: what the store missed longer than that is in its log.
    this.#closed.splice(0, Math.max(0, this.#closed.length - 14_400))
  }

  #held({ no, world }: { readonly no: FeedNo; readonly world: WorldNo }): Held {
    const held = this.#feeds.get(no)
    if (held !== undefined) return held
    const made: Held = { world, minute: 0, current: NONE, closed: [] }
    this.#feeds.set(no, made)
    return made
  }

  #turn(feed: FeedNo, held: Held, now: number): void {
    const minute = minuteOf(now)
    if (minute === held.minute) return
    if (held.current.received > 0) {
      this.#closed.push({ ...held.current, world: held.world, feed, minute: held.minute })
      held.closed.push({ minute: held.minute, counts: held.current })
    }
    held.closed = held.closed.filter((one) => one.minute >= minute - HOUR)
    held.current = NONE
    held.minute = minute
  }
}
