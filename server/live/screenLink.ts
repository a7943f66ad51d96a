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
  /** Bytes handed over that the network has not taken. */
  unsentBytes(): number
  send(frame: Frame): void
}

/** The two fields of engine.io that hold unsent packets; its types hide them. */
interface Engine {
  readonly writeBuffer: readonly { readonly data?: string | Uint8Array }[]
  readonly transport: { readonly socket?: { readonly bufferedAmount: number } }
}

/** Pre-encoded frames go to the engine directly: the same write that socket.io's own broadcast makes for each socket. */
export function linkTo(socket: ScreenSocket): ScreenLink {
  return {
    unsentBytes() {
      const engine = socket.conn as unknown as Engine
      let bytes = engine.transport.socket?.bufferedAmount ?? 0
      for (const packet of engine.writeBuffer) bytes += packet.data?.length ?? 0
      return bytes
    },
    send: (frame) => void socket.conn.write(frame, { compress: false }),
  }
}
