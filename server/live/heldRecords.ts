import type { LogRecord } from '@/domain/batch'
import type { WorldNo } from '@/domain/ids'
import { encodeRecord } from '@/domain/batchCodec'

const KEEP_MS = 120_000
const MOST_BYTES = 32 * 1024 ** 2

export interface Held {
  readonly record: LogRecord
  readonly bytes: Uint8Array
  handedOver: boolean
}

/**
 * Records that this server has in its log and does not fold itself, for two minutes: for the leader, once it can be
 * reached, or for this server, should it become the leader. What no longer fits is read from the store instead.
 */
export class HeldRecords {
  #held: Held[] = []
  #bytes = 0

  /** Keeps the record and returns it as bytes for the leader. */
  keep(record: LogRecord): Held {
    const held = { record, bytes: encodeRecord(record), handedOver: false }
    this.#held.push(held)
    this.#bytes += held.bytes.byteLength
    this.#forget(record.recordedAt - KEEP_MS)
    return held
  }

  /** Takes out the records of one World, oldest first. */
  take(world: WorldNo): LogRecord[] {
    const taken = this.#held.filter((held) => held.record.world === world)
    this.#held = this.#held.filter((held) => held.record.world !== world)
    for (const { bytes } of taken) this.#bytes -= bytes.byteLength
    return taken.map((held) => held.record)
  }

  /** Those that the leader has not got, oldest first. */
  waiting(): readonly Held[] {
    return this.#held.filter((held) => !held.handedOver)
  }

  #forget(before: number): void {
    let gone = 0
    for (const { record, bytes } of this.#held) {
      if (record.recordedAt >= before && this.#bytes <= MOST_BYTES) break
      this.#bytes -= bytes.byteLength
      gone++
    }
    if (gone > 0) this.#held.splice(0, gone)
  }
}
