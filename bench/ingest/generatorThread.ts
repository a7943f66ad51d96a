import { Agent, request } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { IngestReceipt } from '@/domain/api/ingest'
import { epochMillis, toIso } from '@/domain/time'
import { systemClock } from '@/platform/clock'
import { BodyMaker, CONNECTIONS, LINES } from './workload'

/** What one run of the generator shall do. `rate` in lines a second; 0 sends as fast as answers come. */
export const GeneratorOrder = z.object({
  url: z.string(),
  key: z.string(),
  rate: z.number(),
  seconds: z.number(),
})
export type GeneratorOrder = z.infer<typeof GeneratorOrder>

export interface GeneratorResult {
  sent: number
  accepted: number
  rejected: number
  duplicates: number
  late: number
  corrections: number
  /** What a correct intake makes of the lines that were answered. */
  expectedRejected: number
  expectedDuplicates: number
  expectedLate: number
  /** Sum of the acknowledged results, in hundredths. */
  cents: number
  /** Requests answered with anything but 200. */
  refused: number
  firstRefusal?: string
  seconds: number
  /** From the first byte sent to the receipt, ms. */
  acknowledgeMs: number[]
}

interface Answer {
  readonly status: number
  readonly text: string
}

const { order } = z.object({ order: GeneratorOrder }).parse(workerData)
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
const iso = (ms: number): string => toIso(epochMillis(ms))

function post(body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(order.url, {
      agent,
      method: 'POST',
      headers: {
        authorization: `Bearer ${order.key}`,
        'content-type': 'application/x-ndjson',
        'content-length': Buffer.byteLength(body),
      },
    })
    sent.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }))
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function lane(no: number, result: GeneratorResult, until: number): Promise<void> {
  const maker = new BodyMaker(no)
  const gapMs = order.rate === 0 ? 0 : (LINES * CONNECTIONS * 1000) / order.rate
  let due = performance.now() + (gapMs * no) / CONNECTIONS
  for (;;) {
    if (gapMs > 0) await sleepTo(due)
    const began = performance.now()
    if (began >= until) return
    due = Math.max(due + gapMs, began - 2_000) // two seconds of lag are made up for, not more
    const body = maker.make(systemClock.now(), iso)
    const answer = await post(body.text)
    result.sent += LINES
    if (answer.status !== 200) {
      result.refused += 1
      result.firstRefusal ??= `${answer.status} ${answer.text.slice(0, 300)}`
      continue
    }
    result.acknowledgeMs.push(performance.now() - began)
    const receipt = IngestReceipt.parse(JSON.parse(answer.text))
    result.accepted += receipt.accepted
    result.rejected += receipt.rejected
    result.duplicates += receipt.duplicates
    result.late += receipt.late
    result.corrections += receipt.corrections
    result.expectedRejected += body.bad
    result.expectedDuplicates += body.resent
    result.expectedLate += body.late
    result.cents += body.cents
  }
}

async function sleepTo(due: number): Promise<void> {
  const wait = due - performance.now()
  if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait))
}

async function run(): Promise<GeneratorResult> {
  const result: GeneratorResult = {
    sent: 0,
    accepted: 0,
    rejected: 0,
    duplicates: 0,
    late: 0,
    corrections: 0,
    expectedRejected: 0,
    expectedDuplicates: 0,
    expectedLate: 0,
    cents: 0,
    refused: 0,
    seconds: 0,
    acknowledgeMs: [],
  }
  const began = performance.now()
  const until = began + order.seconds * 1000
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, no) => lane(no, result, until)))
  result.seconds = (performance.now() - began) / 1000
  agent.destroy()
  return result
}

parentPort?.postMessage(await run())
