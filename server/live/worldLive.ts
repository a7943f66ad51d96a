import type { LogRecord, OutboxEvent } from '@/domain/batch'
import { rowCount } from '@/domain/batch'
import { applyDelta, applyKeyframe } from '@/domain/fold/delta'
import type { Channel, ChannelPosition, Delta, Trace } from '@/domain/fold/delta'
import { foldSituation } from '@/domain/fold/foldSituation'
import { forgetChanges } from '@/domain/fold/picture'
import type { CityEvent } from '@/domain/fold/foldSituation'
import type { World } from '@/domain/world'
import { encodeFrame } from './frame'
import type { Frame, Received } from './frame'
import type { LiveMeters } from './liveMeters'
import { LivePicture } from './livePicture'
import { Room } from './room'
import type { ScreenLink } from './screenLink'
import { mayTick, sheddingOrder } from './shedding'

/** Traces of the longest waiting messages of a tick; more would make the delta heavy and say no more. */
const MOST_TRACES = 16

const channelOf = {
  observations: 'readings',
  silences: 'readings',
  positions: 'movers',
  reports: 'reports',
} as const satisfies Partial<Record<LogRecord['kind'], Channel>>

const channelOfCommand: Partial<Record<OutboxEvent['kind'], Channel>> = {
  'alarm.moved': 'alarms',
  'incident.moved': 'incidents',
  'task.moved': 'tasks',
  'activation.moved': 'activations',
  'decision.moved': 'decisions',
}

/** The channels on which a record will be seen. */
function channelsOf(record: Exclude<LogRecord, { kind: 'quarantine' }>): ReadonlySet<Channel> {
  if (record.kind !== 'outbox') return new Set([channelOf[record.kind]])
  return new Set(record.events.flatMap(({ kind }) => channelOfCommand[kind] ?? []))
}

/** What one tick is: its number, how late it came, and the machine's time. Milliseconds. */
export interface Tick {
  readonly no: number
  readonly lateBy: number
  readonly at: number
}

/** A delta or a keyframe of the leader. */
type Taken = Exclude<Received, { name: 'pulse' }>

/** What happens to a delta besides going to this server's screens. */
export type OnDelta = (delta: Delta, frame: () => Frame) => void

/** One World on this server: its picture, its rooms, and the step from one number to the next. */
export class WorldLive {
  readonly live: LivePicture
  readonly rooms: readonly Room[]
  readonly #meters: LiveMeters
  readonly #traces = new Map<Channel, Trace[]>()

  constructor(world: World, meters: LiveMeters) {
    this.live = new LivePicture(world)
    this.#meters = meters
    this.rooms = sheddingOrder.map((shedding) => new Room(this.live, shedding, meters))
  }

  room(channel: Channel): Room | undefined {
    return this.rooms.find((room) => room.channel === channel)
  }

  leave(link: ScreenLink): void {
    for (const room of this.rooms) room.leave(link)
  }

  /** Folds a durable record. Quarantined ones are no part of the picture. */
  fold(record: LogRecord): void {
    if (record.kind === 'quarantine') return
    foldSituation(this.live.picture, asEvent(record))
    this.#meters.folded.inc({ kind: record.kind }, rowCount(record))
    const trace: Trace = { id: record.traceId, receivedAt: record.receivedAt ?? record.recordedAt }
    for (const channel of channelsOf(record)) this.#trace(channel, trace)
  }

  /** The leader's step: what changed becomes deltas, each encoded once, in the order of shedding. */
  number(tick: Tick, onDelta: OnDelta): void {
    for (const [index, room] of this.rooms.entries()) {
      const shedding = sheddingOrder[index]
      if (shedding === undefined || !mayTick(shedding, tick.no, tick.lateBy)) continue
      const { channel } = shedding
      const delta = this.live.nextDelta(channel, tick.at, this.#traces.get(channel) ?? [])
      this.#deliver(room, tick.at, delta, onDelta)
      if (delta !== undefined) this.#traces.delete(channel)
    }
  }

  /** The follower's step between two frames of the leader: screens that came or lagged are brought up to date. */
  serve(at: number): void {
    for (const room of this.rooms) room.deliver(at)
  }

  /** Takes in a delta or a keyframe of the leader. @throws SequenceGap: keyframes must be asked for. */
  take(received: Taken, { frame, at }: { readonly frame: Frame; readonly at: number }): void {
    const { channel } = received.payload.body
    const held: ChannelPosition = { ...this.live.position(channel) }
    const { epoch, seq } = held
    if (received.name === 'delta') applyDelta(this.live.picture, held, received.payload)
    else applyKeyframe(this.live.picture, held, received.payload)
    forgetChanges(this.live.picture, channel)
    if (held.epoch === epoch && held.seq === seq) return
    if (received.name === 'delta') this.live.advance(channel, received.payload)
    else this.live.standAt(channel, held)
    const delta = received.name === 'delta' ? received.payload : undefined
    this.room(channel)?.deliver(at, delta, frame)
  }

  #deliver(room: Room, at: number, delta: Delta | undefined, onDelta: OnDelta): void {
    if (delta === undefined) return room.deliver(at)
    let encoded: Frame | undefined
    const frame = (): Frame => (encoded ??= encodeFrame('delta', delta))
    this.#meters.deltas.inc({ channel: room.channel })
    onDelta(delta, frame)
    room.deliver(at, delta, room.size === 0 ? undefined : frame())
  }

  #trace(channel: Channel, trace: Trace): void {
    const held = this.#traces.get(channel)
    if (held === undefined) this.#traces.set(channel, [trace])
    else if (held.length < MOST_TRACES) held.push(trace)
  }
}

function asEvent(record: Exclude<LogRecord, { kind: 'quarantine' }>): CityEvent {
  switch (record.kind) {
    case 'observations':
      return { kind: 'observed', batch: record }
    case 'positions':
      return { kind: 'positioned', batch: record }
    case 'reports':
      return { kind: 'reported', batch: record }
    case 'silences':
      return { kind: 'fellSilent', batch: record }
    case 'outbox':
      return { kind: 'commanded', batch: record }
  }
}
