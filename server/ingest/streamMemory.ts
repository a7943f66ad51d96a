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
  /** 1 where the record was ahead of its World's clock. */
  readonly future = new Uint8Array(PAGE * RING)
  readonly next = new Uint8Array(PAGE)
  /** The newest time in the ring. */
  readonly newest = new Float64Array(PAGE).fill(Number.NEGATIVE_INFINITY)
  /** At or below this time memory may have forgotten; NaN while nothing is known of the store. */
  readonly floor = new Float64Array(PAGE).fill(Number.NaN)
  /** The newest time that memory forgot, known also while the floor is not. */
  readonly lost = new Float64Array(PAGE).fill(Number.NEGATIVE_INFINITY)
  /** 1 once a record of the stream is kept among those ahead. */
  readonly ahead = new Uint8Array(PAGE)
}

/** Records that left the ring before the store had them are kept apart, up to this many. */
const APART = 1_000_000

/** Records ahead of the clock that left the ring are kept, up to this many: one wrong clock must not raise a floor. */
const AHEAD = 100_000

interface Apart {
  readonly value: number
  readonly noted: number
}

interface Ahead extends Apart {
  readonly stream: number
  readonly time: number
}

/** Typed arrays by stream number, in pages that are made when a stream is first heard. 1.4 KB a stream. */
export class StreamMemory {
  readonly #pages: (Page | undefined)[] = []
  readonly #apart = new Map<string, Apart>()
  readonly #ahead = new Map<string, Ahead>()
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
    const ahead = page.ahead[at] === 0 ? undefined : this.#ahead.get(`${stream}/${time}`)
    if (ahead === undefined && time > (page.floor[at] as number)) return Verdict.fresh
    const apart = ahead ?? (this.#apart.size === 0 ? undefined : this.#apart.get(`${stream}/${time}`))
    if (apart === undefined) return Verdict.unsure
    return apart.value === value ? Verdict.duplicate : Verdict.correction
  }

  /** Remembers a record; `future` when it is ahead of its World's clock. */
  note(stream: number, time: number, value: number, future = false): void {
    const page = this.#page(stream)
    const at = stream & (PAGE - 1)
    const slot = at * RING + (page.next[at] as number)
    if (!Number.isNaN(page.time[slot])) this.#evict(stream, page, slot)
    page.noted[slot] = this.#now
    page.time[slot] = time
    page.value[slot] = value
    page.future[slot] = future ? 1 : 0
    page.next[at] = ((page.next[at] as number) + 1) % RING
    if (time > (page.newest[at] as number)) page.newest[at] = time
  }

  /** Takes back a record that did not become durable. */
  forget(stream: number, time: number, value: number): void {
    const page = this.#page(stream)
    const at = stream & (PAGE - 1)
    const held = this.#find(page, at, time)
    if (held >= 0 && page.value[held] === value) page.time[held] = Number.NaN
    else {
      this.#apart.delete(`${stream}/${time}`)
      this.#ahead.delete(`${stream}/${time}`)
    }
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
    page.floor[at] = Math.max(Number.isNaN(held) ? Number.NEGATIVE_INFINITY : held, time, page.lost[at] as number)
  }

  /** A record leaves the ring. */
  #evict(stream: number, page: Page, slot: number): void {
    const time = page.time[slot] as number
    const left = { stream, time, value: page.value[slot] as number, noted: page.noted[slot] as number }
    if (page.future[slot] === 0) return this.#forgotten(left)
    page.ahead[stream & (PAGE - 1)] = 1
    this.#ahead.set(`${stream}/${time}`, left)
    if (this.#ahead.size <= AHEAD) return
    const [key, oldest] = this.#ahead.entries().next().value as [string, Ahead]
    this.#ahead.delete(key)
    this.#forgotten(oldest)
  }

  /** From here on memory is unsure at that time; what the store may lack is kept apart. */
  #forgotten({ stream, time, value, noted }: Ahead): void {
    const page = this.#page(stream)
    const at = stream & (PAGE - 1)
    if (time > (page.lost[at] as number)) page.lost[at] = time
    if (time > (page.floor[at] as number)) page.floor[at] = time
    if (noted >= this.#stored) this.#apart.set(`${stream}/${time}`, { value, noted })
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
