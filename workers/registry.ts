import { z } from 'zod'
import { cityBuildJob } from './city/job'
import type { JobSpec, Processor } from './jobSpec'
import { qualityJob } from './quality/job'
import { rollupJob } from './rollup/job'
import { modelRunJob } from './runs/job'

/** Every job by name. A name without a processor does not compile. */
export const jobs = {
  'rollup.minutes': { payload: z.object({}), attempts: 2, timeoutMs: 120_000, everyMs: 10_000 },
  'quality.hours': { payload: z.object({}), attempts: 2, timeoutMs: 120_000, everyMs: 120_000 },
  'city.build': { payload: z.object({}), attempts: 1, timeoutMs: 1_800_000, everyMs: 600_000 },
  'model.run': { payload: z.object({ run: z.uuid() }), attempts: 1, timeoutMs: 1_800_000 },
} as const satisfies Record<string, JobSpec>

export type JobName = keyof typeof jobs
export type JobPayload<Name extends JobName> = z.infer<(typeof jobs)[Name]['payload']>

export const processors: { readonly [Name in JobName]: Processor<JobPayload<Name>> } = {
  'rollup.minutes': rollupJob,
  'quality.hours': qualityJob,
  'city.build': cityBuildJob,
  'model.run': modelRunJob,
}

export const JOB_NAMES = Object.keys(jobs) as readonly JobName[]
