import { CHANNELS, PROTOCOL, takeBody, wholeBody } from '@/domain/fold/delta'
import type { Channel, ChannelPosition, Delta, Keyframe, Trace } from '@/domain/fold/delta'
import { mergeBodies } from '@/domain/fold/mergeBodies'
import { forgetChanges, PictureStore } from '@/domain/fold/picture'
import type { World } from '@/domain/world'
import { DeltaRing } from './deltaRing'

/** Milliseconds for which one keyframe serves everyone who asks. */
const KEYFRAME_AGE = 10_000
const MOST_TRACES = 16

interface Line {
  readonly position: ChannelPosition
  readonly ring: DeltaRing
  keyframe: Keyframe | undefined
}

/**
 * The picture of one World on this server with the numbers it stands at: numbered here when this server leads the
 * World, taken over from the leader when it follows.
 */
export class LivePicture {
  readonly picture = new PictureStore()
  readonly world: World
  readonly #lines: Readonly<Record<Channel, Line>>

  constructor(world: World) {
    this.world = world
    const line = (): Line => ({ position: { epoch: 0, seq: 0 }, ring: new DeltaRing(), keyframe: undefined })
    this.#lines = Object.fromEntries(CHANNELS.map((channel) => [channel, line()])) as Record<Channel, Line>
  }

  position(channel: Channel): ChannelPosition {
    return this.#lines[channel].position
  }

  /** A new term: every channel starts at number 0 of `epoch`; what was changed before is in the first keyframe. */
  begin(epoch: number): void {
    for (const channel of CHANNELS) {
      forgetChanges(this.picture, channel)
      this.standAt(channel, { epoch, seq: 0 })
    }
  }

  /** The channel was replaced as a whole: earlier deltas do not lead to it. */
  standAt(channel: Channel, { epoch, seq }: ChannelPosition): void {
    const line = this.#lines[channel]
    line.position.epoch = epoch
    line.position.seq = seq
    line.ring.clear()
    line.keyframe = undefined
  }

  /** Numbers what changed since the last call; undefined when nothing did. `at` is machine time. */
  nextDelta(channel: Channel, at: number, traces: readonly Trace[]): Delta | undefined {
    const body = takeBody(this.picture, channel)
    if (body === undefined) return undefined
    const { epoch, seq } = this.#lines[channel].position
    const delta: Delta = { ...this.#head(epoch, at), from: seq, to: seq + 1, traces, body }
    this.advance(channel, delta)
    return delta
  }

  /** Keeps a delta that the picture has already taken in. */
  advance(channel: Channel, delta: Delta): void {
    const line = this.#lines[channel]
    line.ring.push(delta)
    line.position.epoch = delta.epoch
    line.position.seq = delta.to
  }

  /** The whole channel; up to `maxAge` ms old (10 s) while the deltas that follow it are still kept. */
  keyframe(channel: Channel, at: number, maxAge = KEYFRAME_AGE): Keyframe {
    const line = this.#lines[channel]
    const held = line.keyframe
    if (held !== undefined && at - held.at < maxAge && this.#leadsHere(line, held)) return held
    const { epoch, seq } = line.position
    line.keyframe = { ...this.#head(epoch, at), seq, traces: [], body: wholeBody(this.picture, channel) }
    return line.keyframe
  }

  /** One delta from `position` to now with the latest of each key; undefined when the ring no longer reaches back. */
  merged(channel: Channel, position: ChannelPosition, at: number): Delta | undefined {
    const missed = this.since(channel, position)
    const [first] = missed ?? []
    if (missed === undefined || first === undefined) return undefined
    if (missed.length === 1) return first
    const bodies = missed.map((delta) => delta.body)
    const { epoch, seq } = this.#lines[channel].position
    const body = mergeBodies(this.picture, channel, bodies)
    const traces = missed.flatMap((delta) => delta.traces).slice(0, MOST_TRACES)
    return { ...this.#head(epoch, at), from: position.seq, to: seq, traces, merged: missed.length, body }
  }

  /** The deltas after `position`, none when it is the newest; undefined when they are no longer kept. */
  since(channel: Channel, position: ChannelPosition): readonly Delta[] | undefined {
    const line = this.#lines[channel]
    const isNewest = position.epoch === line.position.epoch && position.seq === line.position.seq
    return isNewest ? [] : line.ring.since(position)
  }

  #leadsHere(line: Line, { epoch, seq }: Keyframe): boolean {
    const isNewest = epoch === line.position.epoch && seq === line.position.seq
    return isNewest || line.ring.since({ epoch, seq }) !== undefined
  }

  #head(epoch: number, at: number) {
    const { no } = this.world
    return { protocol: PROTOCOL, world: no, epoch, at, catalogueVersion: this.picture.catalogueVersion } as const
  }
}
