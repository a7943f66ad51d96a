import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Server } from 'socket.io'
import type { LogRecord } from '@/domain/batch'
import type { ScreenToServer, ServerToScreen } from '@/domain/api/socket'
import type { Actor } from '@/domain/api/session'
import type { Catalogue } from '@/domain/catalogue'
import type { FeedHealth } from '@/domain/feedHealth'
import type { Channel, Keyframe } from '@/domain/fold/delta'
import type { PictureStore } from '@/domain/fold/picture'
import { TraceId } from '@/domain/ids'
import type { WorldNo } from '@/domain/ids'
import type { World } from '@/domain/world'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import type { Clock } from '@/platform/clock'
import type { Log } from '@/platform/log'
import type { Metrics } from '@/platform/metrics'
import type { Postgres } from '@/platform/postgres/postgres'
import { LiveRoom } from './liveRoom'
import type { LiveState } from './heldWorld'
import type { RecordListener } from './liveRoom'
import type { Append } from './relay'
import type { SocketData } from './screenLink'
import { ScreenSockets } from './sockets'

/** What live needs to know of the catalogue. */
export interface LiveCatalogue {
  worlds(): readonly World[]
  world(key: string): World | undefined
  worldByNo(no: WorldNo): World | undefined
  catalogue(world: WorldNo): Catalogue
}

export interface LiveOptions {
  readonly postgres: Postgres
  readonly redis: Redis
  readonly clickhouse: ClickHouse
  readonly catalogue: LiveCatalogue
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** Name of this server among those of one Belfry. */
  readonly serverId: string
  /** Writes a record of our own into the log of this server. Called only after `start`. */
  readonly append: Append
  /** May this server lead? A server without the roles `live` and `detect` only follows. Default true. */
  readonly mayLead?: boolean
}

export type ScreenServer = Server<ScreenToServer, ServerToScreen, Record<string, never>, SocketData>
export type MayJoin = (actor: Actor | undefined, world: World, channel: Channel) => boolean

/** The present of every World on this server. */
export interface Live {
  start(): Promise<void>
  stop(): Promise<void>
  /** Takes a durable record: folded here when this server leads its World, else handed to the leader. */
  offer(record: LogRecord): void
  picture(world: WorldNo): PictureStore | undefined
  /** The whole channel, at most `maxAge` ms old: ten seconds for a screen, which gets the deltas since. */
  keyframe(world: WorldNo, channel: Channel, maxAge?: number): Keyframe | undefined
  /** Serves screens on a socket server whose handshake has put the Actor into `socket.data.actor`. */
  attach(io: ScreenServer, mayJoin: MayJoin): void
  /** Ends every connection of an actor whose rights were taken away. */
  disconnectActor(actorId: string): void
  leads(world: WorldNo): boolean
  /** Machine time at which this server began to number the World; infinity while it does not. */
  leadsSince(world: WorldNo): number
  /** Tells every screen how a feed does. Nothing happens where another server leads. */
  measureFeed(world: WorldNo, health: FeedHealth): void
  /** Called with each record that was folded here as leader; returns the way to stop it. */
  onRecord(listener: RecordListener): () => void
  state(): LiveState
}

export function createLive(options: LiveOptions): Live {
  const makeTraceId = (): TraceId => TraceId.parse(randomBytes(16).toString('hex'))
  // Two servers that were given one name, or one that started again, still count as two.
  const serverId = `${options.serverId}-${randomBytes(4).toString('hex')}`
  const room = new LiveRoom({ ...options, serverId, makeTraceId })
  const sockets = new ScreenSockets(room, options)
  return {
    start: () => room.start(),
    async stop() {
      sockets.stop()
      await room.stop()
    },
    offer: (record) => room.offer(record),
    picture: (world) => room.world(world)?.live.picture,
    keyframe: (world, channel, maxAge) => room.keyframe(world, channel, maxAge),
    attach: (io, mayJoin) => sockets.attach(io, mayJoin),
    disconnectActor: (actorId) => sockets.disconnectActor(actorId),
    leads: (world) => room.leads(world),
    leadsSince: (world) => room.leadsSince(world),
    measureFeed: (world, health) => room.measureFeed(world, health),
    onRecord: (listener) => room.onRecord(listener),
    state: () => ({ ...room.state(), screens: sockets.size }),
  }
}
