import type { Carrier, Delivery } from './carrier'

interface Waiting {
  readonly piece: Uint8Array
  readonly resolve: () => void
  readonly reject: (cause: unknown) => void
}

const PIECES_MOST = 5_000
const BYTES_MOST = 8 * 1024 ** 2
/** Pieces that may wait: past this the producer is told so, and keeps what it has. */
const WAITING_MOST = 100_000

/**
 * Makes one delivery of the pieces that came while the last one was on its way to disk: many small messages cost one
 * append. Pieces of a form that cannot be strung together go one by one.
 */
export class Gatherer {
  readonly #carrier: Pick<Carrier, 'carry'>
  readonly #signal: AbortSignal
  /** What lies between two pieces; nothing when they cannot be joined. */
  readonly #between: Uint8Array | undefined
  readonly #waiting: Waiting[] = []
  #running = false

  constructor(carrier: Pick<Carrier, 'carry'>, between: Uint8Array | undefined, signal: AbortSignal) {
    this.#carrier = carrier
    this.#between = between
    this.#signal = signal
  }

  /** Resolves when the piece is durable. @throws Error when too many wait, or when the adapter ends */
  add(piece: Uint8Array): Promise<void> {
    if (this.#waiting.length >= WAITING_MOST) return Promise.reject(new Error('Too many messages wait for the disk.'))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ piece, resolve, reject })
      if (!this.#running) void this.#run()
    })
  }

  async #run(): Promise<void> {
    this.#running = true
    // One turn of the event loop: what arrived in the same read of the socket goes together.
    await new Promise((resolve) => setImmediate(resolve))
    for (let next = this.#next(); next.length > 0; next = this.#next()) {
      try {
        await this.#carrier.carry(this.#joined(next), this.#signal)
        for (const { resolve } of next) resolve()
      } catch (cause) {
        for (const { reject } of next) reject(cause)
      }
    }
    this.#running = false
  }

  #next(): Waiting[] {
    const [first] = this.#waiting
    if (this.#between === undefined || (first !== undefined && standsAlone(first.piece)))
      return this.#waiting.splice(0, 1)
    let [count, bytes] = [0, 0]
    for (const { piece } of this.#waiting) {
      if (count >= PIECES_MOST || (count > 0 && bytes >= BYTES_MOST) || standsAlone(piece)) break
      bytes += piece.length
      count += 1
    }
    return this.#waiting.splice(0, count)
  }

  #joined(pieces: readonly Waiting[]): Delivery {
    const [first] = pieces
    if (pieces.length === 1 && first !== undefined) return { bytes: first.piece }
    const between = this.#between ?? new Uint8Array()
    return { bytes: Buffer.concat(pieces.flatMap(({ piece }) => [piece, between])) }
  }
}

const [BRACKET, GZIP] = [0x5b, [0x1f, 0x8b]] as const

/** A list or a packed piece is a whole body: strung together with others it would be read as neither, and lost. */
const standsAlone = (piece: Uint8Array): boolean =>
  piece[0] === BRACKET || (piece[0] === GZIP[0] && piece[1] === GZIP[1])
