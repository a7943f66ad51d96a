import type { Socket } from 'socket.io-client'
import { io } from 'socket.io-client'
import * as msgpack from 'socket.io-msgpack-parser'
import type { ScreenToServer, ServerToScreen } from '@/domain/api/socket'
import type { WallOrders } from '@/domain/api/wall'
import { PROTOCOL } from '@/domain/fold/delta'
import type { Beat } from '@/domain/wall/skew'

const ANSWER_WITHIN = 5000

/** Follows the orders of one wall, whatever World it shows; a screen that starts again has them at once. */
export class WallClient {
  readonly #wall: string
  readonly #listeners = new Set<() => void>()
  #socket: Socket<ServerToScreen, ScreenToServer> | undefined
  #orders: WallOrders | undefined

  constructor(wall: string) {
    this.#wall = wall
  }

  start(): void {
    const socket: Socket<ServerToScreen, ScreenToServer> = io({
      path: '/socket.io',
      transports: ['websocket'],
      parser: msgpack,
      auth: { protocol: PROTOCOL, screen: window.location.pathname },
      forceNew: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 3000,
    })
    socket.on('connect', () => void this.#watch(socket))
    socket.on('orders', (orders) => this.#take(orders))
    this.#socket = socket
  }

  stop(): void {
    this.#socket?.disconnect()
    this.#socket = undefined
  }

  readonly orders = (): WallOrders | undefined => this.#orders

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Says what this screen shows; while the line is down nothing is kept for later. */
  beat(screen: string, beat: Beat): void {
    this.#socket?.volatile.emit('beat', { screen, beat })
  }

  async #watch(socket: Socket<ServerToScreen, ScreenToServer>): Promise<void> {
    try {
      const asked = socket.timeout(ANSWER_WITHIN).emitWithAck('watchWall', { wall: this.#wall })
      this.#take(await (asked as Promise<WallOrders>))
    } catch {
      if (socket.connected) void this.#watch(socket)
    }
  }

  #take(orders: WallOrders): void {
    if (orders.wall !== this.#wall) return
    this.#orders = orders
    for (const listener of this.#listeners) listener()
  }
}
