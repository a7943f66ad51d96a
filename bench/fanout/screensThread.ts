import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { PROTOCOL } from '@/domain/fold/delta'
import { systemClock } from '@/platform/clock'
import { Histogram } from '../histogram'
import { deltaHead } from './deltaHead'
import { RawScreen } from './rawScreen'

const { order } = z
  .object({
    order: z.object({
      port: z.number(),
      cookie: z.string(),
      world: z.string(),
      screens: z.number(),
      slowEvery: z.number(),
      sipEveryMs: z.number(),
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

const READ_MS = 1_000
const OPEN_AT_ONCE = 50

let delivery = new Histogram()
const count = { deltas: 0, bytes: 0, gaps: 0, slowDeltas: 0, slowMerged: 0 }
let measuring = false

function open(index: number): Promise<RawScreen> {
  const isSlow = order.slowEvery > 0 && index % order.slowEvery === 0
  let last = -1
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
        if (last >= 0 && head.from !== last) count.gaps += 1
        last = head.to
        if (!measuring) return
        count.bytes += bytes.length
        if (isSlow) {
          count.slowDeltas += 1
          if (head.merged > 0) count.slowMerged += 1
          return
        }
        count.deltas += 1
        delivery.add(systemClock.now() - head.at)
      },
    })
  })
}

/** A slow screen reads nothing but for a moment now and then: the buffers of both kernels fill before the server's. */
function sip(screen: RawScreen): void {
  screen.pause()
  const timer = setInterval(() => {
    screen.resume()
    setTimeout(() => screen.pause(), READ_MS).unref()
  }, order.sipEveryMs)
  timer.unref()
}

const screens: RawScreen[] = []
for (let from = 0; from < order.screens; from += OPEN_AT_ONCE) {
  const some = Array.from({ length: Math.min(OPEN_AT_ONCE, order.screens - from) }, (_, i) => open(from + i))
  screens.push(...(await Promise.all(some)))
}
parentPort?.postMessage('open')
parentPort?.on('message', (word) => {
  if (word === 'measure') {
    delivery = new Histogram()
    Object.assign(count, { deltas: 0, bytes: 0, gaps: 0, slowDeltas: 0, slowMerged: 0 })
    measuring = true
    return
  }
  const seen: FanoutSeen = { delivery: delivery.take(), ...count }
  parentPort?.postMessage(seen)
  for (const screen of screens) screen.close()
  parentPort?.close()
})
