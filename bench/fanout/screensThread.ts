import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { PROTOCOL } from '@/domain/fold/delta'
import { systemClock } from '@/platform/clock'
import { Histogram } from '../histogram'
import { SABOTAGES } from '../report'
import { deltaHead } from './deltaHead'
import type { DeltaHead } from './deltaHead'
import { harmed, HeldReadings, readingsOf } from './heldReadings'
import type { Readings } from './heldReadings'
import { RawScreen } from './rawScreen'

const { order } = z
  .object({
    order: z.object({
      port: z.number(),
      cookie: z.string(),
      world: z.string(),
      screens: z.number(),
      streams: z.number(),
      slowEvery: z.number(),
      sipEveryMs: z.number(),
      sabotage: z.enum(SABOTAGES).optional(),
    }),
  })
  .parse(workerData)

/** What all screens together saw. `delivery`: from the delta's `at` to its last byte on a screen that keeps up, ms. */
export interface FanoutSeen {
  readonly delivery: Uint32Array
  readonly deltas: number
  readonly bytes: number
  readonly gaps: number
  readonly slowDeltas: number
  readonly slowMerged: number
}

/** How the screens stand at the end. `differing`: screens that do not show every value that was sent last. */
export interface FanoutSettled {
  readonly differing: number
  readonly gaps: number
}

const READ_MS = 1_000
const SETTLE_LIMIT_MS = 20_000
const SETTLE_CHECK_MS = 100
/** The screen on which sabotage harms one delta, by one stream of it. */
const HARMED = { screen: 1, stream: 0 }
const OPEN_AT_ONCE = 50

let delivery = new Histogram()
const count = { deltas: 0, bytes: 0, gaps: 0, slowDeltas: 0, slowMerged: 0 }
let phase: 'warming' | 'measuring' | 'settling' = 'warming'
let sentLast: readonly number[] | undefined
let isHarmed = false
const held = Array.from({ length: order.screens }, () => new HeldReadings(order.streams))
const sips: NodeJS.Timeout[] = []

function open(index: number): Promise<RawScreen> {
  const isSlow = order.slowEvery > 0 && index % order.slowEvery === 0
  let last = -1
  const follow = (head: DeltaHead): void => {
    if (last >= 0 && head.from !== last) count.gaps += 1
    last = head.to
  }
  return new Promise((resolve) => {
    const screen: RawScreen = new RawScreen({
      port: order.port,
      cookie: order.cookie,
      auth: { protocol: PROTOCOL, screen: `/bench/${index}` },
      hello: ['join', { world: order.world, channels: ['readings'] }],
      onJoined: () => {
        if (isSlow) sip(screen)
        resolve(screen)
      },
      onPacket: (bytes) => {
        const head = deltaHead(bytes)
        if (head === undefined) return
        if (phase === 'settling') return hold(index, bytes, () => follow(head))
        follow(head)
        if (phase === 'measuring') measure(head, bytes.length, isSlow)
      },
    })
  })
}

function measure(head: DeltaHead, bytes: number, isSlow: boolean): void {
  count.bytes += bytes
  if (isSlow) {
    count.slowDeltas += 1
    if (head.merged > 0) count.slowMerged += 1
    return
  }
  count.deltas += 1
  delivery.add(systemClock.now() - head.at)
}

/** Once nothing is timed any more, what the deltas carry is unpacked and held. */
function hold(index: number, bytes: Buffer, follow: () => void): void {
  const readings = readingsOf(bytes)
  const times = index === HARMED.screen ? timesTaken(readings) : 1
  for (let i = 0; i < times; i++) {
    follow()
    held[index]?.put(readings)
  }
}

/** Sabotage harms the delta that carries the last values, once. */
function timesTaken(readings: Readings): number {
  const isDue = sentLast !== undefined && readings.get(HARMED.stream) === sentLast[HARMED.stream]
  if (order.sabotage === undefined || isHarmed || !isDue) return 1
  isHarmed = true
  return harmed(readings, HARMED.stream, order.sabotage)
}

/** A slow screen reads nothing but for a moment now and then: the buffers of both kernels fill meanwhile. */
function sip(screen: RawScreen): void {
  screen.pause()
  const timer = setInterval(() => {
    screen.resume()
    setTimeout(() => {
      if (phase !== 'settling') screen.pause()
    }, READ_MS).unref()
  }, order.sipEveryMs)
  sips.push(timer.unref())
}

function startMeasuring(): void {
  delivery = new Histogram()
  Object.assign(count, { deltas: 0, bytes: 0, gaps: 0, slowDeltas: 0, slowMerged: 0 })
  phase = 'measuring'
}

/** The slow ones read on, so that all come to the same end. */
function startSettling(): FanoutSeen {
  const seen = { delivery: delivery.take(), ...count }
  phase = 'settling'
  for (const timer of sips) clearInterval(timer)
  for (const screen of screens) screen.resume()
  return seen
}

/** Waits until every screen shows what was sent last, or long enough. */
async function settle(sent: readonly number[]): Promise<FanoutSettled> {
  const until = performance.now() + SETTLE_LIMIT_MS
  const differing = (): number => held.filter((values) => !values.equals(sent)).length
  while (differing() > 0 && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, SETTLE_CHECK_MS))
  }
  await new Promise((resolve) => setTimeout(resolve, SETTLE_CHECK_MS)) // a delta too many would come right after
  if (order.sabotage !== undefined && !isHarmed) throw new Error('There was no delta to harm.')
  return { differing: differing(), gaps: count.gaps }
}

const screens: RawScreen[] = []
for (let from = 0; from < order.screens; from += OPEN_AT_ONCE) {
  const some = Array.from({ length: Math.min(OPEN_AT_ONCE, order.screens - from) }, (_, i) => open(from + i))
  screens.push(...(await Promise.all(some)))
}
parentPort?.postMessage('open')
parentPort?.on('message', (word: 'measure' | 'settle' | { readonly sent: readonly number[] }) => {
  if (word === 'measure') return startMeasuring()
  if (word === 'settle') return parentPort?.postMessage(startSettling())
  sentLast = word.sent
  parentPort?.postMessage('told') // only then is it sent: no screen gets it before it is known here
  void settle(word.sent).then((settled) => {
    parentPort?.postMessage(settled)
    for (const screen of screens) screen.close()
    parentPort?.close()
  })
})
