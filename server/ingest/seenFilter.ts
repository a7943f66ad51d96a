const MINUTE = 60_000
/** Bits a record may take: with five of them set in one cache line, about one answer in 300 is needlessly unsure. */
const BITS_PER_RECORD = 16
/** 512 bits lie in one line of the processor's cache. */
const WORDS_PER_BLOCK = 16
const FIRST_BYTES = 512
const LARGEST_BYTES = 1024 ** 2
const DROPPED_KEPT = 100_000

/** The records of one minute of phenomenon time. */
interface Minute {
  /** Bloom filters, each four times as large as the one before; only the last one is written. */
  readonly filters: Uint32Array[]
  room: number
  bytes: number
}

/**
 * Which records (stream, phenomenon time) were remembered once, as bits: that one was not is certain, that it was is
 * not. Kept by minute of phenomenon time up to `maxBytes`; the minute that was used longest ago goes first, and of a
 * minute that went nothing is certain any more.
 */
export class SeenFilter {
  readonly #maxBytes: number
  readonly #minutes = new Map<number, Minute>()
  readonly #dropped = new Set<number>()
  #droppedUpTo = Number.NEGATIVE_INFINITY
  #bytes = 0
  #lastNo = Number.NaN
  #last: Minute | undefined

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** Hot path. */
  add(stream: number, time: number): void {
    const minute = this.#writable(Math.floor(time / MINUTE))
    if (minute === undefined) return
    minute.room -= 1
    hash(stream, time)
    setBits(minute.filters.at(-1) as Uint32Array)
  }

  /** True when that record was surely never added. */
  lacks(stream: number, time: number): boolean {
    const no = Math.floor(time / MINUTE)
    if (no <= this.#droppedUpTo || this.#dropped.has(no)) return false
    const minute = this.#minutes.get(no)
    if (minute === undefined) return true
    hash(stream, time)
    return !minute.filters.some(hasBits)
  }

  #writable(no: number): Minute | undefined {
    const minute = no === this.#lastNo ? this.#last : this.#use(no)
    if (minute === undefined || minute.room > 0) return minute
    const bytes = Math.min(LARGEST_BYTES, (minute.filters.at(-1)?.byteLength ?? FIRST_BYTES / 4) * 4)
    minute.filters.push(new Uint32Array(bytes / 4))
    minute.room = (bytes * 8) / BITS_PER_RECORD
    minute.bytes += bytes
    this.#bytes += bytes
    while (this.#bytes > this.#maxBytes) this.#drop(this.#minutes.keys().next().value as number)
    return this.#last
  }

  /** Makes a minute the last used one; nothing when it was dropped before. */
  #use(no: number): Minute | undefined {
    const held = this.#minutes.get(no)
    const isDropped = held === undefined && (no <= this.#droppedUpTo || this.#dropped.has(no))
    this.#lastNo = no
    this.#last = isDropped ? undefined : (held ?? { filters: [], room: 0, bytes: 0 })
    if (this.#last === undefined) return undefined
    this.#minutes.delete(no)
    this.#minutes.set(no, this.#last)
    return this.#last
  }

  #drop(no: number): void {
    this.#bytes -= this.#minutes.get(no)?.bytes ?? 0
    this.#minutes.delete(no)
    if (no === this.#lastNo) this.#last = undefined
    this.#dropped.add(no)
    if (this.#dropped.size <= DROPPED_KEPT) return
    for (const dropped of this.#dropped) this.#droppedUpTo = Math.max(this.#droppedUpTo, dropped)
    this.#dropped.clear()
  }
}

const double = new Float64Array(1)
const halves = new Uint32Array(double.buffer)
// What `hash` leaves for the two that follow it: no object per record.
let block = 0
let places = 0

/** Murmur's mixing of the three words, twice with different ends. */
function hash(stream: number, time: number): void {
  double[0] = time + 0 // -0 is 0
  const low = mixed(mixed(mixed(0x9747b28c, stream), halves[0] as number), halves[1] as number)
  block = finished(low)
  places = finished(low ^ Math.imul(block, 0x27d4eb2f) ^ stream)
}

function mixed(seed: number, word: number): number {
  const scrambled = Math.imul(word, 0xcc9e2d51)
  const turned = seed ^ Math.imul((scrambled << 15) | (scrambled >>> 17), 0x1b873593)
  return (Math.imul((turned << 13) | (turned >>> 19), 5) + 0xe6546b64) | 0
}

function finished(seed: number): number {
  let word = seed
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35)
  return word ^ (word >>> 16)
}

const blockStart = (filter: Uint32Array): number => (block & (filter.length / WORDS_PER_BLOCK - 1)) * WORDS_PER_BLOCK

// Three places of nine bits out of one word, two out of the high bits of the other.
const place = (i: number): number => (i < 3 ? places >>> (9 * i) : block >>> (5 + 9 * (i - 2))) & 511

function setBits(filter: Uint32Array): void {
  const start = blockStart(filter)
  for (let i = 0; i < 5; i++) {
    const bit = place(i)
    filter[start + (bit >>> 5)] = (filter[start + (bit >>> 5)] as number) | (1 << (bit & 31))
  }
}

function hasBits(filter: Uint32Array): boolean {
  const start = blockStart(filter)
  for (let i = 0; i < 5; i++) {
    const bit = place(i)
    if (((filter[start + (bit >>> 5)] as number) & (1 << (bit & 31))) === 0) return false
  }
  return true
}
