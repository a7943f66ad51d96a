import { SeenFilter } from './seenFilter'

/** What the intake remembers of the streams of one World: their last values, for re-sends, corrections and flags. */

/** Re-sends of this many last records of a stream are seen in memory; older ones are looked up in ClickHouse. */
export const RING = 64
const PAGE_BITS = 9
const PAGE = 1 << PAGE_BITS

/** fresh: never seen. duplicate: same time and value. correction: same time, other value. unsure: ask the store. */
export const Verdict = { fresh: 0, duplicate: 1, correction: 2, unsure: 3 } as const
export type Verdict = (typeof Verdict)[keyof typeof Verdict]

// What belongs together lies together: a record touches two lines of the cache, not seven.
const HEADS = 4
const NEWEST = 0
const FLOOR = 1
const LOST = 2
const ORIGIN = 3
const SLOTS = 3
const TIME = 0
const VALUE = 1
const NOTED = 2

class Page {
  /**
   * Per stream: the newest time in the ring; the time at or below which the ring may have forgotten (NaN while nothing
   * is known of the store); the newest time that the ring forgot, known also while the floor is not; the newest time
   * that the store held when it was asked first (NaN before).
   */
  readonly head = new Float64Array(PAGE * HEADS)
  /** Per record: its time (NaN in an empty slot), its value, and twice the grain of its note, odd when it was ahead of its World's clock. */
  readonly slots = new Float64Array(PAGE * RING * SLOTS).fill(Number.NaN)
  readonly next = new Uint8Array(PAGE)
  /** 1 once a record of the stream is kept among those ahead. */
  readonly ahead = new Uint8Array(PAGE)

  constructor() {
    for (let at = 0; at < this.head.length; at += HEADS) {
      this.head[at + NEWEST] = Number.NEGATIVE_INFINITY
      this.head[at + FLOOR] = Number.NaN
      this.head[at + LOST] = Number.NEGATIVE_INFINITY
      this.head[at + ORIGIN] = Number.NaN
    }
  }

  /** What the store holds of the streams is not known any more. */
  chill(): void {
    for (let at = 0; at < this.head.length; at += HEADS) {
      this.head[at + FLOOR] = Number.NaN
      this.head[at + ORIGIN] = Number.NaN
    }
  }
}

/** Records that left the ring before the store had them are kept apart, up to this many. */
const APART = 1_000_000

/** Records ahead of the clock that left the ring are kept, up to this many: one wrong clock must not raise a floor. */
const AHEAD = 100_000

/** For what has left the ring: about 30 million records of a World. */
const SEEN_BYTES = 64 * 1024 ** 2

interface Apart {
  readonly value: number
  readonly noted: number
}

interface Ahead extends Apart {
  readonly stream: number
  readonly time: number
}

/** Typed arrays by stream number, in pages that are made when a stream is first heard. 1.6 KB a stream. */
export class StreamMemory {
  readonly #pages: (Page | undefined)[] = []
  readonly #apart = new Map<string, Apart>()
  readonly #ahead = new Map<string, Ahead>()
  readonly #left = new SeenFilter(SEEN_BYTES)
  #now = 0
  #stored = 0
  #shared = false

  /** Grains of `StoredGrains`: the present one, and the first of which anything may be missing in the store. */
  advance(now: number, stored: number): void {
    this.#now = now
    this.#stored = stored
    for (const [key, { noted }] of this.#apart) {
      if (noted >= stored && this.#apart.size <= APART) return
      this.#apart.delete(key)
    }
  }

  /** Other servers take in too: what left the ring is not all that the store may hold. Once they are gone, it is asked again. */
  share(shared: boolean): void {
    if (this.#shared && !shared) for (const page of this.#pages) page?.chill()
    this.#shared = shared
  }

  /** True when `judge` needs nothing but the ring. Hot path. */
  isPlain(stream: number, time: number): boolean {
    return time > (this.#page(stream).head[(stream & (PAGE - 1)) * HEADS + FLOOR] as number)
  }

  /** What a record is, by memory alone. Hot path. */
  judge(stream: number, time: number, value: number): Verdict {
    const page = this.#page(stream)
    const at = stream & (PAGE - 1)
    if (!(time > (page.head[at * HEADS + NEWEST] as number))) {
      const held = this.#find(page, at, time)
      if (held >= 0) return sameOr(page.slots[held + VALUE] as number, value)
    }
    const ahead = page.ahead[at] === 0 ? undefined : this.#ahead.get(`${stream}/${time}`)
    if (ahead === undefined && time > (page.head[at * HEADS + FLOOR] as number)) return Verdict.fresh
    const apart = ahead ?? (this.#apart.size === 0 ? undefined : this.#apart.get(`${stream}/${time}`))
    if (apart !== undefined) return sameOr(apart.value, value)
    // After the time that the store began with, whatever it holds has passed here.
    if (this.#shared || !(time > (page.head[at * HEADS + ORIGIN] as number))) return Verdict.unsure
    return this.#left.lacks(stream, time) ? Verdict.fresh : Verdict.unsure
  }

  /** Remembers a record; `future` when it is ahead of its World's clock. */
  note(stream: number, time: number, value: number, future = false): void {
    const page = this.#page(stream)
    const at = stream & (PAGE - 1)
    const slot = (at * RING + (page.next[at] as number)) * SLOTS
    if (!Number.isNaN(page.slots[slot + TIME])) this.#evict(stream, page, slot)
    page.slots[slot + TIME] = time
    page.slots[slot + VALUE] = value
    page.slots[slot + NOTED] = 2 * this.#now + (future ? 1 : 0)
    page.next[at] = ((page.next[at] as number) + 1) % RING
    if (time > (page.head[at * HEADS + NEWEST] as number)) page.head[at * HEADS + NEWEST] = time
  }

  /** Takes back a record that did not become durable. */
  forget(stream: number, time: number, value: number): void {
    const page = this.#page(stream)
    const at = stream & (PAGE - 1)
    const held = this.#find(page, at, time)
    if (held >= 0 && page.slots[held + VALUE] === value) page.slots[held + TIME] = Number.NaN
    else {
      this.#apart.delete(`${stream}/${time}`)
      this.#ahead.delete(`${stream}/${time}`)
    }
  }

  /** True while it is not known what the store holds of the stream. */
  isCold(stream: number): boolean {
    return Number.isNaN(this.#page(stream).head[(stream & (PAGE - 1)) * HEADS + FLOOR])
  }

  /** The store holds nothing of the stream after `time`; -Infinity when it holds nothing at all. */
  warm(stream: number, time: number): void {
    const { head } = this.#page(stream)
    const at = (stream & (PAGE - 1)) * HEADS
    const [floor, origin] = [head[at + FLOOR] as number, head[at + ORIGIN] as number]
    head[at + FLOOR] = Math.max(Number.isNaN(floor) ? Number.NEGATIVE_INFINITY : floor, time, head[at + LOST] as number)
    head[at + ORIGIN] = Math.max(Number.isNaN(origin) ? Number.NEGATIVE_INFINITY : origin, time)
  }

  /** A record leaves the ring. */
  #evict(stream: number, page: Page, slot: number): void {
    const time = page.slots[slot + TIME] as number
    const noted = page.slots[slot + NOTED] as number
    if (noted % 2 === 0) return this.#forgotten(stream, time, page.slots[slot + VALUE] as number, noted / 2)
    const left = { stream, time, value: page.slots[slot + VALUE] as number, noted: (noted - 1) / 2 }
    page.ahead[stream & (PAGE - 1)] = 1
    this.#ahead.set(`${stream}/${time}`, left)
    if (this.#ahead.size <= AHEAD) return
    const [key, oldest] = this.#ahead.entries().next().value as [string, Ahead]
    this.#ahead.delete(key)
    this.#forgotten(oldest.stream, oldest.time, oldest.value, oldest.noted)
  }

  /** From here on the ring says nothing of that time; what the store may lack is kept apart. */
  #forgotten(stream: number, time: number, value: number, noted: number): void {
    const { head } = this.#page(stream)
    const at = (stream & (PAGE - 1)) * HEADS
    if (time > (head[at + LOST] as number)) head[at + LOST] = time
    if (time > (head[at + FLOOR] as number)) head[at + FLOOR] = time
    this.#left.add(stream, time)
    if (noted >= this.#stored) this.#apart.set(`${stream}/${time}`, { value, noted })
  }

  /** Slot of the newest entry of that time, or -1. */
  #find(page: Page, at: number, time: number): number {
    const base = at * RING
    const next = page.next[at] as number
    for (let back = 1; back <= RING; back++) {
      const slot = (base + ((next - back + RING) % RING)) * SLOTS
      if (page.slots[slot + TIME] === time) return slot
    }
    return -1
  }

  #page(stream: number): Page {
    const no = stream >>> PAGE_BITS
    return (this.#pages[no] ??= new Page())
  }
}

const sameOr = (held: number, value: number): Verdict =>
  Object.is(held, value) || held === value ? Verdict.duplicate : Verdict.correction
