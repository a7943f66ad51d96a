import { parentPort, workerData } from 'node:worker_threads'
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import * as msgpack from 'socket.io-msgpack-parser'
import { z } from 'zod'
import type { ScreenToServer, ServerToScreen } from '@/domain/api/socket'
import { applyDelta, applyKeyframe, PRESENTATION_DELAY, PROTOCOL, SequenceGap } from '@/domain/fold/delta'
import type { Delta } from '@/domain/fold/delta'
import { PictureStore } from '@/domain/fold/picture'
import { isFlagged } from '@/domain/quality'
import { systemClock } from '@/platform/clock'
import { Histogram } from '../histogram'

const { order } = z
  .object({ order: z.object({ url: z.string(), cookie: z.string(), world: z.string() }) })
  .parse(workerData)

/** What a screen saw since it was asked last. `ages`: from the sensor's moment to presentation, ms. */
export interface Seen {
  readonly ages: Uint32Array
  readonly deltas: number
  readonly gaps: number
}

// One screen of the product's own fold: it holds the picture and presents each delta at its `at` plus the delay.
const picture = new PictureStore()
const held = { epoch: 0, seq: 0 }
const ages = new Histogram()
let deltas = 0
let gaps = 0

const socket: Socket<ServerToScreen, ScreenToServer> = io(order.url, {
  path: '/socket.io',
  transports: ['websocket'],
  parser: msgpack,
  extraHeaders: { cookie: order.cookie, origin: order.url },
  auth: { protocol: PROTOCOL, screen: '/bench' },
})

socket.on('keyframe', (keyframe) => {
  if (keyframe.body.channel !== 'readings') return
  applyKeyframe(picture, held, keyframe)
  picture.changed.readings.take()
})

socket.on('delta', (delta) => {
  if (delta.body.channel !== 'readings') return
  try {
    applyDelta(picture, held, delta)
  } catch (cause) {
    if (!(cause instanceof SequenceGap)) throw cause
    gaps += 1
    join()
    return
  }
  deltas += 1
  present(delta)
})

function present(delta: Delta): void {
  const presentedAt = Math.max(systemClock.now(), delta.at + PRESENTATION_DELAY)
  const rows = picture.readings
  for (const no of picture.changed.readings.take()) {
    if (isFlagged(rows.quality[no]!, 'late')) continue
    ages.add(presentedAt - rows.phenomenonTime[no]!)
  }
}

function join(): void {
  socket.emit('join', { world: order.world, channels: ['readings'] }, (answer) => {
    if (!answer.ok) throw new Error(`The screen may not join: ${answer.code}.`)
    parentPort?.postMessage('joined')
  })
}

socket.once('connect', join)
socket.on('connect_error', (cause) => {
  throw cause
})
parentPort?.on('message', (word) => {
  if (word === 'stop') {
    socket.disconnect()
    parentPort?.close()
    return
  }
  const seen: Seen = { ages: ages.take(), deltas, gaps }
  deltas = 0
  gaps = 0
  parentPort?.postMessage(seen)
})
