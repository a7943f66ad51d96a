import type { Delta, Keyframe } from '@/domain/fold/delta'
import { PRESENTATION_DELAY } from '@/domain/fold/delta'

export type Frame = Delta | Keyframe
export const isKeyframe = (frame: Frame): frame is Keyframe => 'seq' in frame

/** A frame is never held longer than this, so that a wrong clock delays the picture and does not stop it. Milliseconds. */
const LONGEST_WAIT = 1000

interface Waiting {
  readonly frame: Frame
  readonly due: number
}

/** Frames in the order of their arrival, each held until the moment at which every screen shows it. */
export class PresentationQueue {
  #waiting: Waiting[] = []

  /** Takes a frame that arrived at `now` (server machine time, epoch ms). */
  push(frame: Frame, now: number): void {
    this.#waiting.push({ frame, due: Math.min(frame.at + PRESENTATION_DELAY, now + LONGEST_WAIT) })
  }

  /** Frames that are due; a later frame never overtakes an earlier one. */
  takeDue(now: number): Frame[] {
    let count = 0
    while (count < this.#waiting.length && this.#waiting[count]!.due <= now) count++
    return this.#waiting.splice(0, count).map((waiting) => waiting.frame)
  }

  /** When the next frame is due, or undefined when none waits. */
  get nextDue(): number | undefined {
    return this.#waiting[0]?.due
  }

  get length(): number {
    return this.#waiting.length
  }
}
