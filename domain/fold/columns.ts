/** State of one row of the picture. `never` is a row that exists in the catalogue and was not heard yet. */
export const RowState = { never: 0, fresh: 1, silent: 2 } as const

const grown = (capacity: number, needed: number): number => Math.max(needed, Math.ceil(capacity * 1.5), 64)

/** What every row of the picture has: its state, its three orders, its flags. Columns grow together. */
class Rows {
  length = 0
  phenomenonTime = new Float64Array(0)
  knownTime = new Float64Array(0)
  epoch = new Uint32Array(0)
  offset = new Float64Array(0)
  quality = new Uint16Array(0)
  state = new Uint8Array(0)

  /** Makes row `no` addressable; rows between come to be as `never`. */
  reach(no: number): void {
    if (no < this.length) return
    if (no >= this.state.length) this.grow(grown(this.state.length, no + 1))
    this.length = no + 1
  }

  protected grow(capacity: number): void {
    this.phenomenonTime = enlarge(this.phenomenonTime, new Float64Array(capacity))
    this.knownTime = enlarge(this.knownTime, new Float64Array(capacity))
    this.epoch = enlarge(this.epoch, new Uint32Array(capacity))
    this.offset = enlarge(this.offset, new Float64Array(capacity))
    this.quality = enlarge(this.quality, new Uint16Array(capacity))
    this.state = enlarge(this.state, new Uint8Array(capacity))
  }
}

/** Latest value of each Datastream, by its dense number. */
export class ReadingColumns extends Rows {
  value = new Float64Array(0)
  silentSince = new Float64Array(0)
  /** Phenomenon time up to which the newest silence holds, and when it began: kept so that a silence may be told before its reading. */
  silenceOf = new Float64Array(0)
  silenceSince = new Float64Array(0)

  protected override grow(capacity: number): void {
    super.grow(capacity)
    this.value = enlarge(this.value, new Float64Array(capacity))
    this.silentSince = enlarge(this.silentSince, new Float64Array(capacity))
    this.silenceOf = enlarge(this.silenceOf, new Float64Array(capacity).fill(Number.NEGATIVE_INFINITY))
    this.silenceSince = enlarge(this.silenceSince, new Float64Array(capacity))
  }
}

/** Latest position of each Track, by its dense number. */
export class MoverColumns extends Rows {
  longitude = new Float64Array(0)
  latitude = new Float64Array(0)
  speed = new Float32Array(0)
  heading = new Float32Array(0)

  protected override grow(capacity: number): void {
    super.grow(capacity)
    this.longitude = enlarge(this.longitude, new Float64Array(capacity))
    this.latitude = enlarge(this.latitude, new Float64Array(capacity))
    this.speed = enlarge(this.speed, new Float32Array(capacity))
    this.heading = enlarge(this.heading, new Float32Array(capacity))
  }
}

function enlarge<Column extends { set(from: Column): void }>(from: Column, into: Column): Column {
  into.set(from)
  return into
}

/** The rows that changed since they were last taken; adding twice costs one byte read. */
export class DirtyRows {
  #marked = new Uint8Array(0)
  #rows: number[] = []

  add(row: number): void {
    if (row >= this.#marked.length)
      this.#marked = enlarge(this.#marked, new Uint8Array(grown(this.#marked.length, row + 1)))
    if (this.#marked[row] === 1) return
    this.#marked[row] = 1
    this.#rows.push(row)
  }

  get size(): number {
    return this.#rows.length
  }

  /** Hands the rows over in the order of their first change and forgets them. */
  take(): number[] {
    const rows = this.#rows
    for (const row of rows) this.#marked[row] = 0
    this.#rows = []
    return rows
  }
}
