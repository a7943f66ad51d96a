import { parentPort, workerData } from 'node:worker_threads'
import { io } from 'socket.io-client'
import * as parser from 'socket.io-msgpack-parser'
import { z } from 'zod'
import { PROTOCOL } from '@/domain/fold/delta'
import type { Delta } from '@/domain/fold/delta'
import { systemClock } from '@/platform/clock'

const { order } = z
  .object({
    order: z.object({
      url: z.string(),
      cookie: z.string(),
      world: z.string(),
      desks: z.number(),
      /** The first desk leaves out the first task that it sees. */
      drop: z.boolean(),
    }),
  })
  .parse(workerData)

/** A task that every desk shows, and when the last of them had it. Machine time, ms. */
export interface OnEveryDesk {
  readonly task: string
  readonly title: string
  readonly at: number
}

const seenBy = new Map<string, number>()
let mayDrop = order.drop

const sockets = Array.from({ length: order.desks }, (_, desk) => {
  const socket = io(order.url, {
    ...{ parser, transports: ['websocket'], auth: { protocol: PROTOCOL } },
    extraHeaders: { cookie: order.cookie },
  })
  const seen = new Set<string>()
  socket.on('delta', ({ body }: Delta) => {
    if (body.channel !== 'tasks') return
    for (const { id, title } of body.put) {
      if (seen.has(id)) continue
      seen.add(id)
      if (mayDrop && desk === 0) mayDrop = false
      else tally(id, title)
    }
  })
  return socket
})

function tally(task: string, title: string): void {
  const count = (seenBy.get(task) ?? 0) + 1
  seenBy.set(task, count)
  if (count !== order.desks) return
  const told: OnEveryDesk = { task, title, at: systemClock.now() }
  parentPort?.postMessage(told)
}

const request = { world: order.world, channels: ['incidents', 'tasks'] }
for (const socket of sockets) {
  if (!socket.connected) await new Promise((resolve) => socket.once('connect', () => resolve(undefined)))
  await socket.emitWithAck('join', request)
}
parentPort?.postMessage('open')
