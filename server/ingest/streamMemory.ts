/** What the intake remembers of the streams of one World: their last values, for re-sends, corrections and flags. */

/** Re-sends of this many last records of a stream are seen in memory; older ones are looked up in ClickHouse. */
export const RING = 64
const PAGE_BITS = 9
const PAGE = 1 << PAGE_BITS

/** fresh: never seen. duplicate: same time and value. correction: same time, other value. unsure: ask the store. */
export const Verdict = { fresh: 0, duplicate: 1, correction: 2, unsure: 3 } as const
export type Verdict = (typeof Verdict)[keyof typeof Verdict]

class Page {
  readonly time = new Float64Array(PAGE * RING).fill(Number.NaN)
  readonly value = new Float64Array(PAGE * RING)
  /** Machine time of the note, seconds: whether the store can hold it already. */
  readonly noted = new Uint32Array(PAGE * RING)
  readonly next = new Uint8Array(PAGE)
  /** The newest time in the ring. */
  readonly newest = new Float64Array(PAGE).fill(Number.NEGATIVE_INFINITY)
  /** At or below this time memory may have forgotten; NaN while nothing is known of the store. */
  readonly floor = new Float64Array(PAGE).fill(Number.NaN)
}

/** Records that left the ring before the store had them are kept apart, up to this many. */
const APART = 1_000_000

interface Apart {
  readonly value: number
  readonly noted: number
}

/** Typed arrays by stream number, in pages that are made when a stream is first heard. 1.3 KB a stream. */
export class StreamMemory {
  readonly #pages: (Page | undefined)[] = []
  readonly #apart = new Map<string, Apart>()
  #now = 0
  #stored = 0

  /** Machine times, seconds: now, and up to when what was noted is certainly in the store. */
  advance(now: number, stored: number): void {
    this.#now = now
    this.#stored = stored
    for (const [key, { noted }] of this.#apart) {
      if (noted >= stored && this.#apart.size <= APART) return
      this.#apart.delete(key)
    }
  }

  /** What a record is, by memory alone. Hot path. */
  judge(stream: number, time: number, value: number): Verdict {
    const page = this.#page(stream)
    const at = stream & (PAGE - 1)
    if (!(time > (page.newest[at] as number))) {
      const held = this.#find(page, at, time)
      if (held >= 0)
        return Object.is(page.value[held], value) || page.value[held] === value ? Verdict.duplicate : Verdict.correction
    }
    if (time > (page.floor[at] as number)) return Verdict.fresh
    const apart = this.#apart.size === 0 ? undefined : this.#apart.get(`${stream}/${time}`)
    if (apart === undefined) return Verdict.unsure
    return apart.value === value ? Verdict.duplicate : Verdict.correction
  }

  note(stream: number, time: number, value: number): void {
    const page = this.#page(stream)
    const at = stream & (PAGE - 1)
    const slot = at * RING + (page.next[at] as number)
    const forgotten = page.time[slot] as number
    if (forgotten > (page.floor[at] as number)) page.floor[at] = forgotten
    const noted = page.noted[slot] as number
    if (noted >= this.#stored && !Number.isNaN(forgotten))
      this.#apart.set(`${stream}/${forgotten}`, { value: page.value[slot] as number, noted })
    page.noted[slot] = this.#now
    page.time[slot] = time
    page.value[slot] = value
    page.next[at] = ((page.next[at] as number) + 1) % RING
    if (time > (page.newest[at] as number)) page.newest[at] = time
  }

  /** Takes back a record that did not become durable. */
  forget(stream: number, time: number, value: number): void {
    const page = this.#page(stream)
    const at = stream & (PAGE - 1)
    const held = this.#find(page, at, time)
    if (held >= 0 && page.value[held] === value) page.time[held] = Number.NaN
    else this.#apart.delete(`${stream}/${time}`)
  }

  /** True while it is not known what the store holds of the stream. */
  isCold(stream: number): boolean {
    return Number.isNaN(this.#page(stream).floor[stream & (PAGE - 1)])
  }

  /** The store holds nothing of the stream after `time`; -Infinity when it holds nothing at all. */
  warm(stream: number, time: number): void {
    const page = this.#page(stream)
    const at = stream & (PAGE - 1)
    const held = page.floor[at] as number
    page.floor[at] = Number.isNaN(held) ? time : Math.max(held, time)
  }

  /** Slot of the newest entry of that time, or -1. */
  #find(page: Page, at: number, time: number): number {
    const base = at * RING
    const next = page.next[at] as number
    for (let back = 1; back <= RING; back++) {
      const slot = base + ((next - back + RING) % RING)
      if (page.time[slot] === time) return slot
    }
    return -1
  }

  #page(stream: number): Page {
    const no = stream >>> PAGE_BITS
    return (this.#pages[no] ??= new Page())
  }
}
