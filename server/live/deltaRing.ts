import type { ChannelPosition, Delta } from '@/domain/fold/delta'

const MOST_DELTAS = 600
const MOST_BYTES = 32 * 1024 ** 2
const DOCUMENT_BYTES = 400

/** The last deltas of one channel in one term, without a hole: what a screen that missed some is served from. */
export class DeltaRing {
  #deltas: Delta[] = []
  #bytes = 0

  push(delta: Delta): void {
    const last = this.#deltas.at(-1)
    if (last !== undefined && (last.epoch !== delta.epoch || last.to !== delta.from)) this.clear()
    this.#deltas.push(delta)
    this.#bytes += sizeOf(delta)
    while (this.#deltas.length > MOST_DELTAS || (this.#bytes > MOST_BYTES && this.#deltas.length > 1))
      this.#dropOldest()
  }

  clear(): void {
    this.#deltas = []
    this.#bytes = 0
  }

  /** The deltas that follow `position`, oldest first; undefined when they are no longer kept. */
  since(position: ChannelPosition): readonly Delta[] | undefined {
    const at = this.#deltas.findIndex((delta) => delta.from === position.seq && delta.epoch === position.epoch)
    return at < 0 ? undefined : this.#deltas.slice(at)
  }

  #dropOldest(): void {
    const oldest = this.#deltas.shift()
    if (oldest !== undefined) this.#bytes -= sizeOf(oldest)
  }
}

function sizeOf({ body }: Delta): number {
  switch (body.channel) {
    case 'readings':
    case 'movers':
      return body.rows.byteLength
    default:
      return body.put.length * DOCUMENT_BYTES
  }
}
