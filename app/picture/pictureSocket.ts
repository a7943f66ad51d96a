import type { Socket } from 'socket.io-client'
import { io } from 'socket.io-client'
import * as msgpack from 'socket.io-msgpack-parser'
import type {
  GapAnswer,
  GapRequest,
  JoinAnswer,
  JoinRequest,
  Pulse,
  ScreenToServer,
  ServerToScreen,
} from '@/domain/api/socket'
import type { Body, Delta, Keyframe } from '@/domain/fold/delta'
import { PROTOCOL } from '@/domain/fold/delta'
import { machineNow } from '@/app/time/machineClock'

/** What the socket tells its client; deltas and keyframes have their rows as bytes. */
export interface SocketEvents {
  connected(): void
  disconnected(): void
  delta(delta: Delta): void
  keyframe(keyframe: Keyframe): void
  pulse(pulse: Pulse): void
}

/** Requests resolve with undefined when the server does not answer in time. */
export interface PictureSocket {
  join(request: JoinRequest): Promise<JoinAnswer | undefined>
  gap(request: GapRequest): Promise<GapAnswer | undefined>
  time(sent: number): Promise<{ readonly sent: number; readonly server: number } | undefined>
  presented(sample: Parameters<ScreenToServer['presented']>[0]): void
  close(): void
}

const ANSWER_WITHIN = 5000
const RELOAD_KEY = 'belfry.reloadedAt'
const RELOAD_AT_MOST_EVERY = 60_000

export function connectPicture(events: SocketEvents): PictureSocket {
  const socket: Socket<ServerToScreen, ScreenToServer> = io({
    path: '/socket.io',
    transports: ['websocket'],
    parser: msgpack,
    auth: { protocol: PROTOCOL, screen: window.location.pathname },
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
  })
  socket.on('connect', () => events.connected())
  socket.on('disconnect', () => events.disconnected())
  socket.on('delta', (delta) => events.delta(withBytes(delta)))
  socket.on('keyframe', (keyframe) => events.keyframe(withBytes(keyframe)))
  socket.on('pulse', (pulse) => events.pulse(pulse))
  socket.on('reload', reloadOnce)
  socket.on('signedOut', () => window.location.reload())
  const asking = socket.timeout(ANSWER_WITHIN)
  return {
    join: (request) => answered(asking.emitWithAck('join', request)),
    gap: async (request) => answerWithBytes(await answered(asking.emitWithAck('gap', request) as Promise<GapAnswer>)),
    time: (sent) => answered(asking.emitWithAck('time', sent)),
    presented: (sample) => void socket.emit('presented', sample),
    close: () => void socket.disconnect(),
  }
}

const answered = <Answer>(answer: Promise<Answer>): Promise<Answer | undefined> => answer.catch(() => undefined)

/** In a browser the parser hands bytes over as an ArrayBuffer. */
function withBytes<Of extends { readonly body: Body }>(frame: Of): Of {
  const { body } = frame
  if (body.channel !== 'readings' && body.channel !== 'movers') return frame
  const rows: unknown = body.rows
  return rows instanceof ArrayBuffer ? { ...frame, body: { ...body, rows: new Uint8Array(rows) } } : frame
}

function answerWithBytes(answer: GapAnswer | undefined): GapAnswer | undefined {
  if (answer === undefined) return undefined
  if ('keyframe' in answer) return { keyframe: withBytes(answer.keyframe) }
  return 'deltas' in answer ? { deltas: answer.deltas.map(withBytes) } : answer
}

/** An old screen loads the new build; not more than once a minute, should the server itself be the old one. */
function reloadOnce(): void {
  const last = Number(sessionStorage.getItem(RELOAD_KEY) ?? 0)
  if (machineNow() - last < RELOAD_AT_MOST_EVERY) return
  sessionStorage.setItem(RELOAD_KEY, String(machineNow()))
  window.location.reload()
}
