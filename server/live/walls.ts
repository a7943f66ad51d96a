import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { Actor } from '@/domain/api/session'
import type { WallOrders, WallView } from '@/domain/api/wall'
import { EpochMillis } from '@/domain/time'
import { Beat, skewOf } from '@/domain/wall/skew'
import type { WallTile } from '@/domain/wall/wallLayout'
import { nameOfTile, tileOfName, WallKey } from '@/domain/wall/wallLayout'
import type { Clock } from '@/platform/clock'
import type { Log } from '@/platform/log'
import { listen } from '@/platform/postgres/listen'
import type { Listening } from '@/platform/postgres/listen'
import type { Postgres } from '@/platform/postgres/postgres'
import { actsOf, ordersOf, WALLS_CHANNEL } from '../command/wallRows'
import type { ScreenServer } from './createLive'
import { installationId } from './queries/installationId'
import type { ScreenSocket } from './screenLink'

export interface WallsOptions {
  readonly postgres: Postgres
  readonly redis: Redis
  readonly clock: Clock
  readonly log: Log
}

/** A screen that said nothing for so long is not there. Milliseconds. */
const GONE_AFTER = 5000
const SHOWN_ACTS = 30

const Heard = z.object({ screen: z.string(), heardAt: EpochMillis, beat: Beat })
const Watch = z.object({ wall: WallKey })

/**
 * The steering of walls on this server: every act reaches every screen of its wall, and every screen says once a second
 * what it shows. What screens say stands in Redis, so that any server can tell how a wall does.
 */
export class Walls {
  readonly #options: WallsOptions
  readonly #watching = new Map<ScreenSocket, WallKey>()
  #listening: Listening | undefined
  #namespace = 'belfry'

  constructor(options: WallsOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    const { postgres, log } = this.#options
    const [installation] = await installationId(postgres, {})
    this.#namespace = `belfry:${installation?.id ?? ''}`
    this.#listening = await listen(postgres, {
      channel: WALLS_CHANNEL,
      log,
      onMessage: (wall) => void this.#tell(wall),
      // What was decided while nobody listened is told again.
      onListening: () => {
        for (const wall of new Set(this.#watching.values())) void this.#tell(wall)
      },
    })
  }

  async stop(): Promise<void> {
    await this.#listening?.close()
  }

  attach(io: ScreenServer, mayWatch: (actor: Actor | undefined) => boolean): void {
    io.on('connection', (socket) => {
      socket.on('watchWall', (request, answer) => {
        const wall = Watch.safeParse(request)
        if (!wall.success || !mayWatch(socket.data.actor) || typeof answer !== 'function') return
        this.#watching.set(socket, wall.data.wall)
        void this.#orders(wall.data.wall).then((orders) => (orders === undefined ? undefined : answer(orders)))
      })
      socket.on('beat', (said) => void this.#heard(socket, said))
      socket.on('disconnect', () => this.#watching.delete(socket))
    })
  }

  /** The orders of a wall, and what its screens say. @throws Unavailable */
  async view(wall: WallKey): Promise<WallView> {
    const { postgres, clock } = this.#options
    const [orders, acts, screens] = await Promise.all([
      ordersOf(postgres, wall),
      actsOf(postgres, wall, SHOWN_ACTS),
      this.#screens(wall),
    ])
    const skew = skewOf(screens.map(({ beat }) => beat))
    return { orders, serverTime: clock.now(), screens, acts, ...(skew === undefined ? {} : { skew }) }
  }

  async #orders(wall: WallKey): Promise<WallOrders | undefined> {
    try {
      return await ordersOf(this.#options.postgres, wall)
    } catch (cause) {
      this.#options.log.warn({ err: cause, wall }, 'orders of a wall cannot be read')
      return undefined
    }
  }

  async #tell(wall: WallKey): Promise<void> {
    const orders = await this.#orders(wall)
    if (orders === undefined) return
    for (const [socket, watched] of this.#watching) if (watched === wall) socket.emit('orders', orders)
  }

  async #heard(socket: ScreenSocket, said: unknown): Promise<void> {
    const wall = this.#watching.get(socket)
    const parsed = z.object({ screen: z.string().max(40), beat: Beat }).safeParse(said)
    if (wall === undefined || !parsed.success) return
    const tile = tileOfName(parsed.data.screen)
    if (tile?.wall !== wall) return
    const heard = JSON.stringify({
      screen: nameOfTile(tile),
      heardAt: this.#options.clock.now(),
      beat: parsed.data.beat,
    })
    const key = this.#key(wall)
    try {
      await this.#options.redis
        .multi()
        .hset(key, nameOfTile(tile), heard)
        .pexpire(key, 10 * GONE_AFTER)
        .exec()
    } catch (cause) {
      this.#options.log.debug({ err: cause, wall }, 'what a screen said was not kept')
    }
  }

  async #screens(wall: WallKey): Promise<WallView['screens']> {
    const kept = await this.#options.redis.hgetall(this.#key(wall)).catch((): Record<string, string> => ({}))
    const after = this.#options.clock.now() - GONE_AFTER
    const heard = Object.values(kept).map((text) => Heard.parse(JSON.parse(text)))
    const placed = (screen: string): WallTile => tileOfName(screen) ?? { wall, column: 99, row: 99 }
    return heard
      .filter(({ heardAt }) => heardAt > after)
      .sort((a, b) => placed(a.screen).row - placed(b.screen).row || placed(a.screen).column - placed(b.screen).column)
  }

  #key(wall: WallKey): string {
    return `${this.#namespace}:wall:${wall}`
  }
}
