import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '@/platform/clock'
import { createMetrics } from '@/platform/metrics'
import { JobQueue } from '@/workers/jobQueue'
import { createRunJob } from '@/workers/runJob'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'

let services: TestServices
let queue: JobQueue
const stopping = new AbortController()
const metrics = createMetrics('test')

beforeAll(async () => {
  services = await openServices()
  const { clickhouse, postgres, redis, log, redisPrefix } = services
  const host = { varFolder: 'no-folder', nodePath: 'no-node', threads: 1 } // no World of the exercise here: nothing is made
  const context = { clickhouse, postgres, log, clock: systemClock, signal: stopping.signal, ...host }
  const runJob = createRunJob(context, metrics)
  queue = new JobQueue({ redis, runJob, clock: systemClock, log, prefix: redisPrefix })
  if (redis.status !== 'ready') await new Promise((resolve) => redis.once('ready', resolve))
  queue.start()
})
afterAll(async () => {
  stopping.abort()
  await queue.stop()
  await services.close()
})

const runs = async (): Promise<number> => {
  const lines = (await metrics.text()).split('\n').filter((text) => text.startsWith('belfry_job_run_seconds_count'))
  const line = lines.find((text) => text.includes('job="rollup.minutes"'))
  return Number(line?.split(' ').at(-1) ?? 0)
}
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50))
}

test('a recurring job runs at once, and again after Redis forgot everything', async () => {
  await until(async () => (await runs()) >= 1)
  const { redis, redisPrefix } = services
  const keys = await redis.keys(`${redisPrefix}:*`)
  expect(keys.length).toBeGreaterThan(0)
  await redis.del(...keys)
  const before = await runs()
  await until(async () => (await runs()) > before)
  expect(await metrics.text()).not.toMatch(/belfry_job_failures_total\{[^}]*\} [1-9]/)
})
