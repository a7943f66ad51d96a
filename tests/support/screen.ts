import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import * as parser from 'socket.io-msgpack-parser'
import type { GapAnswer, JoinAnswer, Pulse, ScreenToServer, ServerToScreen } from '@/domain/api/socket'
import { applyDelta, applyKeyframe, CHANNELS, PROTOCOL, SequenceGap } from '@/domain/fold/delta'
import type { Channel, ChannelPosition, Delta, Keyframe } from '@/domain/fold/delta'
import { PictureStore } from '@/domain/fold/picture'

/** A screen without a picture to draw: the same protocol and the same fold as a browser. */
export class TestScreen {
  readonly picture = new PictureStore()
  readonly held: Record<Channel, ChannelPosition>
  readonly deltas: Delta[] = []
  readonly keyframes: Keyframe[] = []
  readonly pulses: Pulse[] = []
  readonly epochs = new Set<number>()
  readonly socket: Socket<ServerToScreen, ScreenToServer>
  readonly #world: string
  gaps = 0
  reloads = 0
  signedOut = 0

  /** `extraHeaders` as a browser would send them: the session cookie. */
  constructor(url: string, world: string, protocol: number = PROTOCOL, extraHeaders: Record<string, string> = {}) {
    this.#world = world
    const start = (): ChannelPosition => ({ epoch: 0, seq: 0 })
    this.held = Object.fromEntries(CHANNELS.map((channel) => [channel, start()])) as Record<Channel, ChannelPosition>
    this.socket = io(url, {
      parser,
      transports: ['websocket'],
      auth: { protocol },
      reconnectionDelay: 100,
      extraHeaders,
    })
    this.socket.on('delta', (delta) => void this.#take(delta))
    this.socket.on('keyframe', (keyframe) => this.#replace(keyframe))
    this.socket.on('pulse', (pulse) => void this.pulses.push(pulse))
    this.socket.on('signedOut', () => (this.signedOut += 1))
    this.socket.on('reload', () => (this.reloads += 1))
  }

  join(channels: readonly Channel[] = CHANNELS): Promise<JoinAnswer> {
    const have = Object.fromEntries(Object.entries(this.held).filter(([, position]) => position.epoch > 0))
    return this.socket.emitWithAck('join', { world: this.#world, channels: [...channels], have })
  }

  value(stream: number): number | undefined {
    return this.picture.readings.length > stream ? this.picture.readings.value[stream] : undefined
  }

  /** Stops reading from the network, as a screen on a bad line does; `resume` reads on. */
  pause(): void {
    this.#network().pause()
  }

  resume(): void {
    this.#network().resume()
  }

  /** The WebSocket under the socket; the types of the client hide it. */
  #network(): { pause(): void; resume(): void } {
    return (this.socket.io.engine.transport as unknown as { ws: { pause(): void; resume(): void } }).ws
  }

  close(): void {
    this.socket.disconnect()
  }

  async #take(delta: Delta): Promise<void> {
    this.deltas.push(delta)
    try {
      this.#apply(delta)
    } catch (cause) {
      if (!(cause instanceof SequenceGap)) throw cause
      this.gaps += 1
      const { channel } = delta.body
      const answer: GapAnswer = await this.socket.emitWithAck('gap', {
        world: this.#world,
        channel,
        ...this.held[channel],
      })
      if ('deltas' in answer) for (const missed of answer.deltas) this.#apply(missed)
      else if ('keyframe' in answer) this.#replace(answer.keyframe)
    }
  }

  #apply(delta: Delta): void {
    applyDelta(this.picture, this.held[delta.body.channel], delta)
    this.epochs.add(delta.epoch)
  }

  #replace(keyframe: Keyframe): void {
    this.keyframes.push(keyframe)
    applyKeyframe(this.picture, this.held[keyframe.body.channel], keyframe)
    this.epochs.add(keyframe.epoch)
  }
}

/** Resolves when `is` holds; throws with `what` after `limitMs`. */
export async function eventually(what: string, is: () => boolean | Promise<boolean>, limitMs = 15_000): Promise<void> {
  const until = performance.now() + limitMs
  while (!(await is())) {
    if (performance.now() > until) throw new Error(`Not within ${limitMs} ms: ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
