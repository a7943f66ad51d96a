import type { LogRecord } from '@/domain/batch'
import type { Datastream } from '@/domain/catalogue'
import type { WorldNo } from '@/domain/ids'
import { isFlagged } from '@/domain/quality'

/** A value of a Datastream; phenomenon time in ms of the World. */
export interface Sample {
  readonly time: number
  readonly value: number
}

/** Minutes that forecasts read back. */
export const REMEMBERED_MINUTES = 90
const MINUTE = 60_000
/** No denser than this: a gauge of ten seconds is thinned. */
const EVERY_MS = 30_000

/**
 * The last hour and a half of what forecasts read, by Datastream, as it was taken in: gauges that lie about their time or
 * are out of range are left out.
 */
export class SampleMemory {
  readonly #properties: ReadonlySet<string>
  readonly #streamOf: (world: WorldNo, no: number) => Datastream | undefined
  readonly #samples = new Map<string, Sample[]>()

  constructor(properties: readonly string[], streamOf: (world: WorldNo, no: number) => Datastream | undefined) {
    this.#properties = new Set(properties)
    this.#streamOf = streamOf
  }

  hear(record: LogRecord): void {
    if (record.kind !== 'observations') return
    for (let row = 0; row < record.stream.length; row++) {
      const stream = this.#streamOf(record.world, record.stream[row]!)
      if (stream === undefined || !this.#properties.has(stream.property)) continue
      const quality = record.quality[row]!
      if (isFlagged(quality, 'future') || isFlagged(quality, 'outOfRange')) continue
      this.add(record.world, stream.no, { time: record.phenomenonTime[row]!, value: record.value[row]! })
    }
  }

  add(world: WorldNo, stream: number, sample: Sample): void {
    const key = `${world}/${stream}`
    const held = this.#samples.get(key) ?? []
    if (held.length === 0) this.#samples.set(key, held)
    const last = held.at(-1)
    if (last !== undefined && sample.time < last.time + EVERY_MS && sample.time > last.time) return
    const at = held.findIndex(({ time }) => time >= sample.time)
    if (at < 0) held.push(sample)
    else if (held[at]!.time === sample.time) held[at] = sample
    else held.splice(at, 0, sample)
    const oldest = held.at(-1)!.time - REMEMBERED_MINUTES * MINUTE
    while (held.length > 0 && held[0]!.time < oldest) held.shift()
  }

  /** In the order of time. */
  of(world: WorldNo, stream: number): readonly Sample[] {
    return this.#samples.get(`${world}/${stream}`) ?? []
  }
}
