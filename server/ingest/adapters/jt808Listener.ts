import { type Server, type Socket, createServer } from 'node:net'
import { FrameCutter, type Jt808Message, readFrame, writeFrame } from '@/domain/formats/jt808/frame'
import type { AdapterParts, Task } from './adapter'
import type { Carrier } from './carrier'
import { aborted } from './eitherSignal'
import { Gatherer } from './gatherer'
import { PartSpool } from './partSpool'
import { SplitParts } from './splitParts'

const IDLE_MS = 10 * 60_000
const CONNECTIONS_MOST = 20_000
const GIVE_UP_EVERY_MS = 60_000
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
  readonly #world: string
  readonly #sockets = new Set<Socket>()
  /** The port that is listened on, once it is. */
  port: number | undefined

  constructor(parts: AdapterParts, task: Task<'listen'>, { carrier, host }: { carrier: Carrier; host: string }) {
    this.#parts = parts
    this.#task = task
    this.#carrier = carrier
    this.#host = host
    this.#world = parts.catalogue.worldByNo(task.feed.world)?.key ?? ''
  }

  async run(signal: AbortSignal): Promise<void> {
    const { source } = this.#task
    if (!isLoopback(this.#host) && source.terminals === undefined) {
      throw new Error(`JT/T 808 knows no password: list the terminals of the feed before it listens on ${this.#host}.`)
    }
    const gatherer = new Gatherer(this.#carrier, new Uint8Array(), signal)
    const spool = new PartSpool(this.#parts.positions.spoolPath(this.#world, this.#task.feed.key))
    const split = new SplitParts({ spool, clock: this.#parts.clock, carry: (frames) => gatherer.add(frames) })
    await split.open()
    const server = createServer({ noDelay: true }, (socket) => this.#serve(socket, { gatherer, split }))
    server.maxConnections = CONNECTIONS_MOST
    await listening(server, source.port, this.#host)
    const address = server.address()
    this.port = typeof address === 'object' && address !== null ? address.port : source.port
    this.#carrier.answered()
    const giveUp = (): void => void split.giveUpOld().catch((cause: unknown) => this.#carrier.failed(cause))
    const timer = setInterval(giveUp, GIVE_UP_EVERY_MS)
    await aborted(signal)
    clearInterval(timer)
    for (const socket of this.#sockets) socket.destroy()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }

  #serve(socket: Socket, ways: Ways): void {
    const terminal = { cutter: new FrameCutter(), serial: 0 }
    this.#sockets.add(socket)
    socket.setTimeout(IDLE_MS, () => socket.destroy())
    socket.on('close', () => this.#sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.on('data', (piece: Buffer) => {
      // Frames of one terminal are taken in their order: nothing more is read while the last are on their way.
      socket.pause()
      const frames = terminal.cutter.push(piece)
      Promise.all(frames.map((frame) => this.#frame(frame, { socket, terminal, ways }))).then(
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
    const { socket, terminal, ways } = connection
    const read = readFrame(frame)
    if (!read.ok) {
      // Kept with its reason; a broken frame is not answered, the terminal sends it again.
      await ways.gatherer.add(flagged(frame))
      return
    }
    const message = read.value
    if (!this.#isKnown(message)) {
      reply(socket, message, terminal, message.id === 0x0100 ? NO_SUCH_TERMINAL : FAILED)
      return
    }
    if (!TALK.has(message.id)) {
      if ((message.part?.total ?? 1) > 1) await ways.split.take(message)
      else await ways.gatherer.add(flagged(frame))
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
  serial: number
}

/** Where messages go: whole ones to the log, packages of one to where they wait for their rest. */
interface Ways {
  readonly gatherer: Gatherer
  readonly split: SplitParts
}

interface Connection {
  readonly socket: Socket
  readonly terminal: Terminal
  readonly ways: Ways
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
