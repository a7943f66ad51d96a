import type { Metrics } from '@/platform/metrics'
import { traced } from '@/platform/log'
import type { JobContext, JobSpec, Processor } from './jobSpec'

/** One asking of a job as the queue hands it over; times are epoch ms of the machine. */
export interface AskedJob {
  readonly name: string
  readonly payload: unknown
  readonly traceId: string
  readonly askedAt: number
}

/** A job took longer than its table entry allows. */
class JobTooSlow extends Error {
  readonly retry = true
}

export type JobRunner = (spec: JobSpec, processor: Processor<never>, job: AskedJob) => Promise<object>

/** Wraps every job once: payload checked, wait and run time measured, failures counted, one trace id in its log. */
export function createRunJob(context: JobContext, metrics: Metrics): JobRunner {
  const buckets = [0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 120]
  const waited = metrics.histogram({
    name: 'belfry_job_wait_seconds',
    help: 'From asked to begun.',
    labels: ['job'],
    buckets,
  })
  const ran = metrics.histogram({
    name: 'belfry_job_run_seconds',
    help: 'From begun to ended.',
    labels: ['job'],
    buckets,
  })
  const failed = metrics.counter({ name: 'belfry_job_failures_total', help: 'Attempts that failed.', labels: ['job'] })
  return async (spec, processor, job) => {
    const log = traced(context.log.child({ job: job.name }), job.traceId)
    const began = context.clock.now()
    waited.observe({ job: job.name }, Math.max(0, began - job.askedAt) / 1000)
    const limit = new AbortController()
    const timer = setTimeout(
      () => limit.abort(new JobTooSlow(`${job.name}: over ${spec.timeoutMs} ms.`)),
      spec.timeoutMs,
    )
    try {
      const signal = AbortSignal.any([context.signal, limit.signal])
      const payload = spec.payload.parse(job.payload) as never
      const outcome = await processor(payload, { ...context, log, signal })
      log.debug({ ...outcome, ms: context.clock.now() - began }, 'job done')
      return outcome
    } catch (cause) {
      failed.inc({ job: job.name })
      log.warn({ err: cause, ms: context.clock.now() - began }, 'job failed')
      throw cause
    } finally {
      clearTimeout(timer)
      ran.observe({ job: job.name }, (context.clock.now() - began) / 1000)
    }
  }
}
