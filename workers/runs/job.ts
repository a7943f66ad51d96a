import { join } from 'node:path'
import { FloodRequest, FloodResult } from '@/domain/flood/forecast'
import { confidenceOf } from '@/domain/runs/confidence'
import type { ModelRun, Rung } from '@/domain/runs/modelRun'
import { fileBlobStore } from '@/platform/blobs/blobStore'
import { beatRun, moveRun } from '@/platform/runs/runRows'
import type { JobContext } from '../jobSpec'
import { Ladder } from './ladder'
import { ModelClient, RunBroken } from './modelClient'
import type { Made } from './modelClient'
import { refusalOf } from './refusals'

/** The server takes a run for dead after six of these. */
const BEAT_MS = 500
/** How often gauges are expected to speak: the confidence of a run falls at twice of it. */
const RAIN_PERIOD_MS = 300_000

/** What ends a run without saying anything of its input. */
const BROKEN = new Set(['stopped', 'threadDied'])

// One thread for all runs of this process: the next run finds its city read.
const client = new ModelClient()

/**
 * Carries out one run: down the ladder as long as time is left. What came of it is written by the state's table, so a
 * run that somebody cancelled or gave up meanwhile stays as it is.
 */
export async function modelRunJob({ run: id }: { run: string }, context: JobContext): Promise<object> {
  const { postgres, clock } = context
  const run = await moveRun(postgres, id, 'running', {
    patch: { startedAt: clock.now() },
    heartbeatAt: clock.now(),
  })
  if (run === undefined) return { taken: false }
  const beating = new Beat(context, id)
  const fail = async (reason: string): Promise<object> => {
    await moveRun(postgres, id, 'failed', { patch: { endedAt: clock.now(), reason } })
    return { failed: reason }
  }
  try {
    const made = await downTheLadder(run, context, beating)
    return await keep(run, made, context)
  } catch (cause) {
    const refusal = refusalOf(cause)
    if (refusal !== undefined) return await fail(refusal.code)
    // What the model refused is told. Whatever else broke leaves the run without a heart: the server's rule takes it.
    if (!(cause instanceof RunBroken) || BROKEN.has(cause.code)) throw cause
    return await fail(cause.code)
  } finally {
    beating.end()
  }
}

async function downTheLadder(run: ModelRun, context: JobContext, beat: Beat): Promise<Made> {
  const { varFolder, clock, signal, log, threads = 1 } = context
  const blobs = join(varFolder, 'blobs')
  const request = FloodRequest.parse(JSON.parse((await fileBlobStore(blobs).get(run.request)).toString('utf8')))
  const asked = { request, blobs, threads, cityFolder: join(varFolder, 'cities', request.city) }
  const only = run.onlyRung === 'rule' ? undefined : run.onlyRung
  const ladder = new Ladder(only === undefined ? run.deadline : Number.POSITIVE_INFINITY, () => clock.now())
  for (let rung = ladder.first(only); ; ) {
    try {
      const attempt = ladder.begin(rung)
      return await client.make(
        { ...asked, rung },
        {
          onProgress: (share) => {
            beat.share = share
            return beat.alive && !signal.aborted && attempt(share)
          },
        },
      )
    } catch (cause) {
      const next: Exclude<Rung, 'rule'> | undefined = ladder.below(rung)
      const mayHelp = cause instanceof RunBroken && BROKEN.has(cause.code)
      if (!mayHelp || only !== undefined || next === undefined || !beat.alive || signal.aborted) throw cause
      log.info({ run: run.id, rung, next, cause: cause.code }, 'a run goes down its ladder')
      rung = next
    }
  }
}

async function keep(run: ModelRun, made: Made, { postgres, clock, varFolder, log }: JobContext): Promise<object> {
  const result = FloodResult.parse({ ...made, request: run.request })
  const name = await fileBlobStore(join(varFolder, 'blobs')).put(Buffer.from(JSON.stringify(result)))
  const confidence = confidenceOf({
    ...{ issueTime: run.issueTime, inputs: run.inputs, periodMs: RAIN_PERIOD_MS, rung: made.rung },
    quality: made.quality,
  })
  const to = made.rung === 'full' ? 'draft' : 'fallback'
  const patch = {
    endedAt: clock.now(),
    progress: 1,
    rung: made.rung,
    result: name,
    quality: [...made.quality],
    confidence,
  }
  const moved = await moveRun(postgres, run.id, to, { patch })
  log.info({ run: run.id, rung: made.rung, kept: moved !== undefined }, 'a run ended')
  return { rung: made.rung, kept: moved !== undefined }
}

/** Tells twice in a while that this run is carried out, and learns when it is nobody's any more. */
class Beat {
  share = 0
  alive = true
  readonly #timer: NodeJS.Timeout

  constructor({ postgres, clock, log }: JobContext, id: string) {
    this.#timer = setInterval(() => {
      beatRun(postgres, { id, at: clock.now(), progress: this.share })
        .then((ours) => (this.alive = ours))
        .catch((cause: unknown) => log.warn({ err: cause, run: id }, 'a run could not tell that it lives'))
    }, BEAT_MS)
  }

  end(): void {
    clearInterval(this.#timer)
  }
}
