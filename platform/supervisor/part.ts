import { wordsOf } from '../embedded/child'
import type { Child } from '../embedded/child'
import { forgetRunning, noteRunning } from './runFiles'
import type { Terminal } from './terminal'

export interface PartSpec {
  readonly name: string
  /** Folder of the run files. */
  readonly run: string
  readonly terminal: Terminal
  readonly stopSignal: NodeJS.Signals
  /** Starts the process and resolves when it is ready. */
  launch(): Promise<Child>
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000
/** Up for so long, and the next failure counts as the first again. */
const STEADY_MS = 60_000

/** One process that is kept alive: started again with growing pauses, for as long as the supervisor lives. */
export class Part {
  readonly #spec: PartSpec
  #child: Child | undefined
  #stopping = false
  #wake: (() => void) | undefined
  #wait = FIRST_WAIT_MS
  restarts = 0

  constructor(spec: PartSpec) {
    this.#spec = spec
  }

  get name(): string {
    return this.#spec.name
  }

  /** Starts it for the first time. @throws when it does not become ready. */
  async start(): Promise<void> {
    await this.#launch()
    void this.#keep()
  }

  /** Ends it and does not start it again. */
  async stop(limitMs: number): Promise<void> {
    this.#stopping = true
    this.#wake?.()
    const child = this.#child
    if (child !== undefined && !(await child.stop(this.#spec.stopSignal, limitMs))) {
      this.#spec.terminal.say(`${this.name} did not stop in ${limitMs / 1000} s and was killed`)
    }
    await forgetRunning(this.#spec.run, this.name)
  }

  async #launch(): Promise<void> {
    const child = await this.#spec.launch()
    this.#child = child
    await noteRunning(this.#spec.run, this.name, child.pid)
  }

  async #keep(): Promise<void> {
    while (!this.#stopping && this.#child !== undefined) {
      const since = performance.now()
      const exit = await this.#child.exited
      if (this.#isStopping()) return
      if (performance.now() - since > STEADY_MS) this.#wait = FIRST_WAIT_MS
      this.#spec.terminal.say(`${this.name} ended ${wordsOf(exit)}; starting it again in ${this.#wait / 1000} s`)
      await this.#again()
    }
  }

  /** Tries until it runs again or we stop. */
  async #again(): Promise<void> {
    for (;;) {
      await this.#pause()
      if (this.#isStopping()) return
      this.restarts += 1
      try {
        await this.#launch()
        this.#spec.terminal.say(`${this.name} runs again`)
        return
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause)
        this.#spec.terminal.say(`${this.name} did not start (${why}); trying again in ${this.#wait / 1000} s`)
      }
    }
  }

  #isStopping(): boolean {
    return this.#stopping
  }

  async #pause(): Promise<void> {
    const wait = this.#wait
    this.#wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
