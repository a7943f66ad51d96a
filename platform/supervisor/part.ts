import { setTimeout as sleep } from 'node:timers/promises'
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
  /** Starts the process and resolves when it is ready; `onSpawned` hears of it before, where it is known. */
  launch(onSpawned: (child: Child) => void): Promise<Child>
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000
const UNREADY_STOP_MS = 2000
/** Up for so long, and the next failure counts as the first again. */
const STEADY_MS = 60_000

/** One process that is kept alive: started again with growing pauses, for as long as the supervisor lives. */
export class Part {
  readonly #spec: PartSpec
  /** The process that lives. */
  #child: Child | undefined
  /** The last one that was taken as ours. */
  #held: Child | undefined
  #launching: Promise<Child> | undefined
  #noted: Promise<void> = Promise.resolve()
  #stopBy = 0
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
    void this.#keep(await this.#launch())
  }

  /** Ends it and does not start it again; one that is being launched is ended as soon as there is something to end. */
  async stop(limitMs: number): Promise<void> {
    this.#stopBy = performance.now() + limitMs
    this.#stopping = true
    this.#wake?.()
    await this.#stopChild(limitMs)
    const launched = this.#launching?.catch(() => undefined)
    if (launched !== undefined) await Promise.race([launched, sleep(this.#timeLeft(), undefined, { ref: false })])
    await this.#noted
    await forgetRunning(this.#spec.run, this.name)
  }

  async #stopChild(limitMs: number): Promise<void> {
    const child = this.#child
    if (child === undefined || (await child.stop(this.#spec.stopSignal, limitMs))) return
    this.#spec.terminal.say(`${this.name} did not stop in ${limitMs / 1000} s and was killed`)
  }

  #timeLeft(): number {
    return Math.max(0, Math.round(this.#stopBy - performance.now()))
  }

  async #launch(): Promise<Child> {
    this.#launching = this.#launchNow()
    return this.#launching.finally(() => (this.#launching = undefined))
  }

  async #launchNow(): Promise<Child> {
    try {
      const child = await this.#spec.launch((spawned) => this.#hold(spawned))
      this.#hold(child)
      await this.#noted
      if (this.#isStopping()) await this.#stopChild(this.#timeLeft())
      return child
    } catch (cause) {
      await this.#stopChild(UNREADY_STOP_MS) // it runs and never became ready
      throw cause
    }
  }

  /** Takes a process as ours until it ends: its pid may be somebody else's afterwards. */
  #hold(child: Child): void {
    if (this.#held === child) return
    this.#held = child
    this.#child = child
    void child.exited.then(() => {
      if (this.#child === child) this.#child = undefined
    })
    this.#noted = noteRunning(this.#spec.run, this.name, child.pid).catch((cause: unknown) => {
      this.#spec.terminal.say(`${this.name} is not noted: ${String(cause)}`)
    })
    if (this.#isStopping()) void this.#stopChild(this.#timeLeft())
  }

  async #keep(first: Child): Promise<void> {
    let child: Child | undefined = first
    while (child !== undefined) {
      const since = performance.now()
      const exit = await child.exited
      if (this.#isStopping()) return
      if (performance.now() - since > STEADY_MS) this.#wait = FIRST_WAIT_MS
      this.#spec.terminal.say(`${this.name} ended ${wordsOf(exit)}; starting it again in ${this.#wait / 1000} s`)
      child = await this.#again()
    }
  }

  /** Tries until it runs again or we stop. */
  async #again(): Promise<Child | undefined> {
    for (;;) {
      await this.#pause()
      if (this.#isStopping()) return undefined
      this.restarts += 1
      try {
        const child = await this.#launch()
        this.#spec.terminal.say(`${this.name} runs again`)
        return child
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
