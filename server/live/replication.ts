import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { WorldNo } from '@/domain/ids'
import type { Clock } from '@/platform/clock'
import type { Log } from '@/platform/log'
import type { Frame } from './frame'

/** What a leader hears from the other servers. */
export interface LeaderEars {
  /** A durable record of another server, as encodeRecord wrote it. */
  record(bytes: Uint8Array): void
  /** A server that follows needs keyframes. */
  wanted(): void
}
/** What a follower hears from the leader. */
export type FollowerEars = (frame: Frame) => void

export interface ReplicationOptions {
  readonly redis: Redis
  readonly serverId: string
  readonly clock: Clock
  readonly log: Log
}

/** A record waits this long for a leader to be found; a frame only for a follower's short stall: then a keyframe is cheaper. */
const KEEP_RECORDS_MS = 20_000
const KEEP_FRAMES_MS = 3000
const FORGET_SECONDS = 60
const HEARTBEAT_MS = 1000
const PEER_GONE_MS = 5000
const READ_BLOCK_MS = 200
const MOST_UNSENT_BYTES = 32 * 1024 ** 2

interface Added {
  readonly name: string
  readonly payload: Buffer
  readonly keepMs: number
  readonly onRefused?: () => void
}

type Entry = [id: Buffer, fields: Buffer[]]
interface Watched {
  lastId: string
  readonly hear: (name: string, payload: Buffer) => void
}

/**
 * The road between the servers of one Belfry: two Redis Streams a World, down from its leader (deltas, keyframes,
 * pulses; kept 3 s) and up to it (durable records; kept 20 s). Nothing is kept here when Redis is away: followers stand
 * still and say so, records stay with their server and in the store, from where the leader reads them.
 */
export class Replication {
  readonly #redis: Redis
  readonly #reader: Redis
  readonly #options: ReplicationOptions
  readonly #watched = new Map<string, Watched>()
  readonly #stop = new AbortController()
  readonly #used = new Set<string>()
  #refused = false
  #namespace = ''
  #unsentBytes = 0
  #peers = 0
  #running: Promise<unknown> = Promise.resolve()

  constructor(options: ReplicationOptions) {
    this.#options = options
    this.#redis = options.redis
    this.#reader = options.redis.duplicate({ lazyConnect: true })
    this.#reader.on('error', () => undefined) // the shared connection reports that Redis is away
  }

  /** `installation` keeps the keys apart from those of another Belfry on the same Redis. */
  start(installation: string): void {
    this.#namespace = `belfry:${installation}`
    this.#running = Promise.all([this.#read(), this.#beat()])
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    this.#reader.disconnect()
    if (this.isUp) await this.#redis.zrem(this.#servers, this.#options.serverId).catch(() => 0)
    await this.#running
  }

  get isUp(): boolean {
    return this.#redis.status === 'ready' && this.#namespace !== ''
  }

  /** Other servers that were heard of in the last 5 s. */
  get peers(): number {
    return this.#peers
  }

  /** Hands a frame to the servers that follow the World. */
  publish(world: WorldNo, frame: Frame): boolean {
    return this.#add(down(world), { name: 'frame', payload: frame, keepMs: KEEP_FRAMES_MS })
  }

  /** Hands a durable record to the leader of its World; false when it cannot be, `onRefused` when Redis says no later. */
  forward(world: WorldNo, bytes: Uint8Array, onRefused: () => void): boolean {
    const payload = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return this.#add(up(world), { name: 'record', payload, keepMs: KEEP_RECORDS_MS, onRefused })
  }

  /** Asks the leader for keyframes. */
  want(world: WorldNo): void {
    this.#add(up(world), { name: 'want', payload: Buffer.alloc(0), keepMs: KEEP_RECORDS_MS })
  }

  follow(world: WorldNo, hear: FollowerEars): void {
    this.#watched.delete(up(world))
    this.#watch(down(world), HEARTBEAT_MS, (_name, payload) => hear(payload))
    this.want(world)
  }

  lead(world: WorldNo, ears: LeaderEars): void {
    this.#watched.delete(down(world))
    this.#watch(up(world), KEEP_RECORDS_MS, (name, payload) =>
      name === 'record' ? ears.record(payload) : ears.wanted(),
    )
  }

  #watch(key: string, backMs: number, hear: Watched['hear']): void {
    this.#watched.set(key, { lastId: `${this.#options.clock.now() - backMs}-0`, hear })
  }

  #add(key: string, { name, payload, keepMs, onRefused }: Added): boolean {
    if (!this.isUp || this.#unsentBytes > MOST_UNSENT_BYTES) return false
    this.#unsentBytes += payload.byteLength
    const oldest = `${this.#options.clock.now() - keepMs}`
    this.#used.add(key)
    this.#redis
      .xadd(`${this.#namespace}:${key}`, 'MINID', '~', oldest, '*', name, payload)
      .then(
        () => (this.#refused = false),
        (cause: unknown) => {
          this.#onRefused(key, cause)
          onRefused?.()
        },
      )
      .finally(() => (this.#unsentBytes -= payload.byteLength))
    return true
  }

  /** Redis is full or gone: told once, since it may last. */
  #onRefused(key: string, cause: unknown): void {
    if (!this.#refused) this.#options.log.warn({ err: cause, key }, 'stream refused')
    this.#refused = true
  }

  async #beat(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      if (this.isUp) await this.#countPeers().catch(() => undefined)
      await sleep(HEARTBEAT_MS, undefined, { signal }).catch(() => undefined)
    }
  }

  get #servers(): string {
    return `${this.#namespace}:live:servers`
  }

  async #countPeers(): Promise<void> {
    const now = this.#options.clock.now()
    await this.#redis.zadd(this.#servers, now, this.#options.serverId)
    for (const key of this.#used) await this.#redis.expire(`${this.#namespace}:${key}`, FORGET_SECONDS)
    this.#used.clear()
    await this.#redis.zremrangebyscore(this.#servers, '-inf', now - 10 * PEER_GONE_MS)
    this.#peers = (await this.#redis.zcount(this.#servers, now - PEER_GONE_MS, '+inf')) - 1
  }

  async #read(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      try {
        if (this.#watched.size === 0) await sleep(READ_BLOCK_MS, undefined, { signal })
        else await this.#readOnce()
      } catch (cause) {
        if (this.#isStopping()) return
        this.#options.log.warn({ err: cause }, 'cannot read from the other servers, trying again')
        await sleep(READ_BLOCK_MS, undefined, { signal }).catch(() => undefined)
      }
    }
  }

  #isStopping(): boolean {
    return this.#stop.signal.aborted
  }

  async #readOnce(): Promise<void> {
    const asked = [...this.#watched]
    const keys = asked.map(([key]) => `${this.#namespace}:${key}`)
    const ids = asked.map(([, watched]) => watched.lastId)
    const found = await this.#reader.xreadBuffer('COUNT', 500, 'BLOCK', READ_BLOCK_MS, 'STREAMS', ...keys, ...ids)
    const prefix = `${this.#redis.options.keyPrefix ?? ''}${this.#namespace}:`
    for (const [key, entries] of (found ?? []) as [Buffer, Entry[]][]) {
      const watched = this.#watched.get(key.toString().slice(prefix.length))
      if (watched !== undefined) this.#hear(watched, entries)
    }
  }

  #hear(watched: Watched, entries: readonly Entry[]): void {
    for (const [id, [name, payload]] of entries) {
      watched.lastId = id.toString()
      if (name === undefined || payload === undefined) continue
      try {
        watched.hear(name.toString(), payload)
      } catch (cause) {
        this.#options.log.error({ err: cause, entry: watched.lastId }, 'entry of another server not understood')
      }
    }
  }
}

const down = (world: WorldNo): string => `live:${world}:down`
const up = (world: WorldNo): string => `live:${world}:up`
