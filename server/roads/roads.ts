import type { Worker } from 'node:worker_threads'
import type { RoadQuestion } from '@/domain/api/roads'
import type { RoadReadings } from '@/domain/roads/roadReadings'
import type { World } from '@/domain/world'
import { AppError, NotFound, Unavailable } from '@/platform/errors'
import type { Log } from '@/platform/log'
import { startThread } from '../ingest/thread'
import { isLarge } from './threadMessages'
import type { FromRoads, RoadChange, ToRoads, Unmatched } from './threadMessages'
import { WaitingQuestions } from './waitingQuestions'
import type { Asker, QuestionLimits } from './waitingQuestions'

export interface RoadsOptions {
  readonly log: Log
  /** Hears how long a question of that kind took, in seconds, refused or not. */
  readonly onAsked?: (kind: RoadQuestion['kind'], seconds: number) => void
  /** Path of the road graph of a World's city; `undefined` where it has none. */
  readonly graphOf: (world: World) => string | undefined
  readonly limits?: Partial<QuestionLimits>
}

/** More than these at once are refused as retryable, and so is what is not answered within its time. */
const USUAL_LIMITS: QuestionLimits = { small: 64, large: 8, smallMs: 20_000, largeMs: 60_000 }
const RESTART_MS = 500
const OWN: Asker = { caller: 'roads' }

/**
 * The roads of all Worlds, in a thread of their own: a matrix takes seconds. Closures are held here in memory; whoever
 * keeps them (commands on roads) tells them again after a start.
 */
export class Roads {
  readonly #options: RoadsOptions
  readonly #changes = new Map<string, { readonly world: number; readonly change: RoadChange }>()
  readonly #said = new Map<number, RoadReadings>()
  readonly #waiting: WaitingQuestions
  #worker: Worker | undefined
  #restart: NodeJS.Timeout | undefined
  #stopped = false

  constructor(options: RoadsOptions) {
    this.#options = options
    this.#waiting = new WaitingQuestions({ ...USUAL_LIMITS, ...options.limits })
  }

  /**
   * Answers with JSON text by the schema of the question. The first question starts the thread.
   * @throws NotFound without roads, TooManyTries for a second large question of one caller, Unavailable, Conflict when
   * the asker is gone
   */
  async ask(world: World, question: RoadQuestion, asker: Asker): Promise<string> {
    const path = this.#options.graphOf(world)
    if (path === undefined) throw new NotFound('roads.none', { world: world.key })
    const began = performance.now()
    try {
      return await this.#answered({ kind: 'ask', on: { world: world.no, path }, question }, isLarge(question), asker)
    } finally {
      this.#options.onAsked?.(question.kind, (performance.now() - began) / 1000)
    }
  }

  /**
   * Closes or opens roads of a World; the next question knows. Resolves with what of the change names nothing on the
   * World's roads; `undefined` when they cannot be read now: the change is kept and holds when they can.
   */
  async change(world: World, change: RoadChange): Promise<Unmatched | undefined> {
    const key = `${world.no}/${change.source}`
    this.#changes.delete(key)
    if (change.kind === 'close') this.#changes.set(key, { world: world.no, change })
    if (this.#worker !== undefined) tell(this.#worker, { kind: 'change', world: world.no, change })
    const path = this.#options.graphOf(world)
    if (path === undefined) return undefined
    try {
      const check = { kind: 'check', on: { world: world.no, path }, source: change.source } as const
      return JSON.parse(await this.#answered(check, false, OWN)) as Unmatched
    } catch (cause) {
      if (cause instanceof AppError) return undefined
      throw cause
    }
  }

  /** What the instruments of a World say about its roads now, in place of what they said before. */
  readings(world: World, said: RoadReadings): void {
    if (said.speeds.length + said.depths.length === 0 && !this.#said.has(world.no)) return
    this.#said.set(world.no, said)
    if (this.#worker !== undefined) tell(this.#worker, { kind: 'readings', world: world.no, said })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#restart)
    const worker = this.#worker
    this.#worker = undefined
    this.#waiting.refuseAll()
    await worker?.terminate()
  }

  async #answered(question: Unnumbered, large: boolean, asker: Asker): Promise<string> {
    this.#waiting.mustHaveRoom(large, asker)
    const worker = this.#started()
    const result = await this.#waiting.wait(large, asker, {
      send: (id) => tell(worker, { ...question, id }),
      cancel: (id) => tell(worker, { kind: 'cancel', id }),
    })
    if (result.ok) return result.value
    this.#options.log.error({ ...question.on, reason: result.error }, 'the roads of a World cannot be asked')
    throw new Unavailable('roads.unreadable')
  }

  #started(): Worker {
    if (this.#stopped || this.#restart !== undefined) throw new Unavailable('roads.down')
    if (this.#worker !== undefined) return this.#worker
    const worker = startThread(new URL('./roadsThread.ts', import.meta.url))
    worker.on('message', (message: FromRoads) => this.#receive(message))
    worker.on('error', (cause) => this.#options.log.error({ err: cause }, 'roads thread failed'))
    worker.on('exit', () => this.#ended(worker))
    this.#worker = worker
    for (const { world, change } of this.#changes.values()) tell(worker, { kind: 'change', world, change })
    for (const [world, said] of this.#said) tell(worker, { kind: 'readings', world, said })
    return worker
  }

  /** A thread that cannot start shall not take the processor: the next question may start it again in a while. */
  #ended(worker: Worker): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    this.#waiting.refuseAll()
    this.#restart = setTimeout(() => (this.#restart = undefined), RESTART_MS)
    this.#restart.unref()
  }

  #receive(message: FromRoads): void {
    if (message.kind === 'answer') {
      this.#waiting.settle(message.id, message.result)
      return
    }
    const { kind: _, ...told } = message
    this.#options.log.warn(told, 'a closure names roads or places that this city does not have')
  }
}

type Numbered = Extract<ToRoads, { kind: 'ask' | 'check' }>
type Unnumbered = Numbered extends infer Each ? (Each extends Numbered ? Omit<Each, 'id'> : never) : never

function tell(worker: Worker, message: ToRoads): void {
  worker.postMessage(message)
}
