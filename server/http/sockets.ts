import { Server } from 'socket.io'
import type { Server as NodeServer } from 'node:http'
import * as msgpack from 'socket.io-msgpack-parser'
import type { ScreenToServer, ServerToScreen } from '@/domain/api/socket'
import type { Log } from '@/platform/log'
import type { SocketData } from '../live/screenLink'
import { tokenHash } from '../access/sessions'
import type { Sessions } from '../access/sessions'
import { SESSION_COOKIE, readCookie } from './cookies'
import { refusalOf } from './guard'
import type { GuardOptions } from './guard'

export type ScreenServer = Server<ScreenToServer, ServerToScreen, Record<string, never>, SocketData>

export interface SocketNeeds {
  readonly sessions: Sessions
  readonly guard: GuardOptions
  readonly log: Log
}

/** Sockets on the same port: same guards, same cookie. Who has no session gets the code and no connection. */
export function attachSockets(server: NodeServer, { sessions, guard, log }: SocketNeeds): ScreenServer {
  const io: ScreenServer = new Server(server, {
    path: '/socket.io',
    transports: ['websocket'],
    parser: msgpack,
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: 64 * 1024, // screens ask small questions; the wall of bytes goes the other way
    pingInterval: 10_000,
    pingTimeout: 10_000,
    allowRequest: (request, answer) => {
      const refused = refusalOf(request, guard, true)
      answer(refused ?? null, refused === undefined)
    },
  })
  io.use((socket, next) => {
    const token = readCookie(socket.request, SESSION_COOKIE)
    const session = token === undefined ? Promise.resolve(undefined) : sessions.of(token)
    session.then(
      (held) => {
        if (held === undefined || held.mustChangePassword) return next(new Error('access.signInFirst'))
        socket.data.actor = held.actor
        void socket.join(roomOf(tokenHash(token ?? '')))
        next()
      },
      (cause: unknown) => {
        log.warn({ err: cause }, 'socket refused: nobody can be asked who it is')
        next(new Error('database.unavailable'))
      },
    )
  })
  sessions.onClosed((hash) => {
    const own = io.in(roomOf(hash))
    own.emit('signedOut')
    own.disconnectSockets(true)
  })
  return io
}

/** The sockets of one session: they end with it, those of the actor's other sessions go on. */
const roomOf = (hash: string): string => `session/${hash}`
