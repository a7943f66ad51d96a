import type { Worker } from 'node:worker_threads'
import { hostFacts } from '@/platform/env'
import { cpuSeconds } from '../processCpu'
import type { BenchServices } from '../services'
import { nextMessage, startThread } from '../thread'
import { Histogram } from '../histogram'
import type { GeneratorOrder, GeneratorResult } from './generatorThread'
import type { Seen } from './screenThread'

const threadFile = (name: string): URL => new URL(`./${name}.ts`, import.meta.url)

/** Sends the workload for a while. `rate` in lines a second; 0 as fast as answers come. */
export async function generate(order: GeneratorOrder): Promise<GeneratorResult> {
  return (await nextMessage(startThread(threadFile('generatorThread'), order))) as GeneratorResult
}

export interface Ceiling {
  /** Lines a second. */
  readonly rate: number
  readonly lines: number
  /** Processor time of generator and server together, µs a line. */
  readonly cpuMicros: number
}

/** What the bare runtime takes of the identical bytes: HTTP and JSON.parse, nothing else. */
export async function measureCeiling(seconds: number): Promise<Ceiling> {
  const before = await cpuSeconds(hostFacts().pid)
  const server = startThread(threadFile('ceilingThread'), {})
  const port = (await nextMessage(server)) as number
  const result = await generate({ url: `http://127.0.0.1:${port}/`, key: 'none', rate: 0, seconds })
  server.postMessage('stop')
  const cpu = (await cpuSeconds(hostFacts().pid)) - before
  return { rate: result.sent / result.seconds, lines: result.sent, cpuMicros: (1e6 * cpu) / result.sent }
}

/** Rows a second that the store alone writes into the product's schema. */
export async function measureEngine({ clickhouse }: BenchServices, rows: number): Promise<number> {
  const step = 900_000
  await clickhouse.command({ name: 'benchEngine', sql: 'CREATE TABLE observations_engine AS observations' })
  const began = performance.now()
  for (let from = 0; from < rows; from += step) {
    await clickhouse.command({
      name: 'benchEngine',
      sql: `INSERT INTO observations_engine (world, stream, phenomenon_time, known_time, value, quality, feed, seq, recorded_at)
        SELECT 1, number % 10000, fromUnixTimestamp64Milli(toInt64(1800000000000 + intDiv(number, 10000) * 1000)) AS at, at,
          (number * 7 % 4000) / 100, 0, 1, number, toDateTime(1800000000) FROM numbers({from:UInt64}, {count:UInt64})`,
      params: { from, count: Math.min(step, rows - from) },
      settings: { max_threads: 1, max_insert_threads: 1 },
    })
  }
  const seconds = (performance.now() - began) / 1000
  await clickhouse.command({ name: 'benchEngine', sql: 'DROP TABLE observations_engine SYNC' })
  return rows / seconds
}

/** The screen of the bench. */
export class BenchScreen {
  readonly #thread: Worker

  private constructor(thread: Worker) {
    this.#thread = thread
  }

  static async open(order: { url: string; cookie: string; world: string }): Promise<BenchScreen> {
    const thread = startThread(threadFile('screenThread'), order)
    await nextMessage(thread)
    return new BenchScreen(thread)
  }

  /** What it saw since the last call. */
  async take(): Promise<{ ages: Histogram; deltas: number; gaps: number }> {
    this.#thread.postMessage('take')
    const seen = (await nextMessage(this.#thread)) as Seen
    return { ...seen, ages: new Histogram(seen.ages) }
  }

  close(): void {
    this.#thread.postMessage('stop')
  }
}
