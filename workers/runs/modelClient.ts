import { Worker } from 'node:worker_threads'
import type { FromModels, ToModels } from './threadMessages'

/** The model refused, was told to stop, or its thread died: the next rung may still do. */
export class RunBroken extends Error {
  readonly retry = false
  readonly code: string
  constructor(code: string, message: string, options: ErrorOptions = {}) {
    super(message, options)
    this.code = code
  }
}

export type Made = Extract<FromModels, { kind: 'made' }>['forecast']

/** The thread that carries out runs, one at a time; it keeps the ground of its city between them. */
export class ModelClient {
  #worker: Worker | undefined

  /** @throws RunBroken */
  async make(asked: Omit<ToModels, 'stop'>, hooks: Hooks): Promise<Made> {
    const worker = (this.#worker ??= startThread())
    const stop = new SharedArrayBuffer(4)
    const give = (): void => void Atomics.store(new Int32Array(stop), 0, 1)
    try {
      return await answerOf(worker, { ...asked, stop }, { ...hooks, give })
    } catch (cause) {
      if (cause instanceof RunBroken && cause.code === 'threadDied') this.#worker = undefined
      throw cause
    }
  }
}

interface Hooks {
  /** Called with each minute of model time; false gives the run up. */
  readonly onProgress: (share: number) => boolean
}

function answerOf(worker: Worker, asked: ToModels, { onProgress, give }: Hooks & { give: () => void }): Promise<Made> {
  return new Promise((resolve, reject) => {
    const end = (act: () => void): void => {
      worker.off('message', heard)
      worker.off('error', died)
      worker.off('exit', gone)
      act()
    }
    const heard = (message: FromModels): void => {
      if (message.kind === 'progress') {
        if (!onProgress(message.share)) give()
        return
      }
      if (message.kind === 'made') end(() => resolve(message.forecast))
      else if (message.kind === 'stopped') end(() => reject(new RunBroken('stopped', 'The run was told to stop.')))
      else end(() => reject(new RunBroken(message.code, message.message)))
    }
    const died = (cause: Error): void =>
      end(() => reject(new RunBroken('threadDied', 'The thread of the models died.', { cause })))
    const gone = (): void => died(new Error('It ended without a word.'))
    worker.on('message', heard)
    worker.on('error', died)
    worker.on('exit', gone)
    worker.postMessage(asked)
  })
}

function startThread(): Worker {
  const entry = new URL('./modelThread.ts', import.meta.url).href
  const worker = new Worker(new URL('./modelThreadBoot.mjs', import.meta.url), { execArgv: [], workerData: { entry } })
  worker.unref() // a process that ends does not wait for a forecast
  return worker
}
