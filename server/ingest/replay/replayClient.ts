import type { Worker } from 'node:worker_threads'
import type { FeedMapping } from '@/domain/feed/mapping'
import { startThread } from '../thread'
import type { FromReplay, Pulled, ToReplay } from './replayMessages'

interface Asked {
  readonly resolve: (answer: FromReplay) => void
  readonly reject: (error: Error) => void
}

/** The server's side of the replay thread: one question per replay at a time. */
export class ReplayClient {
  readonly #asked = new Map<number, Asked>()
  #worker: Worker | undefined

  async stop(): Promise<void> {
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }

  /** Time of the first record of the data, without a shift. @throws Error when the files cannot be read */
  async first(id: number, mapping: FeedMapping, folder: string): Promise<number | undefined> {
    const answer = await this.#ask({ kind: 'first', id, mapping, folder })
    return answer.kind === 'first' ? answer.at : undefined
  }

  open(message: Extract<ToReplay, { kind: 'open' }>): void {
    this.#thread().postMessage(message)
  }

  /** @throws Error when the files cannot be read */
  async pull(id: number, until: number, rows: number): Promise<Pulled> {
    const answer = await this.#ask({ kind: 'pull', id, until, rows })
    if (answer.kind !== 'pulled') throw new RangeError(`Unexpected answer ${answer.kind}.`)
    return answer.pulled
  }

  #ask(message: ToReplay): Promise<FromReplay> {
    return new Promise((resolve, reject) => {
      this.#asked.set(message.id, { resolve, reject })
      this.#thread().postMessage(message)
    })
  }

  #thread(): Worker {
    if (this.#worker !== undefined) return this.#worker
    const worker = startThread(new URL('./replayThread.ts', import.meta.url))
    worker.on('message', (answer: FromReplay) => this.#receive(answer))
    worker.on('error', (cause) => this.#fail(cause))
    worker.on('exit', () => this.#fail(new Error('The replay thread ended.')))
    this.#worker = worker
    return worker
  }

  #receive(answer: FromReplay): void {
    const asked = this.#asked.get(answer.id)
    this.#asked.delete(answer.id)
    if (answer.kind === 'failed') asked?.reject(new Error(answer.message))
    else asked?.resolve(answer)
  }

  #fail(cause: Error): void {
    this.#worker = undefined
    for (const { reject } of this.#asked.values()) reject(cause)
    this.#asked.clear()
  }
}
