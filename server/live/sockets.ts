import { PROTOCOL } from '@/domain/fold/delta'
import type { Channel, ChannelPosition } from '@/domain/fold/delta'
import { GapRequest, Handshake, JoinRequest } from '@/domain/api/socket'
import type { GapAnswer, JoinAnswer } from '@/domain/api/socket'
import type { WorldNo } from '@/domain/ids'
import type { World } from '@/domain/world'
import type { Clock } from '@/platform/clock'
import type { Log } from '@/platform/log'
import type { LiveCatalogue, MayJoin, ScreenServer } from './createLive'
import type { Frame } from './frame'
import type { LiveRoom } from './liveRoom'
import { PresentedSample } from './presentedSample'
import { linkTo } from './screenLink'
import type { ScreenLink, ScreenSocket } from './screenLink'

interface Screen {
  readonly socket: ScreenSocket
  readonly link: ScreenLink
  readonly worlds: Set<WorldNo>
  presentedAt: number
}

interface Collaborators {
  readonly catalogue: LiveCatalogue
  readonly clock: Clock
  readonly log: Log
}

const SAMPLE_EVERY_MS = 900

/** The socket side of domain/api/socket.ts: every request parsed, every join authorised. */
export class ScreenSockets {
  readonly #room: LiveRoom
  readonly #catalogue: LiveCatalogue
  readonly #clock: Clock
  readonly #log: Log
  readonly #screens = new Set<Screen>()

  constructor(room: LiveRoom, { catalogue, clock, log }: Collaborators) {
    this.#room = room
    this.#catalogue = catalogue
    this.#clock = clock
    this.#log = log
    room.onPulse((world, frame) => this.#pulse(world, frame))
  }

  get size(): number {
    return this.#screens.size
  }

  attach(io: ScreenServer, mayJoin: MayJoin): void {
    io.on('connection', (socket) => this.#greet(socket, mayJoin))
  }

  disconnectActor(actorId: string): void {
    for (const { socket } of this.#screens) {
      if (socket.data.actor?.id !== actorId) continue
      socket.emit('signedOut')
      socket.disconnect(true)
    }
  }

  stop(): void {
    for (const { socket } of this.#screens) socket.disconnect(true)
  }

  #greet(socket: ScreenSocket, mayJoin: MayJoin): void {
    const hands = Handshake.safeParse(socket.handshake.auth)
    if (!hands.success || hands.data.protocol !== PROTOCOL) {
      socket.emit('reload', { protocol: PROTOCOL })
      return
    }
    const screen: Screen = { socket, link: linkTo(socket), worlds: new Set(), presentedAt: 0 }
    this.#screens.add(screen)
    this.#room.meters.screens.set(this.#screens.size)
    socket.on('join', (request, answer) => answers(answer)?.(this.#join(screen, request, mayJoin)))
    socket.on('leave', (request) => this.#leave(screen, request))
    socket.on('gap', (request, answer) => answers(answer)?.(this.#gap(screen, request, mayJoin)))
    socket.on('time', (sent, answer) => answers(answer)?.({ sent, server: this.#clock.now() }))
    socket.on('presented', (sample) => this.#presented(screen, sample))
    socket.on('disconnect', () => this.#forget(screen))
  }

  #join(screen: Screen, request: unknown, mayJoin: MayJoin): JoinAnswer {
    const parsed = JoinRequest.safeParse(request)
    if (!parsed.success) return refused('request.unreadable', 'The request to join cannot be read.')
    const { channels, have } = parsed.data
    const world = this.#catalogue.world(parsed.data.world)
    const of = world === undefined ? undefined : this.#room.world(world.no)
    if (world === undefined || of === undefined) return refused('world.unknown', 'There is no such World.')
    const { actor } = screen.socket.data
    if (!channels.every((channel) => mayJoin(actor, world, channel))) {
      return refused('channel.forbidden', 'This channel is not open to you.')
    }
    screen.worlds.add(world.no)
    for (const channel of channels) of.room(channel)?.join(screen.link, have?.[channel])
    return { ok: true, serverTime: this.#clock.now() }
  }

  #leave(screen: Screen, request: unknown): void {
    const key = JoinRequest.shape.world.safeParse((request as { world?: unknown } | null)?.world)
    const world = key.success ? this.#catalogue.world(key.data) : undefined
    if (world === undefined) return
    this.#room.world(world.no)?.leave(screen.link)
    screen.worlds.delete(world.no)
  }

  #gap(screen: Screen, request: unknown, mayJoin: MayJoin): GapAnswer {
    const parsed = GapRequest.safeParse(request)
    if (!parsed.success) return { code: 'request.unreadable', message: 'The request cannot be read.' }
    const { channel, epoch, seq } = parsed.data
    const world = this.#catalogue.world(parsed.data.world)
    const isOpen = world !== undefined && mayJoin(screen.socket.data.actor, world, channel)
    if (!isOpen) return { code: 'channel.forbidden', message: 'This channel is not open to you.' }
    return this.#missed(world, channel, { epoch, seq })
  }

  #missed(world: World, channel: Channel, held: ChannelPosition): GapAnswer {
    const live = this.#room.world(world.no)?.live
    const deltas = live?.since(channel, held)
    if (deltas !== undefined) return { deltas }
    const keyframe = this.#room.keyframe(world.no, channel)
    return keyframe === undefined ? { code: 'world.unknown', message: 'There is no such World.' } : { keyframe }
  }

  #presented(screen: Screen, sample: unknown): void {
    const now = this.#clock.now()
    const parsed = PresentedSample.safeParse(sample)
    if (!parsed.success || now - screen.presentedAt < SAMPLE_EVERY_MS) return
    screen.presentedAt = now
    const { traceId, receivedAt, presentedAt } = parsed.data
    this.#room.meters.sensorToScreen.observe(Math.max(0, presentedAt - receivedAt) / 1000)
    this.#log.info({ traceId, ms: Math.round(presentedAt - receivedAt) }, 'presented')
  }

  #forget(screen: Screen): void {
    for (const world of screen.worlds) this.#room.world(world)?.leave(screen.link)
    this.#screens.delete(screen)
    this.#room.meters.screens.set(this.#screens.size)
  }

  #pulse(world: WorldNo, frame: Frame): void {
    for (const { worlds, link } of this.#screens) if (worlds.has(world)) link.send(frame)
  }
}

/** A screen may forget to ask for an answer; anything else than a function is no answer. */
const answers = <Answer>(answer: (value: Answer) => void): ((value: Answer) => void) | undefined =>
  typeof answer === 'function' ? answer : undefined

const refused = (code: string, message: string): JoinAnswer => ({ ok: false, code, message })
