/**
 * The workload of the ingest figure (decisions.md 5): 10 000 streams, NDJSON of 500 lines of about 120 bytes, 1 % late,
 * 0.5 % re-sent, 0.1 % bad. Deterministic but for the moment of making, which each line carries.
 */
export const STREAMS = 10_000
export const LINES = 500
export const CONNECTIONS = 8

const LATE_EVERY = 100
const RESENT_EVERY = 200
const BAD_EVERY = 1_000
const LATE_MS = 2 * 3_600_000

export const streamKey = (no: number): string => `gauge-${String(no).padStart(5, '0')}.level`
export const thingKey = (no: number): string => `gauge-${String(no).padStart(5, '0')}`

const heads = Array.from({ length: STREAMS }, (_, no) => `{"datastream":"${streamKey(no)}","phenomenonTime":"`)

export interface MadeBody {
  readonly text: string
  /** Lines that a correct intake refuses, drops as already known, and takes late. */
  readonly bad: number
  readonly resent: number
  readonly late: number
  /** Sum of the results that a correct intake stores, in hundredths. */
  readonly cents: number
}

/** Makes the bodies one after another; each lane has streams of its own, so two never make the same line. */
export class BodyMaker {
  readonly #lane: number
  #line = 0
  #step = 0
  #previous = ''

  constructor(lane: number) {
    this.#lane = lane
  }

  /** `nowMs`: epoch ms that the lines say. */
  make(nowMs: number, iso: (ms: number) => string): MadeBody {
    const lines: string[] = []
    const fresh = iso(nowMs)
    // Late lines keep moments of their own: one is never the repetition of another.
    const late = iso(nowMs - LATE_MS)
    const count = { bad: 0, resent: 0, late: 0 }
    let cents = 0
    for (let i = 0; i < LINES; i++) {
      this.#line += 1
      const kind = this.#kind()
      if (kind !== 'fresh') count[kind] += 1
      if (kind === 'fresh' || kind === 'late') cents += this.#cents()
      lines.push(kind === 'resent' ? this.#previous : this.#newLine(kind === 'late' ? late : fresh, kind === 'bad'))
    }
    return { text: lines.join('\n'), ...count, cents }
  }

  #cents(): number {
    return (this.#line * 7 + this.#lane) % 4_000
  }

  #kind(): 'fresh' | 'bad' | 'late' | 'resent' {
    if (this.#line % BAD_EVERY === 0) return 'bad'
    if (this.#line % RESENT_EVERY === 17 && this.#previous !== '') return 'resent'
    return this.#line % LATE_EVERY === 5 ? 'late' : 'fresh'
  }

  #newLine(time: string, bad: boolean): string {
    this.#step = (this.#step + 1) % (STREAMS / CONNECTIONS)
    const result = bad ? '"broken"' : (this.#cents() / 100).toFixed(2)
    const line = `${heads[this.#lane * (STREAMS / CONNECTIONS) + this.#step]!}${time}","result":${result},"resultQuality":"good"}`
    if (!bad) this.#previous = line
    return line
  }
}
