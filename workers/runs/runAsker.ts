import type { Log } from '@/platform/log'
import { listen } from '@/platform/postgres/listen'
import type { Listening } from '@/platform/postgres/listen'
import type { Postgres } from '@/platform/postgres/postgres'
import { RUNS_CHANNEL, runsInFlight } from '@/platform/runs/runRows'
import type { JobQueue } from '../jobQueue'

interface Parts {
  readonly postgres: Postgres
  readonly queue: Pick<JobQueue, 'ask'>
  readonly log: Log
}

/** What a lost Redis or a lost message forgot is asked for again this often, ms. */
const AGAIN_MS = 5000

/** Turns runs that are due into jobs: PostgreSQL is the truth, the queue forgets. */
export class RunAsker {
  readonly #parts: Parts
  #listening: Promise<Listening> | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(parts: Parts) {
    this.#parts = parts
  }

  start(): void {
    const ask = (): void => void this.#ask()
    this.#timer = setInterval(ask, AGAIN_MS)
    const { postgres, log } = this.#parts
    this.#listening = listen(postgres, { channel: RUNS_CHANNEL, log, onMessage: ask, onListening: ask })
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await (await this.#listening)?.close()
  }

  async #ask(): Promise<void> {
    const { postgres, queue, log } = this.#parts
    try {
      for (const { run } of await runsInFlight(postgres, {}))
        if (run.state !== 'running') await queue.ask('model.run', { run: run.id }, run.id)
    } catch (cause) {
      log.warn({ err: cause }, 'runs that are due could not be asked for')
    }
  }
}
