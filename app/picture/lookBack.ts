import type { PictureStore } from '@/domain/fold/picture'
import type { EpochMillis } from '@/domain/time'
import { machineNow } from '@/app/time/machineClock'

/** A past picture: what was known at `at`, World time. */
export interface PastPicture {
  readonly at: EpochMillis
  readonly picture: PictureStore
}

/** What a look back shows and seeks. `sought` runs ahead of `past` while somebody drags. */
export interface LookBackState {
  readonly sought: EpochMillis | undefined
  readonly past: PastPicture | undefined
  /** Code of the refusal of the last question, until one is answered. */
  readonly refused: string | undefined
}

export type AskPicture = (at: EpochMillis, signal: AbortSignal) => Promise<PictureStore>

/** Questions of a drag begin at least so far apart. Milliseconds. */
export const ASK_EVERY = 150
/** A look back that nobody touches ends by itself. Milliseconds. */
export const IDLE_AFTER = 60_000

const LIVE: LookBackState = { sought: undefined, past: undefined, refused: undefined }

/**
 * The picture at a moment that somebody scrubs to. One question is under way at a time, and the next asks for the place
 * where the hand is by then: a drag over hours costs the server a few questions and not one for each pixel.
 */
export class LookBack {
  readonly #ask: AskPicture
  readonly #codeOf: (cause: unknown) => string
  readonly #listeners = new Set<() => void>()
  #state = LIVE
  #asking: AbortController | undefined
  #askedAt = Number.NEGATIVE_INFINITY
  #next: ReturnType<typeof setTimeout> | undefined
  #idle: ReturnType<typeof setTimeout> | undefined
  #held = false

  /** `codeOf` names the reason of a failed question. */
  constructor(ask: AskPicture, codeOf: (cause: unknown) => string) {
    this.#ask = ask
    this.#codeOf = codeOf
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly state = (): LookBackState => this.#state
  readonly sought = (): EpochMillis | undefined => this.#state.sought
  readonly past = (): PastPicture | undefined => this.#state.past

  /** Shows what was known at a moment of the World's clock, as soon as it is known here. */
  to(moment: EpochMillis): void {
    this.#set({ sought: moment })
    this.touch()
    this.#askSoon()
  }

  /** Shows a moment until somebody says otherwise: a desk froze the wall. */
  hold(moment: EpochMillis): void {
    this.#held = true
    this.to(moment)
  }

  /** Back to the living picture. */
  toNow(): void {
    this.#held = false
    clearTimeout(this.#idle)
    clearTimeout(this.#next)
    this.#next = undefined
    this.#asking?.abort()
    this.#asking = undefined
    if (this.#state !== LIVE) this.#set(LIVE)
  }

  /** Somebody is still there. */
  touch(): void {
    clearTimeout(this.#idle)
    if (this.#state.sought !== undefined && !this.#held) this.#idle = setTimeout(() => this.toNow(), IDLE_AFTER)
  }

  #set(part: Partial<LookBackState>): void {
    this.#state = part === LIVE ? LIVE : { ...this.#state, ...part }
    for (const listener of this.#listeners) listener()
  }

  #askSoon(): void {
    if (this.#asking !== undefined || this.#next !== undefined) return
    const wait = Math.max(0, this.#askedAt + ASK_EVERY - machineNow())
    this.#next = setTimeout(() => {
      this.#next = undefined
      const { sought } = this.#state
      if (sought !== undefined) void this.#askFor(sought)
    }, wait)
  }

  async #askFor(at: EpochMillis): Promise<void> {
    const asking = new AbortController()
    this.#asking = asking
    this.#askedAt = machineNow()
    try {
      const picture = await this.#ask(at, asking.signal)
      if (!asking.signal.aborted) this.#set({ past: { at, picture }, refused: undefined })
    } catch (cause) {
      if (!asking.signal.aborted) this.#set({ refused: this.#codeOf(cause) })
    } finally {
      if (this.#asking === asking) {
        this.#asking = undefined
        const { sought } = this.#state
        if (sought !== undefined && sought !== at) this.#askSoon()
      }
    }
  }
}
