import type { JoinAnswer, Pulse } from '@/domain/api/socket'
import type { Channel, Trace } from '@/domain/fold/delta'
import { applyDelta, applyKeyframe, CHANNELS } from '@/domain/fold/delta'
import { PictureStore } from '@/domain/fold/picture'
import { machineNow } from '@/app/time/machineClock'
import { ServerClock } from '@/app/time/serverClock'
import { ChannelFeed } from './channelFeed'
import { Faults } from './faults'
import type { PictureSocket } from './pictureSocket'
import { connectPicture } from './pictureSocket'
import type { Frame } from './presentationQueue'
import { isKeyframe, PresentationQueue } from './presentationQueue'

/** Without a pulse for this long the picture says that it stands still. Milliseconds. */
export const STANDSTILL_AFTER = 3000
const OFFSET_EVERY = 30_000
const PRESENTED_EVERY = 1000

/** What changed on the screen just now, by channel; rows are the changed numbers. */
export interface PresentedChange {
  readonly channels: ReadonlySet<Channel>
  readonly readings: readonly number[]
  readonly movers: readonly number[]
  /** Machine times that the server stamped on what is presented; the same on every screen. */
  readonly stamps: readonly number[]
}

export interface Liveness {
  readonly connected: boolean
  /** When the last pulse came, in the server's machine time, and what it said; undefined until the first. */
  readonly lastPulse: number | undefined
  readonly pulse: Pulse | undefined
  readonly refused: string | undefined
}

/** The picture of one World on one screen: follows the server, presents each change when every screen does. */
export class PictureClient {
  readonly picture = new PictureStore()
  readonly clock = new ServerClock()
  readonly faults = new Faults()
  readonly #world: string
  readonly #queue = new PresentationQueue()
  readonly #feeds: ReadonlyMap<Channel, ChannelFeed>
  readonly #shown = new Map<Channel, { epoch: number; seq: number }>()
  readonly #presented = new Set<(change: PresentedChange) => void>()
  readonly #states = new Set<() => void>()
  #socket: PictureSocket | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #offsetTimer: ReturnType<typeof setInterval> | undefined
  #lastSample = 0
  #liveness: Liveness = { connected: false, lastPulse: undefined, pulse: undefined, refused: undefined }

  constructor(world: string) {
    this.#world = world
    const feedOf = (channel: Channel): [Channel, ChannelFeed] => [
      channel,
      new ChannelFeed(
        channel,
        (frame) => this.#enqueue(frame),
        (held) => this.#socket?.gap({ world, channel, ...held }) ?? Promise.resolve(undefined),
      ),
    ]
    this.#feeds = new Map(CHANNELS.map(feedOf))
  }

  start(): void {
    this.#socket = connectPicture({
      connected: () => void this.#join(),
      disconnected: () => this.#setLiveness({ connected: false }),
      delta: (delta) => void this.#feeds.get(delta.body.channel)?.delta(delta),
      keyframe: (keyframe) => this.#feeds.get(keyframe.body.channel)?.keyframe(keyframe),
      pulse: (pulse) => {
        if (pulse.world === this.#world) this.#setLiveness({ lastPulse: this.clock.now(), pulse })
      },
    })
    this.#offsetTimer = setInterval(() => void this.#measureOffset(), OFFSET_EVERY)
  }

  stop(): void {
    clearTimeout(this.#timer)
    clearInterval(this.#offsetTimer)
    this.#socket?.close()
    this.#socket = undefined
  }

  readonly liveness = (): Liveness => this.#liveness

  /** Called when connection or pulse changed. Returns its own unsubscribe. */
  readonly onLiveness = (listener: () => void): (() => void) => subscribed(this.#states, listener)

  /** Called after each presentation with what changed. Returns its own unsubscribe. */
  readonly onPresented = (listener: (change: PresentedChange) => void): (() => void) =>
    subscribed(this.#presented, listener)

  async #join(): Promise<void> {
    const socket = this.#socket
    if (socket === undefined) return
    for (let i = 0; i < 3; i++) await this.#measureOffset()
    const have = Object.fromEntries(
      [...this.#feeds].flatMap(([channel, feed]) => (feed.received ? [[channel, feed.received]] : [])),
    )
    const answer: JoinAnswer | undefined = await socket.join({ world: this.#world, channels: [...CHANNELS], have })
    if (answer === undefined) return
    this.#setLiveness({ connected: answer.ok, refused: answer.ok ? undefined : answer.code })
  }

  async #measureOffset(): Promise<void> {
    const times = await this.#socket?.time(machineNow())
    if (times !== undefined) this.clock.take(times.sent, times.server, machineNow())
  }

  #setLiveness(part: Partial<Liveness>): void {
    this.#liveness = { ...this.#liveness, ...part }
    for (const listener of this.#states) listener()
  }

  #enqueue(frame: Frame): void {
    this.#queue.push(frame, this.clock.now())
    this.#schedule()
  }

  #schedule(): void {
    const due = this.#queue.nextDue
    if (due === undefined || this.#timer !== undefined) return
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined
        this.#present(this.#queue.takeDue(this.clock.now()))
        this.#schedule()
      },
      Math.max(0, due - this.clock.now()),
    )
  }

  #present(frames: readonly Frame[]): void {
    if (frames.length === 0) return
    for (const frame of frames) this.faults.guard(`picture ${frame.body.channel}`, () => this.#apply(frame))
    const { changed } = this.picture
    const change: PresentedChange = {
      channels: new Set(frames.map((frame) => frame.body.channel)),
      readings: changed.readings.take(),
      movers: changed.movers.take(),
      stamps: frames.map(({ at }) => at),
    }
    for (const documents of [changed.reports, changed.alarms, changed.feeds]) documents.clear()
    for (const listener of this.#presented) this.faults.guard('screen', () => listener(change))
    this.#sample(frames.flatMap((frame) => (isKeyframe(frame) ? [] : frame.traces)))
  }

  #apply(frame: Frame): void {
    const { channel } = frame.body
    const held = this.#shown.get(channel) ?? { epoch: -1, seq: -1 }
    if (isKeyframe(frame)) applyKeyframe(this.picture, held, frame)
    else applyDelta(this.picture, held, frame)
    this.#shown.set(channel, held)
  }

  /** One sample a second: the presentation counts from the frame that the browser draws next. */
  #sample(traces: readonly Trace[]): void {
    const trace = traces[0]
    if (trace === undefined || machineNow() - this.#lastSample < PRESENTED_EVERY) return
    this.#lastSample = machineNow()
    requestAnimationFrame(() => {
      const presentedAt = this.clock.now()
      this.#socket?.presented({ traceId: trace.id, receivedAt: trace.receivedAt, presentedAt })
    })
  }
}

function subscribed<Listener>(to: Set<Listener>, listener: Listener): () => void {
  to.add(listener)
  return () => to.delete(listener)
}
