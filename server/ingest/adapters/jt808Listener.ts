import { type Server, type Socket, createServer } from 'node:net'
import { FrameCutter, type Jt808Message, readFrame, writeFrame } from '@/domain/formats/jt808/frame'
import { MessageJoiner } from '@/domain/formats/jt808/splitMessages'
import type { AdapterParts, Task } from './adapter'
import type { Carrier } from './carrier'
import { aborted } from './eitherSignal'
import { Gatherer } from './gatherer'

const IDLE_MS = 10 * 60_000
const CONNECTIONS_MOST = 20_000
/** Answers of the general reply 0x8001 and of 0x8100. */
const OK = 0
const FAILED = 1
const NO_SUCH_TERMINAL = 4
/** Messages that are answered and hold nothing to keep: heartbeat, registration, deregistration, authentication. */
const TALK = new Set([0x0002, 0x0100, 0x0003, 0x0102])

/** Serves terminals over TCP. A message is answered when it is durable, so that a terminal sends again what was not. */
export class Jt808Listener {
  readonly #parts: AdapterParts
  readonly #task: Task<'listen'>
  readonly #carrier: Carrier
  readonly #host: string
  readonly #sockets = new Set<Socket>()
  /** The port that is listened on, once it is. */
  port: number | undefined

  constructor(parts: AdapterParts, task: Task<'listen'>, { carrier, host }: { carrier: Carrier; host: string }) {
    this.#parts = parts
    this.#task = task
    this.#carrier = carrier
    this.#host = host
  }

  async run(signal: AbortSignal): Promise<void> {
    const { source } = this.#task
    if (!isLoopback(this.#host) && source.terminals === undefined) {
      throw new Error(`JT/T 808 knows no password: list the terminals of the feed before it listens on ${this.#host}.`)
    }
    const gatherer = new Gatherer(this.#carrier, new Uint8Array(), signal)
    const server = createServer({ noDelay: true }, (socket) => this.#serve(socket, gatherer))
    server.maxConnections = CONNECTIONS_MOST
    await listening(server, source.port, this.#host)
    const address = server.address()
    this.port = typeof address === 'object' && address !== null ? address.port : source.port
    this.#carrier.answered()
    await aborted(signal)
    for (const socket of this.#sockets) socket.destroy()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }

  #serve(socket: Socket, gatherer: Gatherer): void {
    const terminal = { cutter: new FrameCutter(), joiner: new MessageJoiner(), serial: 0 }
    this.#sockets.add(socket)
    socket.setTimeout(IDLE_MS, () => socket.destroy())
    socket.on('close', () => this.#sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.on('data', (piece: Buffer) => {
      // Frames of one terminal are taken in their order: nothing more is read while the last are on their way.
      socket.pause()
      const frames = terminal.cutter.push(piece)
      Promise.all(frames.map((frame) => this.#frame(frame, { socket, terminal, gatherer }))).then(
        () => socket.resume(),
        (cause: unknown) => {
          this.#carrier.failed(cause)
          this.#parts.log.warn({ err: cause, feed: this.#task.feed.key }, 'a terminal was let go')
          socket.destroy()
        },
      )
    })
  }

  async #frame(frame: Uint8Array, connection: Connection): Promise<void> {
    const { socket, terminal, gatherer } = connection
    const read = readFrame(frame)
    if (!read.ok) {
      // Kept with its reason; a broken frame is not answered, the terminal sends it again.
      await gatherer.add(flagged(frame))
      return
    }
    const message = read.value
    if (!this.#isKnown(message)) {
      reply(socket, message, terminal, message.id === 0x0100 ? NO_SUCH_TERMINAL : FAILED)
      return
    }
    if (!TALK.has(message.id)) {
      const joining = terminal.joiner.take(message)
      if (joining.kind === 'refused') await gatherer.add(flagged(frame))
      if (joining.kind === 'whole') await gatherer.add(Buffer.concat(joining.parts.map((part) => writeFrame(part))))
    }
    this.#carrier.answered()
    reply(socket, message, terminal, OK)
  }

  #isKnown({ phone }: Jt808Message): boolean {
    const { terminals } = this.#task.source
    return terminals === undefined || terminals.some((one) => one.replace(/^0+/, '') === phone.replace(/^0+/, ''))
  }
}

interface Terminal {
  readonly cutter: FrameCutter
  readonly joiner: MessageJoiner
  serial: number
}

interface Connection {
  readonly socket: Socket
  readonly terminal: Terminal
  readonly gatherer: Gatherer
}

const flagged = (frame: Uint8Array): Uint8Array => Uint8Array.from([0x7e, ...frame, 0x7e])

function reply(socket: Socket, message: Jt808Message, terminal: Terminal, result: number): void {
  const { id, serial, phone, version } = message
  const words = [serial >> 8, serial & 0xff]
  const registration = id === 0x0100
  const code = registration && result === OK ? [...Buffer.from('belfry')] : []
  const body = registration ? [...words, result, ...code] : [...words, id >> 8, id & 0xff, result]
  terminal.serial = (terminal.serial + 1) & 0xffff
  const head = { id: registration ? 0x8100 : 0x8001, phone, serial: terminal.serial }
  const bytes = writeFrame({ ...head, ...(version === undefined ? {} : { version }), body: Uint8Array.from(body) })
  if (socket.writable) socket.write(bytes)
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })
}

export const isLoopback = (host: string): boolean => host === '::1' || host === 'localhost' || host.startsWith('127.')
