import type { Channel, ChannelPosition, Delta } from '@/domain/fold/delta'
import type { Frame } from './frame'
import { encodeFrame } from './frame'
import type { LiveMeters } from './liveMeters'
import type { LivePicture } from './livePicture'
import type { ScreenLink } from './screenLink'
import type { Shedding } from './shedding'

interface Encoded<Message> {
  readonly message: Message
  readonly frame: Frame
}

/**
 * The screens of one channel of one World. A delta is encoded once for all of them; a screen that does not keep up is
 * left where it stands, and gets the latest per key as one delta (or the keyframe) as soon as it has room again.
 */
export class Room {
  readonly #live: LivePicture
  readonly #shedding: Shedding
  readonly #meters: LiveMeters
  readonly #screens = new Map<ScreenLink, ChannelPosition>()
  #keyframe: Encoded<object> | undefined

  constructor(live: LivePicture, shedding: Shedding, meters: LiveMeters) {
    this.#live = live
    this.#shedding = shedding
    this.#meters = meters
  }

  get channel(): Channel {
    return this.#shedding.channel
  }

  get size(): number {
    return this.#screens.size
  }

  /** Takes a screen in at the position it holds, if it holds one. What it lacks is sent at the next `deliver`. */
  join(link: ScreenLink, held?: ChannelPosition): void {
    this.#screens.set(link, { epoch: held?.epoch ?? -1, seq: held?.seq ?? -1 })
  }

  leave(link: ScreenLink): void {
    this.#screens.delete(link)
  }

  /** Brings every screen that has room to the newest number. Called after each tick, with the delta it made, if any. */
  deliver(at: number, delta?: Delta, frame?: Frame): void {
    const now = this.#live.position(this.channel)
    if (now.epoch === 0) return // no leader was heard of: nothing is known, not even that there is nothing
    const merges = new Map<number, Frame | undefined>()
    for (const [link, held] of this.#screens) {
      if (held.epoch === now.epoch && held.seq === now.seq) continue
      if (link.unsentBytes() > this.#shedding.waitsAboveBytes) {
        this.#meters.waits.inc({ channel: this.channel })
        continue
      }
      const follows = delta !== undefined && held.epoch === delta.epoch && held.seq === delta.from
      if (follows && frame !== undefined) this.#send(link, held, { frame, position: now })
      else this.#catchUp(link, held, { at, merges })
    }
  }

  #catchUp(
    link: ScreenLink,
    held: ChannelPosition,
    round: { at: number; merges: Map<number, Frame | undefined> },
  ): void {
    const now = this.#live.position(this.channel)
    const frame = held.epoch === now.epoch ? this.#mergedSince(held, round) : undefined
    if (frame !== undefined) return this.#send(link, held, { frame, position: now })
    const keyframe = this.#live.keyframe(this.channel, round.at)
    if (this.#keyframe?.message !== keyframe)
      this.#keyframe = { message: keyframe, frame: encodeFrame('keyframe', keyframe) }
    this.#meters.keyframes.inc({ channel: this.channel })
    this.#send(link, held, { frame: this.#keyframe.frame, position: keyframe })
    const since = keyframe.seq === now.seq ? undefined : this.#mergedSince(held, round)
    if (since !== undefined) this.#send(link, held, { frame: since, position: now })
  }

  #mergedSince(held: ChannelPosition, { at, merges }: { at: number; merges: Map<number, Frame | undefined> }) {
    if (!merges.has(held.seq)) {
      const merged = this.#live.merged(this.channel, held, at)
      merges.set(held.seq, merged === undefined ? undefined : encodeFrame('delta', merged))
    }
    const frame = merges.get(held.seq)
    if (frame !== undefined) this.#meters.merges.inc({ channel: this.channel })
    return frame
  }

  #send(
    link: ScreenLink,
    held: ChannelPosition,
    { frame, position }: { frame: Frame; position: ChannelPosition },
  ): void {
    link.send(frame)
    held.epoch = position.epoch
    held.seq = position.seq
    this.#meters.sentBytes.inc(frame.byteLength)
  }
}
