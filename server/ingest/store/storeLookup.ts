import type { WorldNo } from '@/domain/ids'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import type { Log } from '@/platform/log'
import { heldPlaces, heldValues, newestPlaces, newestTimes } from './lookups'

/** Which table is asked. */
const questions = {
  observations: { held: heldValues, newest: newestTimes },
  positions: { held: heldPlaces, newest: newestPlaces },
} as const

/** Pairs of (stream, time) that memory is unsure of, and streams that it knows nothing of. */
export interface Question {
  readonly streams: readonly number[]
  readonly times: readonly number[]
  readonly cold: readonly number[]
}

export interface Answer {
  /** Value by `stream/time`. */
  readonly held: ReadonlyMap<string, number>
  /** Newest time by cold stream. */
  readonly newest: ReadonlyMap<number, number>
}

export const pairKey = (stream: number, time: number): string => `${stream}/${time}`

interface Asked {
  readonly question: Question
  readonly resolve: (answer: Answer | undefined) => void
}

/** Streams or pairs in one query: its parameters travel in a URL or a form. */
const CHUNK = 5_000
/** A producer waits for its acknowledgement: past this a store that hangs is one that is down. */
const LIMIT_MS = 3_000

/** Asks ClickHouse what memory has forgotten: one question at a time, everything that waits goes into the next. */
export class StoreLookup {
  readonly #clickhouse: ClickHouse
  readonly #log: Log
  readonly #waiting = new Map<WorldNo, Asked[]>()
  readonly #busy = new Set<WorldNo>()

  readonly #ask: (typeof questions)[keyof typeof questions]

  constructor({ clickhouse, log, table }: { clickhouse: ClickHouse; log: Log; table: keyof typeof questions }) {
    this.#ask = questions[table]
    this.#clickhouse = clickhouse
    this.#log = log
  }

  /** `undefined` when the store does not answer: nothing is known then. */
  ask(world: WorldNo, question: Question): Promise<Answer | undefined> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(world)
      if (waiting === undefined) this.#waiting.set(world, [{ question, resolve }])
      else waiting.push({ question, resolve })
      if (!this.#busy.has(world)) void this.#serve(world)
    })
  }

  async #serve(world: WorldNo): Promise<void> {
    this.#busy.add(world)
    for (let asked = this.#waiting.get(world); asked !== undefined; asked = this.#waiting.get(world)) {
      this.#waiting.delete(world)
      const answer = await withinLimit(this.#answer(world, asked)).catch((cause: unknown) => {
        this.#log.warn({ err: cause }, 'the store cannot say what it holds; records are taken as new')
        return undefined
      })
      for (const { resolve } of asked) resolve(answer)
    }
    this.#busy.delete(world)
  }

  async #answer(world: WorldNo, asked: readonly Asked[]): Promise<Answer> {
    const held = new Map<string, number>()
    const newest = new Map<number, number>()
    const cold = [...new Set(asked.flatMap(({ question }) => question.cold))]
    for (let i = 0; i < cold.length; i += CHUNK) {
      const rows = await this.#ask.newest(this.#clickhouse, { world, streams: cold.slice(i, i + CHUNK) })
      for (const { stream, time } of rows) newest.set(stream, time)
    }
    // A time after the newest of a cold stream cannot be held: only the others are asked for.
    const coldSet = new Set(cold)
    const pairs = asked
      .flatMap(({ question }) => question.streams.map((stream, i) => ({ stream, time: question.times[i] as number })))
      .filter(({ stream, time }) => !coldSet.has(stream) || time <= (newest.get(stream) ?? Number.NEGATIVE_INFINITY))
    for (let i = 0; i < pairs.length; i += CHUNK) await this.#pairs(world, pairs.slice(i, i + CHUNK), held)
    return { held, newest }
  }

  async #pairs(
    world: WorldNo,
    pairs: readonly { stream: number; time: number }[],
    held: Map<string, number>,
  ): Promise<void> {
    const times = pairs.map(({ time }) => time)
    const from = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY)
    const to = times.reduce((most, time) => Math.max(most, time), Number.NEGATIVE_INFINITY)
    const rows = await this.#ask.held(this.#clickhouse, {
      world,
      streams: pairs.map(({ stream }) => stream),
      times,
      from,
      to,
    })
    for (const { stream, time, value } of rows) held.set(pairKey(stream, time), value)
  }
}

async function withinLimit<Value>(answer: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${LIMIT_MS} ms`)), LIMIT_MS)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
