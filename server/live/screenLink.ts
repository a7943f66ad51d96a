import type { Socket } from 'socket.io'
import type { ScreenToServer, ServerToScreen } from '@/domain/api/socket'
import type { Actor } from '@/domain/api/session'
import type { Frame } from './frame'

/** What the socket carries from the handshake: set by the access room before the connection is accepted. */
export interface SocketData {
  actor?: Actor
}
export type ScreenSocket = Socket<ScreenToServer, ServerToScreen, Record<string, never>, SocketData>

/** The way to one screen, as the rooms need it. */
export interface ScreenLink {
  /** Bytes handed over that the screen has not taken, as far as this side can know. */
  unsentBytes(): number
  send(frame: Frame): void
}

/** What is needed of engine.io's socket; two of its fields are hidden by its types. */
export interface Engine {
  readonly writeBuffer: readonly { readonly data?: string | Uint8Array }[]
  readonly transport: { readonly socket?: { readonly bufferedAmount: number } }
  on(event: 'packetCreate', listener: (packet: { readonly type: string }) => void): unknown
  on(event: 'heartbeat', listener: () => void): unknown
  write(data: Frame, options: { readonly compress: boolean }): unknown
}

export function linkTo(socket: ScreenSocket): ScreenLink {
  return new EngineLink(socket.conn as unknown as Engine)
}

/**
 * Pre-encoded frames go to the engine directly: the same write that socket.io's own broadcast makes for each socket.
 * The kernels of both sides can hold megabytes that nobody reads. A ping goes through the same bytes, so while its
 * answer is out, all that was handed over since counts as unsent.
 */
export class EngineLink implements ScreenLink {
  readonly #engine: Engine
  #handedOver = 0
  /** `#handedOver` when the ping that waits for its answer was sent. */
  #pingedAt: number | undefined

  constructor(engine: Engine) {
    this.#engine = engine
    engine.on('packetCreate', ({ type }) => {
      if (type === 'ping') this.#pingedAt ??= this.#handedOver
    })
    engine.on('heartbeat', () => {
      this.#pingedAt = undefined
    })
  }

  unsentBytes(): number {
    let buffered = this.#engine.transport.socket?.bufferedAmount ?? 0
    for (const packet of this.#engine.writeBuffer) buffered += packet.data?.length ?? 0
    return this.#pingedAt === undefined ? buffered : Math.max(buffered, this.#handedOver - this.#pingedAt)
  }

  send(frame: Frame): void {
    this.#handedOver += frame.byteLength
    this.#engine.write(frame, { compress: false })
  }
}
