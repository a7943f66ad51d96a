import { IngestReceipt } from '@/domain/api/ingest'
import { systemClock } from '@/platform/clock'
import type { FaultStand } from './stand'
import { pause } from './stand'
import type { Ledger } from './ledger'

export const STREAMS = 40
export const thingKey = (no: number): string => `gauge-${no}`

/** One reading; streams are numbered as the World numbers them, in the order they were registered. */
export interface Reading {
  readonly stream: number
  readonly time: number
  readonly value: number
}

export interface Tally {
  accepted: number
  duplicates: number
  late: number
  rejected: number
  /** Bad lines of acknowledged bodies. */
  bad: number
  /** Answers with 503: Belfry is full or starting. */
  full: number
  /** Requests without an answer: the server was killed under them. */
  broken: number
}

export const newTally = (): Tally => ({ accepted: 0, duplicates: 0, late: 0, rejected: 0, bad: 0, full: 0, broken: 0 })

const RETRY_MS = 100
const ANSWER_LIMIT_MS = 20_000
/** 1 % of what a poisoned feed sends: cut, unknown, of the wrong type, out of time. */
const POISON = [
  '{"datastream":"gauge-1.level","phenomenonTime":"20',
  '{"datastream":"nobody.level","phenomenonTime":"2026-07-18T00:00:00Z","result":1}',
  '{"datastream":"gauge-2.level","phenomenonTime":"2026-07-18T00:00:00Z","result":"deep"}',
  '{"datastream":"gauge-3.level","phenomenonTime":"yesterday","result":3}',
]
const POISON_EVERY = 100

/** Where readings are sent to. */
type Target = Pick<FaultStand, 'url' | 'town'>

/** A producer as the contract wants it: it sends a body again, unchanged, until it is acknowledged. */
export class Sender {
  readonly tally = newTally()
  readonly #stand: Target
  readonly #ledger: Ledger
  #sent = 0
  #moment = 0

  constructor(stand: Target, ledger: Ledger) {
    this.#stand = stand
    this.#ledger = ledger
  }

  /** Readings of all streams, `perStream` of each: every one has a millisecond of its own, no two are one record. */
  readings(round: number, perStream = 5): Reading[] {
    this.#moment = Math.max(systemClock.now(), this.#moment + perStream)
    return Array.from({ length: STREAMS * perStream }, (_, i) => ({
      stream: i % STREAMS,
      time: this.#moment - Math.floor(i / STREAMS),
      value: ((round * 31 + i * 7) % 4_000) / 100,
    }))
  }

  /** Sends until acknowledged, or gives up when the signal aborts; what was given up is sent by nobody. */
  async send(readings: readonly Reading[], signal?: AbortSignal): Promise<boolean> {
    const { text, bad } = this.#body(readings)
    for (;;) {
      const receipt = await this.#try(text)
      if (receipt !== undefined) {
        for (const { stream, time, value } of readings) this.#ledger.acknowledge(stream, time, value)
        this.tally.accepted += receipt.accepted
        this.tally.duplicates += receipt.duplicates
        this.tally.late += receipt.late
        this.tally.rejected += receipt.rejected
        this.tally.bad += bad
        return true
      }
      if (signal?.aborted === true) return false
      await pause(RETRY_MS)
    }
  }

  #body(readings: readonly Reading[]): { text: string; bad: number } {
    const lines: string[] = []
    let bad = 0
    for (const { stream, time, value } of readings) {
      lines.push(`{"datastream":"${thingKey(stream)}.level","phenomenonTime":${time},"result":${value}}`)
      this.#sent += 1
      if (this.#sent % POISON_EVERY !== 0) continue
      lines.push(POISON[bad % POISON.length]!)
      bad += 1
    }
    return { text: lines.join('\n'), bad }
  }

  async #try(body: string): Promise<IngestReceipt | undefined> {
    const { url, town } = this.#stand
    try {
      const answer = await fetch(`${url}/api/worlds/${town.world.key}/feeds/${town.feed}/records`, {
        method: 'POST',
        headers: { authorization: `Bearer ${town.key}`, 'content-type': 'application/x-ndjson' },
        body,
        signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      })
      const text = await answer.text()
      if (answer.ok) return IngestReceipt.parse(JSON.parse(text))
      if (answer.status < 500 && answer.status !== 429 && answer.status !== 404)
        throw new RangeError(`${answer.status} ${text}`)
      this.tally.full += 1
    } catch (cause) {
      if (cause instanceof RangeError) throw cause
      this.tally.broken += 1
    }
    return undefined
  }
}

/** Keeps sending until told to stop; resolves when the last body is acknowledged. */
export async function underLoad(sender: Sender, everyMs: number, signal: AbortSignal): Promise<void> {
  for (let round = 0; !signal.aborted; round++) {
    const began = performance.now()
    await sender.send(sender.readings(round))
    await pause(Math.max(0, everyMs - (performance.now() - began)))
  }
}
