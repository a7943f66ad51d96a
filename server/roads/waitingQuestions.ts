import type { Result } from '@/domain/result'
import { Conflict, Unavailable } from '@/platform/errors'
import { TooManyTries } from '../access/refusals'

/** Who asks: a caller has one large question at a time, and takes it back by the signal. */
export interface Asker {
  readonly caller: string
  readonly signal?: AbortSignal
}

export interface QuestionLimits {
  /** Questions of one search that wait at once, and large ones. */
  readonly small: number
  readonly large: number
  /** Longest wait for an answer, ms. */
  readonly smallMs: number
  readonly largeMs: number
}

interface Waiting {
  readonly large: boolean
  readonly caller: string
  readonly resolve: (result: Result<string, string>) => void
  readonly reject: (error: Error) => void
  /** Ends the clock and lets go of the signal. */
  readonly release: () => void
}

export interface Line {
  readonly send: (id: number) => void
  readonly cancel: (id: number) => void
}

const RETRY_SECONDS = 2

/** The questions that wait for the roads thread, each until its answer, its deadline or the going of its asker. */
export class WaitingQuestions {
  readonly #limits: QuestionLimits
  readonly #waiting = new Map<number, Waiting>()
  #nextId = 1

  constructor(limits: QuestionLimits) {
    this.#limits = limits
  }

  /** @throws TooManyTries for a second large question of one caller, Unavailable when too many wait, Conflict for who is gone */
  mustHaveRoom(large: boolean, { caller, signal }: Asker): void {
    if (signal?.aborted === true) throw new Conflict('roads.gone')
    const alike = [...this.#waiting.values()].filter((waiting) => waiting.large === large)
    if (large && alike.some((waiting) => waiting.caller === caller))
      throw new TooManyTries('roads.oneAtATime', { retryAfterSeconds: RETRY_SECONDS })
    if (alike.length >= (large ? this.#limits.large : this.#limits.small)) throw new Unavailable('roads.busy')
  }

  /** Sends a question and waits. @throws Unavailable after the deadline, Conflict when the asker is gone */
  async wait(large: boolean, { caller, signal }: Asker, { send, cancel }: Line): Promise<Result<string, string>> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++
      const giveUp = (error: Error): void => {
        cancel(id)
        this.#take(id)?.reject(error)
      }
      const limitMs = large ? this.#limits.largeMs : this.#limits.smallMs
      const deadline = setTimeout(() => giveUp(new Unavailable('roads.tooLong', { limitMs })), limitMs)
      const gone = (): void => giveUp(new Conflict('roads.gone'))
      signal?.addEventListener('abort', gone, { once: true })
      const release = (): void => {
        clearTimeout(deadline)
        signal?.removeEventListener('abort', gone)
      }
      this.#waiting.set(id, { large, caller, resolve, reject, release })
      send(id)
    })
  }

  settle(id: number, result: Result<string, string>): void {
    this.#take(id)?.resolve(result)
  }

  refuseAll(): void {
    for (const id of this.#waiting.keys()) this.#take(id)?.reject(new Unavailable('roads.down'))
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    waiting?.release()
    return waiting
  }
}
