import { Server } from 'socket.io'
import type { Server as NodeServer } from 'node:http'
import * as msgpack from 'socket.io-msgpack-parser'
import type { ScreenToServer, ServerToScreen } from '@/domain/api/socket'
import type { EpochMillis } from '@/domain/time'
import type { Clock } from '@/platform/clock'
import type { Log } from '@/platform/log'
import type { SocketData } from '../live/screenLink'
import { tokenHash } from '../access/sessions'
import type { Sessions } from '../access/sessions'
import { SESSION_COOKIE, readCookie } from './cookies'
import { refusalOf } from './guard'
import type { GuardOptions } from './guard'

export type ScreenServer = Server<ScreenToServer, ServerToScreen, Record<string, never>, SocketData>

/** As much of a socket as ends with its session. */
interface Ending {
  emit(event: 'signedOut'): unknown
  disconnect(close: true): unknown
  once(event: 'disconnect', fn: () => void): unknown
}

/** Timers of Node count in 31 bits; a wall's session lasts longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export interface SocketNeeds {
  readonly sessions: Sessions
  readonly guard: GuardOptions
  readonly clock: Clock
  readonly log: Log
}

/** Sockets on the same port: same guards, same cookie. Who has no session gets the code and no connection. */
export function attachSockets(server: NodeServer, { sessions, guard, clock, log }: SocketNeeds): ScreenServer {
  const io: ScreenServer = new Server(server, {
    path: '/socket.io',
    transports: ['websocket'],
    parser: msgpack,
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: 64 * 1024, // screens ask small questions; the wall of bytes goes the other way
    pingInterval: 2_000, // an unanswered ping also bounds what a slow screen is sent: EngineLink
    pingTimeout: 18_000,
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
        endAt(socket, held.expiresAt, clock)
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

/** Ends a socket with its session, at `expiresAt` of the machine's clock. */
export function endAt(socket: Ending, expiresAt: EpochMillis, clock: Clock): void {
  let timer: NodeJS.Timeout | undefined
  const wait = (): void => {
    const left = expiresAt - clock.now()
    if (left > 0) {
      timer = setTimeout(wait, Math.min(left, LONGEST_TIMER_MS))
      timer.unref()
      return
    }
    socket.emit('signedOut')
    socket.disconnect(true)
  }
  socket.once('disconnect', () => clearTimeout(timer))
  wait()
}

/** The sockets of one session: they end with it, those of the actor's other sessions go on. */
const roomOf = (hash: string): string => `session/${hash}`
