import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { WorldNo } from '@/domain/ids'
import { type AdvisoryLock, tryAdvisoryLock } from '@/platform/postgres/lock'
import type { Postgres } from '@/platform/postgres/postgres'
import type { FeedRecord } from '@/server/catalogue/feedRecord'
import { installationId } from '@/server/live/queries/installationId'
import type { AdapterParts, AdapterState, Carrying } from './adapter'
import { Carrier } from './carrier'
import { type AdaptersEnv, carryingOf, isCarried } from './carryingOf'
import { aborted, eitherSignal, isAborted } from './eitherSignal'
import { MqttBroker } from './mqttBroker'
import { Positions } from './positions'

export interface AdaptersOptions extends Omit<AdapterParts, 'positions' | 'secret' | 'installation'> {
  readonly postgres: Postgres
  readonly env: AdaptersEnv
}

const RETRY_MS = 2_000
const STOP_MS = 200
const ENDING_MS = 3_000

interface Running {
  readonly world: WorldNo
  readonly carrier: Carrier
  readonly digest: string
  readonly stop: AbortController
  readonly done: Promise<void>
}

/**
 * Every feed that Belfry fetches or listens for, each in a loop of its own. The feeds of one World are carried by one
 * server at a time: one lock a World, because a lock holds a connection.
 */
export class Adapters {
  readonly #options: AdaptersOptions
  readonly #parts: AdapterParts
  readonly #running = new Map<number, Running>()
  readonly #worlds = new Map<WorldNo, Promise<void>>()
  readonly #held = new Map<WorldNo, AbortSignal>()
  readonly #stop = new AbortController()
  readonly #broker: MqttBroker | undefined
  #unfollow: (() => void) | undefined

  constructor(options: AdaptersOptions) {
    const { env } = options
    this.#options = options
    this.#parts = {
      ...options,
      positions: new Positions(env.BELFRY_VAR),
      installation: async () => (await installationId(options.postgres, {}))[0]?.id ?? '',
      secret: async (name) => (await readFile(join(env.BELFRY_VAR, 'secrets', name), 'utf8')).trim(),
    }
    const own = env.MQTT_URL === undefined && env.MQTT_PORT > 0
    this.#broker = own ? new MqttBroker(this.#parts, { host: env.HOST, port: env.MQTT_PORT }) : undefined
  }

  /** Begins with every registered feed, and follows the catalogue. A broker whose port is taken is told, and left out. */
  async start(): Promise<void> {
    const { catalogue, log } = this.#options
    try {
      const port = await this.#broker?.start()
      if (port !== undefined) log.info({ port }, 'MQTT listens')
    } catch (cause) {
      log.error({ err: cause }, 'MQTT does not listen: set MQTT_PORT to a free port')
    }
    this.#unfollow = catalogue.onChange(() => this.#follow())
    this.#follow()
  }

  async stop(): Promise<void> {
    this.#unfollow?.()
    this.#stop.abort()
    await Promise.race([Promise.allSettled(this.#worlds.values()), sleep(STOP_MS)])
    await this.#broker?.stop()
  }

  states(): AdapterState[] {
    return [...[...this.#running.values()].map(({ carrier }) => carrier.state), ...(this.#broker?.states() ?? [])]
  }

  /** Starts what is new, and what has another mapping than before, in the Worlds that are ours. */
  #follow(): void {
    for (const feed of this.#options.catalogue.feeds()) {
      const running = this.#running.get(feed.no)
      if (running !== undefined && running.digest !== feed.digest) running.stop.abort()
      if (!isCarried(feed) || running?.digest === feed.digest) continue
      if (!this.#worlds.has(feed.world)) this.#worlds.set(feed.world, this.#keepWorld(feed.world))
      const held = this.#held.get(feed.world)
      if (held !== undefined) this.#begin(feed, held, running?.done)
    }
  }

  /** Holds the World's lock wherever nobody else does, and carries its feeds while it is held. */
  async #keepWorld(world: WorldNo): Promise<void> {
    const { catalogue, postgres, log } = this.#options
    const signal = this.#stop.signal
    const name = `adapters.${catalogue.worldByNo(world)?.key ?? ''}`
    while (!signal.aborted) {
      let lock: AdvisoryLock | undefined
      try {
        lock = await tryAdvisoryLock(postgres, name)
        if (lock !== undefined) await this.#carryWorld(world, eitherSignal(signal, lock.lost))
      } catch (cause) {
        log.warn({ err: cause }, 'the lock of the adapters cannot be had; trying again')
      } finally {
        await lock?.release().catch(() => undefined)
      }
      await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined)
    }
  }

  async #carryWorld(world: WorldNo, held: AbortSignal): Promise<void> {
    this.#held.set(world, held)
    this.#follow()
    await aborted(held)
    this.#held.delete(world)
    const own = [...this.#running].filter(([, running]) => running.world === world)
    // Who does not end in time goes on without the lock: what it still delivers is a re-send elsewhere.
    await Promise.race([Promise.allSettled(own.map(([, { done }]) => done)), sleep(ENDING_MS)])
    for (const [feed] of own) this.#running.delete(feed)
  }

  #begin(feed: FeedRecord, held: AbortSignal, after: Promise<void> | undefined): void {
    const carrier = new Carrier(this.#parts, feed)
    const carrying = carryingOf(feed, carrier, this.#parts, this.#options.env)
    const stop = new AbortController()
    const done = this.#keep({ feed, carrier, carrying, after }, eitherSignal(held, stop.signal))
    this.#running.set(feed.no, { world: feed.world, carrier, digest: feed.digest, stop, done })
  }

  /** Carries a feed, and begins again after whatever broke it. */
  async #keep({ feed, carrier, carrying, after }: Keeping, signal: AbortSignal): Promise<void> {
    await after
    while (!signal.aborted) {
      try {
        await carrying(signal)
      } catch (cause) {
        if (isAborted(signal)) break
        carrier.failed(cause)
        this.#options.log.warn({ err: cause, feed: feed.key }, 'the feed is not carried; trying again')
      }
      await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined)
    }
    carrier.stopped()
  }
}

interface Keeping {
  readonly feed: FeedRecord
  readonly carrier: Carrier
  readonly carrying: Carrying
  readonly after: Promise<void> | undefined
}
