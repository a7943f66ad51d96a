import type { Worker } from 'node:worker_threads'
import type { RoadQuestion } from '@/domain/api/roads'
import type { Result } from '@/domain/result'
import type { World } from '@/domain/world'
import { NotFound, Unavailable } from '@/platform/errors'
import type { Log } from '@/platform/log'
import { startThread } from '../ingest/thread'
import type { FromRoads, RoadChange, ToRoads } from './threadMessages'

export interface RoadsOptions {
  readonly log: Log
  /** Path of the road graph of a World's city; `undefined` where it has none. */
  readonly graphOf: (world: World) => string | undefined
}

interface Waiting {
  readonly resolve: (result: Result<string, string>) => void
  readonly reject: (error: Error) => void
}

/** More questions than this at once are refused as retryable: the thread answers one after the other. */
const MOST_WAITING = 64
const RESTART_MS = 500

/**
 * The roads of all Worlds, in a thread of their own: a matrix takes seconds. Closures are held here in memory; whoever
 * keeps them (commands on roads) tells them again after a start.
 */
export class Roads {
  readonly #options: RoadsOptions
  readonly #changes = new Map<string, { readonly world: number; readonly change: RoadChange }>()
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #nextId = 1
  #restart: NodeJS.Timeout | undefined
  #stopped = false

  constructor(options: RoadsOptions) {
    this.#options = options
  }

  /** Answers with JSON text by the schema of the question. The first question starts the thread. @throws NotFound, Unavailable */
  async ask(world: World, question: RoadQuestion): Promise<string> {
    const path = this.#options.graphOf(world)
    if (path === undefined) throw new NotFound('roads.none', { world: world.key })
    if (this.#waiting.size >= MOST_WAITING) throw new Unavailable('roads.busy')
    const worker = this.#started()
    const result = await new Promise<Result<string, string>>((resolve, reject) => {
      const id = this.#nextId++
      this.#waiting.set(id, { resolve, reject })
      worker.postMessage({ kind: 'ask', id, on: { world: world.no, path }, question } satisfies ToRoads)
    })
    if (result.ok) return result.value
    this.#options.log.error({ world: world.key, path, reason: result.error }, 'the roads of a World cannot be asked')
    throw new Unavailable('roads.unreadable')
  }

  /** Closes or opens roads of a World; the next question knows. */
  change(world: World, change: RoadChange): void {
    const key = `${world.no}/${change.source}`
    this.#changes.delete(key)
    if (change.kind === 'close') this.#changes.set(key, { world: world.no, change })
    this.#worker?.postMessage({ kind: 'change', world: world.no, change } satisfies ToRoads)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#restart)
    const worker = this.#worker
    this.#worker = undefined
    this.#refuseAll()
    await worker?.terminate()
  }

  #started(): Worker {
    if (this.#stopped || this.#restart !== undefined) throw new Unavailable('roads.down')
    if (this.#worker !== undefined) return this.#worker
    const worker = startThread(new URL('./roadsThread.ts', import.meta.url))
    worker.on('message', (message: FromRoads) => this.#receive(message))
    worker.on('error', (cause) => this.#options.log.error({ err: cause }, 'roads thread failed'))
    worker.on('exit', () => this.#ended(worker))
    this.#worker = worker
    for (const { world, change } of this.#changes.values()) {
      worker.postMessage({ kind: 'change', world, change } satisfies ToRoads)
    }
    return worker
  }

  /** A thread that cannot start shall not take the processor: the next question may start it again in a while. */
  #ended(worker: Worker): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    this.#refuseAll()
    this.#restart = setTimeout(() => (this.#restart = undefined), RESTART_MS)
    this.#restart.unref()
  }

  #receive({ id, result }: FromRoads): void {
    this.#waiting.get(id)?.resolve(result)
    this.#waiting.delete(id)
  }

  #refuseAll(): void {
    for (const { reject } of this.#waiting.values()) reject(new Unavailable('roads.down'))
    this.#waiting.clear()
  }
}
