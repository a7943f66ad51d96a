import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createMetrics } from '@/platform/metrics'
import { writeMetrics } from './metricsFile'

test('the file holds the newest figures and nothing is left beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'belfry-metrics-'))
  const path = join(folder, 'run', 'jobs.prom')
  const metrics = createMetrics('jobs')
  const ended = metrics.counter({ name: 'belfry_trial_total', help: 'Trials.' })
  await writeMetrics(metrics, path)
  ended.inc(3)
  await writeMetrics(metrics, path)
  expect(await readFile(path, 'utf8')).toContain('belfry_trial_total{component="jobs"} 3')
  expect(await readdir(join(folder, 'run'))).toEqual(['jobs.prom'])
  await rm(folder, { recursive: true })
})
