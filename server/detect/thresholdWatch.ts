import type { Datastream, Threshold } from '@/domain/catalogue'
import { isFlagged } from '@/domain/quality'

/** One value to be judged; `time` is its phenomenon time, `oldest` the earliest one that may still raise. */
export interface Sample {
  readonly time: number
  readonly value: number
  readonly quality: number
  readonly oldest: number
}

/** What a value means for the Alarm of one threshold. `since` is when the condition began to hold. */
export interface Crossing {
  readonly move: 'raise' | 'clear'
  readonly stream: Datastream
  readonly threshold: Threshold
  readonly value: number
  readonly since: number
}

interface Watch {
  /** Phenomenon time from which the value was beyond the threshold without a break. */
  since: number | undefined
}

/** Name of a threshold's condition among all Alarms of the World. */
export const conditionKey = (stream: Datastream, threshold: Threshold): string => `${stream.key}/${threshold.key}`

/**
 * Judges values against thresholds with hold and deadband. It knows nothing of Alarms: it says `raise` for as long as
 * the condition holds and `clear` for as long as it does not, and who listens moves what has to be moved.
 */
export class ThresholdWatch {
  readonly #watches = new Map<string, Watch>()
  readonly #newest = new Map<number, number>()

  /** A value that is late, from the future, or older than one that was judged, decides nothing. */
  judge(stream: Datastream, sample: Sample): Crossing[] {
    if (isFlagged(sample.quality, 'future')) return []
    if (isFlagged(sample.quality, 'late') || sample.time < sample.oldest) return []
    if (sample.time < (this.#newest.get(stream.no) ?? Number.NEGATIVE_INFINITY)) return []
    this.#newest.set(stream.no, sample.time)
    return stream.thresholds.flatMap((threshold) => this.#judgeOne(stream, threshold, sample) ?? [])
  }

  #judgeOne(stream: Datastream, threshold: Threshold, { time, value }: Sample): Crossing | undefined {
    const key = conditionKey(stream, threshold)
    const watch = this.#watches.get(key) ?? { since: undefined }
    this.#watches.set(key, watch)
    const beyond = threshold.op === '>=' ? value - threshold.value : threshold.value - value
    if (beyond >= 0) {
      watch.since ??= time
      const held = time - watch.since >= threshold.holdSeconds * 1000
      return held ? { move: 'raise', stream, threshold, value, since: watch.since } : undefined
    }
    watch.since = undefined
    // Within the deadband nothing moves: a value that trembles at the line is one Alarm.
    return beyond < -threshold.deadband ? { move: 'clear', stream, threshold, value, since: time } : undefined
  }
}
