import type { GapAnswer } from '@/domain/api/socket'
import type { Channel, ChannelPosition, Delta, Keyframe } from '@/domain/fold/delta'
import type { Frame } from './presentationQueue'

/**
 * One channel's order of arrival. A delta that does not continue what was received is not guessed over: the missing
 * ones are asked for by number, and what arrives meanwhile is in the answer or follows it.
 */
export class ChannelFeed {
  readonly channel: Channel
  /** The last number received; undefined until the first keyframe. */
  received: ChannelPosition | undefined
  #asking = false
  readonly #take: (frame: Frame) => void
  readonly #ask: (held: ChannelPosition) => Promise<GapAnswer | undefined>
  /** Gaps met since the start; shown on the operations page of the screen. */
  gaps = 0

  constructor(
    channel: Channel,
    take: (frame: Frame) => void,
    ask: (held: ChannelPosition) => Promise<GapAnswer | undefined>,
  ) {
    this.channel = channel
    this.#take = take
    this.#ask = ask
  }

  keyframe(keyframe: Keyframe): void {
    const held = this.received
    const older =
      held !== undefined && (keyframe.epoch < held.epoch || (keyframe.epoch === held.epoch && keyframe.seq < held.seq))
    if (older) return
    this.received = { epoch: keyframe.epoch, seq: keyframe.seq }
    this.#take(keyframe)
  }

  async delta(delta: Delta): Promise<void> {
    if (this.#asking) return
    const held = this.received ?? { epoch: -1, seq: -1 }
    if (delta.epoch < held.epoch || (delta.epoch === held.epoch && delta.to <= held.seq)) return
    if (delta.epoch === held.epoch && delta.from <= held.seq) {
      this.#follow(delta)
      return
    }
    this.gaps += 1
    this.#asking = true
    try {
      const answer = await this.#ask(held)
      if (answer !== undefined) this.#close(answer)
    } finally {
      this.#asking = false
    }
  }

  #close(answer: GapAnswer): void {
    if ('keyframe' in answer) this.keyframe(answer.keyframe)
    else if ('deltas' in answer) for (const delta of answer.deltas) this.#closeOne(delta)
  }

  #closeOne(delta: Delta): void {
    const held = this.received
    if (held !== undefined && delta.epoch === held.epoch && delta.from <= held.seq && delta.to > held.seq)
      this.#follow(delta)
  }

  #follow(delta: Delta): void {
    this.received = { epoch: delta.epoch, seq: delta.to }
    this.#take(delta)
  }
}
