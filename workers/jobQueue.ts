import { randomBytes } from 'node:crypto'
import { Queue, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Clock } from '@/platform/clock'
import type { Log } from '@/platform/log'
import type { JobSpec } from './jobSpec'
import { JOB_NAMES, jobs, processors } from './registry'
import type { JobName, JobPayload } from './registry'
import type { JobRunner } from './runJob'

interface JobQueueParts {
  readonly redis: Redis
  readonly runJob: JobRunner
  readonly clock: Clock
  readonly log: Log
  /** First part of every key in Redis. */
  readonly prefix: string
}

const KEEP_SECONDS = 600

/**
 * Asks for the recurring jobs and runs all of them. The time slot is the job's id, so that ten workers ask once; what
 * a lost Redis forgot is asked again at the next slot, and nothing is asked while it is away.
 */
export class JobQueue {
  readonly #parts: JobQueueParts
  readonly #queues = new Map<JobName, Queue>()
  readonly #workers: Worker[] = []
  readonly #timers: NodeJS.Timeout[] = []
  readonly #asks: (() => void)[] = []

  constructor(parts: JobQueueParts) {
    this.#parts = parts
  }

  start(): void {
    for (const name of JOB_NAMES) {
      const spec: JobSpec = jobs[name]
      const queue = new Queue(name, { connection: this.#parts.redis, prefix: this.#parts.prefix })
      queue.on('error', (cause) => this.#parts.log.debug({ err: cause, job: name }, 'queue'))
      this.#queues.set(name, queue)
      this.#workers.push(this.#worker(name, spec))
      if (spec.everyMs === undefined) continue
      const ask = () => void this.#askForSlot(name, spec.everyMs ?? KEEP_SECONDS * 1000)
      ask()
      this.#onReady(ask) // at the start Redis may not be there yet, and a slot can be ten minutes long
      this.#timers.push(setInterval(ask, spec.everyMs))
    }
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers.splice(0)) clearInterval(timer)
    for (const ask of this.#asks.splice(0)) this.#parts.redis.off('ready', ask)
    // Closing waits for the running job; the context's signal has told it to end.
    await Promise.all(this.#workers.splice(0).map((worker) => worker.close()))
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()))
  }

  /** Asks for one job; the same id is one job for as long as its outcome is remembered. @throws while Redis is away */
  async ask<Name extends JobName>(name: Name, payload: JobPayload<Name>, id: string): Promise<void> {
    const queue = this.#queues.get(name)
    if (queue === undefined || this.#parts.redis.status !== 'ready') return
    await this.#add(queue, name, { id, payload })
  }

  #onReady(ask: () => void): void {
    this.#parts.redis.on('ready', ask)
    this.#asks.push(ask)
  }

  async #askForSlot(name: JobName, everyMs: number): Promise<void> {
    const { redis, clock, log } = this.#parts
    const queue = this.#queues.get(name)
    if (queue === undefined || redis.status !== 'ready') return
    try {
      const slot = Math.floor(clock.now() / everyMs)
      await this.#add(queue, name, { id: `${name}-${slot}`, payload: {} })
    } catch (cause) {
      log.warn({ err: cause, job: name }, 'job could not be asked for')
    }
  }

  async #add(queue: Queue, name: JobName, { id, payload }: { id: string; payload: object }): Promise<void> {
    await queue.add(
      name,
      { payload, traceId: randomBytes(16).toString('hex') },
      {
        jobId: id,
        attempts: jobs[name].attempts,
        backoff: { type: 'exponential', delay: 1000 },
        removeOnComplete: { age: KEEP_SECONDS },
        removeOnFail: { age: KEEP_SECONDS },
      },
    )
  }

  #worker(name: JobName, spec: JobSpec): Worker {
    const { redis, runJob, log, prefix } = this.#parts
    const worker = new Worker(
      name,
      (job) => {
        const { payload, traceId } = job.data as { payload: unknown; traceId: string }
        return runJob(spec, processors[name], { name, payload, traceId, askedAt: job.timestamp })
      },
      { connection: redis, prefix, concurrency: 1 },
    )
    worker.on('error', (cause) => log.debug({ err: cause, job: name }, 'worker'))
    return worker
  }
}
