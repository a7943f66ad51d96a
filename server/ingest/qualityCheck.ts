import type { Datastream, ObservedProperty } from '@/domain/catalogue'
import type { FeedNo } from '@/domain/ids'
import { Quality } from '@/domain/quality'

const MINUTE = 60_000
/** Clocks of producers run ahead by seconds; a minute is no clock any more. */
const FUTURE_TOLERANCE_MS = MINUTE

/** The moment of a check in the World's clock; a fast clock is uncertain by what it runs in a tenth of a second. */
export interface CheckTime {
  readonly knownTime: number
  readonly rate: number
  readonly latenessMs: number
}

/** Flags of observations against the bounds of their property. Bounds lie in columns by stream number. */
export class QualityCheck {
  /** Bits that every value of the stream gets: its feed is degraded. */
  #always = new Uint16Array(0)
  #low = new Float64Array(0)
  #high = new Float64Array(0)
  #rate = new Float64Array(0)
  #stuckAfter = new Float64Array(0)
  #lastTime = new Float64Array(0)
  #lastValue = new Float64Array(0)
  #sameSince = new Float64Array(0)

  /** Takes the bounds of streams; what was seen of them is kept. */
  learn(
    streams: readonly Datastream[],
    propertyOf: (key: string) => ObservedProperty | undefined,
    isDegraded: (feed: FeedNo) => boolean = () => false,
  ): void {
    this.#reach(streams.reduce((most, stream) => Math.max(most, stream.no + 1), this.#low.length))
    for (const stream of streams) {
      this.#always[stream.no] = isDegraded(stream.feed) ? Quality.suspect : 0
      this.#bound(stream.no, propertyOf(stream.property) ?? {})
    }
  }

  #bound(
    no: number,
    {
      range: [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
      maxChangePerMinute = Number.POSITIVE_INFINITY,
      stuckAfterSeconds = Number.POSITIVE_INFINITY,
    }: Pick<ObservedProperty, 'range' | 'maxChangePerMinute' | 'stuckAfterSeconds'>,
  ): void {
    this.#low[no] = low
    this.#high[no] = high
    this.#rate[no] = maxChangePerMinute / MINUTE
    this.#stuckAfter[no] = stuckAfterSeconds * 1000
  }

  /** Bits of `Quality`; remembers the value when it is newer than what it saw. Hot path. */
  flags(stream: number, time: number, value: number, at: CheckTime): number {
    let bits = this.#always[stream] as number
    if (value < (this.#low[stream] as number) || value > (this.#high[stream] as number)) bits |= Quality.outOfRange
    if (time > at.knownTime + FUTURE_TOLERANCE_MS + at.rate * 100) bits |= Quality.future
    else if (at.knownTime - time > at.latenessMs + at.rate * 100) bits |= Quality.late
    const last = this.#lastTime[stream] as number
    if (Number.isNaN(last)) return this.#remember(stream, time, value, bits)
    if (time <= last) return bits
    const before = this.#lastValue[stream] as number
    if (value === before) {
      if (time - (this.#sameSince[stream] as number) >= (this.#stuckAfter[stream] as number)) bits |= Quality.stuck
      this.#lastTime[stream] = time
      return bits
    }
    if (Math.abs(value - before) > (this.#rate[stream] as number) * (time - last)) bits |= Quality.rateOfChange
    return this.#remember(stream, time, value, bits)
  }

  #remember(stream: number, time: number, value: number, bits: number): number {
    this.#lastTime[stream] = time
    this.#lastValue[stream] = value
    this.#sameSince[stream] = time
    return bits
  }

  #reach(length: number): void {
    if (length <= this.#low.length) return
    const room = Math.max(length, this.#low.length * 2, 256)
    const grown = (from: Float64Array, empty: number): Float64Array<ArrayBuffer> => {
      const to = new Float64Array(room).fill(empty)
      to.set(from)
      return to
    }
    const always = new Uint16Array(room)
    always.set(this.#always)
    this.#always = always
    this.#low = grown(this.#low, Number.NEGATIVE_INFINITY)
    this.#high = grown(this.#high, Number.POSITIVE_INFINITY)
    this.#rate = grown(this.#rate, Number.POSITIVE_INFINITY)
    this.#stuckAfter = grown(this.#stuckAfter, Number.POSITIVE_INFINITY)
    this.#lastTime = grown(this.#lastTime, Number.NaN)
    this.#lastValue = grown(this.#lastValue, 0)
    this.#sameSince = grown(this.#sameSince, 0)
  }
}
