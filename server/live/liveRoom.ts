import { decodeRecord } from '@/domain/batchCodec'
import type { LogRecord } from '@/domain/batch'
import type { FeedHealth } from '@/domain/feedHealth'
import { foldSituation } from '@/domain/fold/foldSituation'
import { TICK } from '@/domain/fold/delta'
import type { Channel, Keyframe } from '@/domain/fold/delta'
import type { TraceId, WorldNo } from '@/domain/ids'
import { listen } from '@/platform/postgres/listen'
import type { Listening } from '@/platform/postgres/listen'
import { EVENTS_CHANNEL } from '../command/outbox'
import type { LiveOptions } from './createLive'
import { encodeFrame } from './frame'
import type { Frame } from './frame'
import { HeldRecords } from './heldRecords'
import type { Held } from './heldRecords'
import { hearLeader, stateOf } from './heldWorld'
import type { HeldWorld, LiveState } from './heldWorld'
import { installationId } from './queries/installationId'
import { Leadership } from './leadership'
import { createLiveMeters } from './liveMeters'
import type { LiveMeters } from './liveMeters'
import { Replication } from './replication'
import { Term } from './term'
import { WorldLive } from './worldLive'
import type { Tick } from './worldLive'

export type RecordListener = (record: LogRecord) => void

const SECOND_TICKS = 1000 / TICK
/** Read back from the store this often while records of other servers cannot reach this leader. */
const READ_BACK_TICKS = 5000 / TICK
const POLL_TICKS = 2000 / TICK

/** All Worlds on this server: who leads them, the one clock that ticks for them, and the way records take. */
export class LiveRoom {
  readonly meters: LiveMeters
  readonly #options: LiveOptions & { readonly makeTraceId: () => TraceId }
  readonly #worlds = new Map<WorldNo, HeldWorld>()
  readonly #records = new HeldRecords()
  readonly #replication: Replication
  readonly #leadership: Leadership
  readonly #recordListeners = new Set<RecordListener>()
  readonly #pulseListeners = new Set<(world: WorldNo, frame: Frame) => void>()
  readonly #stopping: Promise<void>[] = []
  #listening: Listening | undefined
  #timer: NodeJS.Timeout | undefined
  #ticks = 0
  #dueAt = 0
  #redisLost = false

  constructor(options: LiveOptions & { readonly makeTraceId: () => TraceId }) {
    this.#options = options
    this.meters = createLiveMeters(options.metrics)
    this.#replication = new Replication(options)
    this.#leadership = new Leadership({
      postgres: options.postgres,
      log: options.log,
      worlds: () => (options.mayLead === false ? [] : options.catalogue.worlds().map((world) => world.no)),
      onGained: (world, epoch) => this.#lead(world, epoch),
      onLost: (world) => this.#follow(world),
    })
  }

  async start(): Promise<void> {
    const [installation] = await installationId(this.#options.postgres, {})
    this.#replication.start(installation?.id ?? '')
    this.#adoptWorlds()
    this.#leadership.start()
    this.#dueAt = this.#options.clock.now() + TICK
    this.#timer = setInterval(() => this.#tick(), TICK)
    this.#listening = await listen(this.#options.postgres, {
      channel: EVENTS_CHANNEL,
      log: this.#options.log,
      onMessage: (payload) => this.#worlds.get(Number(payload.split(':')[0]) as WorldNo)?.term?.poke(),
      onListening: () => this.#pokeAll(),
    })
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#listening?.close()
    await this.#leadership.stop()
    await Promise.all(this.#stopping)
    await this.#replication.stop()
  }

  offer(record: LogRecord): void {
    const held = this.#worlds.get(record.world)
    if (held?.term !== undefined) return this.#fold(held, record)
    const kept = this.#records.keep(record)
    this.#forward(kept)
  }

  world(no: WorldNo): WorldLive | undefined {
    return this.#worlds.get(no)?.of
  }

  leads(no: WorldNo): boolean {
    return this.#worlds.get(no)?.term !== undefined
  }

  leadsSince(no: WorldNo): number {
    return this.#worlds.get(no)?.term?.begunAt ?? Number.POSITIVE_INFINITY
  }

  measureFeed(no: WorldNo, health: FeedHealth): void {
    const held = this.#worlds.get(no)
    if (held?.term !== undefined) foldSituation(held.of.live.picture, { kind: 'feedMeasured', health })
  }

  keyframe(no: WorldNo, channel: Channel, maxAge?: number): Keyframe | undefined {
    return this.#worlds.get(no)?.of.live.keyframe(channel, this.#options.clock.now(), maxAge)
  }

  onRecord(listener: RecordListener): () => void {
    this.#recordListeners.add(listener)
    return () => this.#recordListeners.delete(listener)
  }

  /** Called each second with the pulse of a World that has a living leader. */
  onPulse(listener: (world: WorldNo, frame: Frame) => void): void {
    this.#pulseListeners.add(listener)
  }

  state(): Omit<LiveState, 'screens'> {
    const worlds = [...this.#worlds.values()].map(stateOf)
    return { worlds, peers: this.#replication.peers, redisUp: this.#replication.isUp }
  }

  #adoptWorlds(): void {
    for (const world of this.#options.catalogue.worlds()) {
      if (this.#worlds.has(world.no)) continue
      this.#worlds.set(world.no, {
        of: new WorldLive(world, this.meters),
        term: undefined,
        wanted: false,
      })
      this.#follow(world.no)
    }
  }

  #lead(world: WorldNo, epoch: number): void {
    this.#adoptWorlds()
    const held = this.#worlds.get(world)
    if (held === undefined) return
    const term = new Term(held.of, epoch, { ...this.#options, meters: this.meters })
    held.term = term
    for (const record of this.#records.take(world)) this.#fold(held, record)
    this.#replication.lead(world, {
      record: (bytes) => this.#fold(held, decodeRecord(bytes)),
      wanted: () => (held.wanted = true),
    })
    void term.start().then(() => term.poke())
  }

  #follow(world: WorldNo): void {
    const held = this.#worlds.get(world)
    if (held === undefined) return
    const { term } = held
    held.term = undefined
    held.wanted = false
    if (term !== undefined) this.#stopping.push(term.stop())
    this.#replication.follow(world, (frame) => this.#hear(held, frame))
  }

  #fold(held: HeldWorld, record: LogRecord): void {
    try {
      held.of.fold(record)
      for (const listener of this.#recordListeners) listener(record)
    } catch (cause) {
      // It is durable and goes on to the store: a record that cannot be folded must not stop the next one.
      this.#options.log.error({ err: cause, traceId: record.traceId }, 'record not folded')
    }
  }

  #forward(held: Held): void {
    // Alone there is nobody to tell: the record waits here for the term that is about to begin.
    held.handedOver = this.#replication.forward(held.record.world, held.bytes, () => (held.handedOver = false))
    if (held.handedOver) this.meters.recordsForwarded.inc()
    else this.meters.recordsHeldBack.inc()
  }

  #hear(held: HeldWorld, frame: Frame): void {
    const { no } = held.of.live.world
    const heard = hearLeader(held, frame, this.#options.clock.now())
    if (heard === 'pulse') this.#pulse(no, frame)
    if (heard !== 'gap') return
    if (!held.wanted) this.#replication.want(no)
    held.wanted = true // asked once a second at most
  }

  #tick(): void {
    const began = this.#options.clock.now()
    const tick: Tick = { no: ++this.#ticks, lateBy: Math.max(0, began - this.#dueAt), at: began }
    this.#dueAt = began + TICK
    if (tick.no % SECOND_TICKS === 0) this.#everySecond(tick)
    for (const held of this.#worlds.values()) this.#tickWorld(held, tick)
    this.meters.tick.observe((this.#options.clock.now() - began) / 1000)
  }

  #tickWorld(held: HeldWorld, tick: Tick): void {
    const { term, of } = held
    if (term === undefined) return of.serve(tick.at)
    if (!term.isNumbering) return
    const { no } = of.live.world
    const isFollowed = this.#replication.peers > 0
    of.number(tick, (delta, frame) => {
      term.writer.note(delta)
      if (isFollowed) this.#replication.publish(no, frame())
    })
    if (!isFollowed || !held.wanted) return
    held.wanted = false
    for (const { channel } of of.rooms) {
      this.#replication.publish(no, encodeFrame('keyframe', of.live.keyframe(channel, tick.at, 0)))
    }
  }

  #everySecond(tick: Tick): void {
    this.#adoptWorlds()
    if (tick.no % POLL_TICKS === 0) this.#pokeAll()
    this.#mindRedis(tick)
    for (const held of this.#worlds.values()) {
      if (held.term?.isNumbering === true) this.#leadSecond(held, tick.at)
      else if (held.term === undefined) held.wanted = false
    }
  }

  #leadSecond({ of, term }: HeldWorld, at: number): void {
    const { no, key } = of.live.world
    const clock = this.#options.catalogue.worldByNo(no)?.clock ?? of.live.world.clock
    const { version } = this.#options.catalogue.catalogue(no)
    const { picture } = of.live
    picture.catalogueVersion = Math.max(picture.catalogueVersion, version)
    const pulse = encodeFrame('pulse', { at, epoch: term?.epoch ?? 0, world: key, catalogueVersion: version, clock })
    this.#pulse(no, pulse)
    if (this.#replication.peers > 0) this.#replication.publish(no, pulse)
    void term?.writer.write()
  }

  /** While Redis is away the store is the road between servers; afterwards what was held back is handed over. */
  #mindRedis(tick: Tick): void {
    const lost = !this.#replication.isUp
    const terms = [...this.#worlds.values()].flatMap(({ term }) => (term === undefined ? [] : [term]))
    if (lost && tick.no % READ_BACK_TICKS === 0) for (const term of terms) void term.readBack(0)
    if (this.#redisLost && !lost) for (const term of terms) void term.readBack(5000)
    this.#redisLost = lost
    if (lost) return
    for (const held of this.#records.waiting()) this.#forward(held)
  }

  #pulse(world: WorldNo, frame: Frame): void {
    for (const listener of this.#pulseListeners) listener(world, frame)
  }

  #pokeAll(): void {
    for (const { term } of this.#worlds.values()) term?.poke()
  }
}
