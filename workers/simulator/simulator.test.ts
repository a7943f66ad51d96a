import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { epochMillis } from '@/domain/time'
import { systemClock } from '@/platform/clock'
import { createLog } from '@/platform/log'
import { FEEDS, LinjiangSimulation } from '@/scenarios/linjiang/simulation'
import { SentProgress } from './progress'
import { push } from './push'
import { Simulator } from './simulator'

const WORLD_NOW = Date.parse('2026-07-18T16:50:00+08:00')
const REACH_BACK_MS = 900_000
const SLOW = 60_000
const keys = Object.fromEntries(FEEDS.map((feed) => [`linjiang-${feed}`, `key-${feed}`]))

let server: Server
let url = ''
let folder = ''
let answers: number[] = []
let taken: string[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-simulator-'))
  answers = []
  taken = []
  server = createServer((request, response) => {
    const body: Buffer[] = []
    request.on('data', (chunk: Buffer) => body.push(chunk))
    request.on('end', () => {
      const status = answers.shift() ?? 200
      if (status === 200) taken.push(...gunzipSync(Buffer.concat(body)).toString().split('\n'))
      response.writeHead(status, status === 503 ? { 'retry-after': '0' } : {})
      response.end(JSON.stringify({ rejected: 0 }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true, force: true })
})

const stopped = { anchorWorld: epochMillis(WORLD_NOW), anchorReal: epochMillis(0), rate: 0 }

async function play(until: () => boolean, readConnection = () => Promise.resolve({ url, keys })): Promise<void> {
  const simulator = new Simulator({
    simulation: new LinjiangSimulation({ seed: 7 }),
    progress: new SentProgress(folder),
    clock: systemClock,
    log: createLog('test', { level: 'silent' }),
    reachBackMs: REACH_BACK_MS,
    worldClock: () => Promise.resolve(stopped),
    readConnection,
    push,
  })
  const stopping = new AbortController()
  const running = simulator.run(stopping.signal)
  while (!until()) await new Promise((resolve) => setTimeout(resolve, 10))
  stopping.abort()
  await running
}

const expected = (): string[] => {
  const simulation = new LinjiangSimulation({ seed: 7 })
  return FEEDS.flatMap((feed) => {
    return simulation.records(feed, WORLD_NOW - REACH_BACK_MS, WORLD_NOW).map((record) => JSON.stringify(record))
  }).sort()
}

test('a quarter of an hour of history arrives once, although Belfry was full and changed its keys', {
  timeout: SLOW,
}, async () => {
  answers = [200, 503, 200, 401, 200, 200, 500]
  const whole = expected()
  await play(() => taken.length >= whole.length)
  expect(taken.sort()).toEqual(whole)
})

test('after a stop in the middle it goes on behind the last acknowledged record', { timeout: SLOW }, async () => {
  const whole = expected()
  await play(() => taken.length >= whole.length / 3)
  const first = taken.length
  expect(first).toBeLessThan(whole.length)
  await play(() => taken.length >= whole.length)
  expect(taken.sort()).toEqual(whole)
})

test('an unreachable Belfry is waited for', { timeout: SLOW }, async () => {
  let asked = 0
  await play(
    () => taken.length > 0,
    () => Promise.resolve({ url: (asked += 1) === 1 ? 'http://127.0.0.1:1' : url, keys }),
  )
  expect(asked).toBeGreaterThan(1)
})
