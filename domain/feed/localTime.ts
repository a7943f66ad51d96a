import { type EpochMillis, epochMillis } from '../time'

/** A moment as a wall clock shows it; month 1 to 12. */
export interface WallTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
}

/** Which of two moments a wall time means that a clock shows twice (the hour that is set back). */
export type Ambiguous = 'earlier' | 'later'

export type LocalRefusal = 'timeUnreadable' | 'timeSkipped'

const HOUR = 3_600_000

/** Reads wall times of one IANA zone. Not for two threads: it remembers the offset of the last hour. */
export class ZoneReader {
  readonly #format: Intl.DateTimeFormat | undefined
  readonly #fixed: number | undefined
  readonly #offsets = new Map<number, number>()

  /** @throws RangeError on a zone that the runtime does not know. */
  constructor(zone: string) {
    this.#fixed = zone === 'UTC' ? 0 : fixedOffset(zone)
    if (this.#fixed !== undefined) return
    const parts = {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    } as const
    this.#format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', era: 'short', ...parts })
  }

  /** The moment of a wall time; a time that the zone skips (spring) or a date that does not exist is refused. */
  toEpoch(wall: WallTime, ambiguous: Ambiguous = 'earlier'): EpochMillis | LocalRefusal {
    const asUtc = wallAsUtc(wall)
    if (asUtc === undefined) return 'timeUnreadable'
    if (this.#fixed !== undefined) return epochMillis(asUtc - this.#fixed)
    // Offsets a day before and after bracket every change; a moment counts if the zone shows the wall time then.
    const before = asUtc - this.#offsetAt(asUtc - 24 * HOUR)
    const after = asUtc - this.#offsetAt(asUtc + 24 * HOUR)
    const fits = [before, after].filter((moment) => moment + this.#offsetAt(moment) === asUtc)
    if (fits.length === 0) return 'timeSkipped'
    return epochMillis(ambiguous === 'earlier' ? Math.min(...fits) : Math.max(...fits))
  }

  /** Milliseconds that the zone's clock is ahead of UTC. Zones change on quarter hours, so one is asked once. */
  #offsetAt(moment: number): number {
    const quarter = Math.floor(moment / (HOUR / 4))
    const known = this.#offsets.get(quarter)
    if (known !== undefined) return known
    const offset = this.#shown(quarter * (HOUR / 4)) - quarter * (HOUR / 4)
    if (this.#offsets.size > 4_096) this.#offsets.clear()
    this.#offsets.set(quarter, offset)
    return offset
  }

  #shown(moment: number): number {
    const parts: Record<string, string> = {}
    for (const { type, value } of this.#format?.formatToParts(moment) ?? []) parts[type] = value
    const number = (name: string): number => Number(parts[name])
    return Date.UTC(
      number('year'),
      number('month') - 1,
      number('day'),
      number('hour'),
      number('minute'),
      number('second'),
    )
  }
}

/** `+08:00` and the like: milliseconds ahead of UTC. */
function fixedOffset(zone: string): number | undefined {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone)
  if (match === null) return undefined
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * HOUR + Number(match[3]) * 60_000)
}

/** Epoch ms of the same digits in UTC; `undefined` for 30 February and the like. */
export function wallAsUtc(wall: WallTime): number | undefined {
  const { year, month, day, hour, minute, second, millisecond } = wall
  const inRange = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60
  if (!inRange || !(year >= 100 && year <= 9999)) return undefined
  const moment = Date.UTC(year, month - 1, day, hour, minute, second, millisecond)
  const back = new Date(moment)
  return back.getUTCDate() === day && back.getUTCMonth() === month - 1 ? moment : undefined
}
