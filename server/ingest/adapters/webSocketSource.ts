import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { AdapterParts, Task } from './adapter'
import { backOffMs } from './backOff'
import { type Carrier, chance } from './carrier'
import { isAborted } from './eitherSignal'
import { Gatherer } from './gatherer'
import { authHeaders } from './httpRequest'
import { messageJoint } from './messageJoint'

const RETRY_MS = 1_000
const SILENT_MS = 60_000
const MESSAGE_MOST = 8 * 1024 ** 2
/** Bytes that may wait for the disk before the socket is read no further. */
const UNSAVED_MOST = 16 * 1024 ** 2

/** Listens to a server's socket; what it says is carried in order. */
export class WebSocketSource {
  readonly #parts: AdapterParts
  readonly #task: Task<'webSocket'>
  readonly #carrier: Carrier
  #failures = 0

  constructor(parts: AdapterParts, task: Task<'webSocket'>, carrier: Carrier) {
    this.#parts = parts
    this.#task = task
    this.#carrier = carrier
  }

  async run(signal: AbortSignal): Promise<void> {
    const gatherer = new Gatherer(this.#carrier, messageJoint(this.#task.feed), signal)
    while (!signal.aborted) {
      try {
        await this.#listen(gatherer, signal)
      } catch (cause) {
        if (isAborted(signal)) return
        this.#carrier.failed(cause)
        this.#parts.log.warn({ err: cause, feed: this.#task.feed.key }, 'the socket broke')
      }
      await sleep(backOffMs(this.#failures++, RETRY_MS, chance()), undefined, { signal }).catch(() => undefined)
    }
  }

  /** Resolves when the connection ends by itself. */
  async #listen(gatherer: Gatherer, signal: AbortSignal): Promise<void> {
    const { url, auth, subscribe } = this.#task.source
    const headers = await authHeaders(auth, new URL(url), this.#parts)
    const socket = new WebSocket(url, { headers, maxPayload: MESSAGE_MOST, handshakeTimeout: 10_000 })
    const end = (): void => socket.terminate()
    signal.addEventListener('abort', end, { once: true })
    let silent = setTimeout(end, SILENT_MS)
    const heard = (): void => {
      clearTimeout(silent)
      silent = setTimeout(end, SILENT_MS)
    }
    const ping = setInterval(() => socket.readyState === WebSocket.OPEN && socket.ping(), SILENT_MS / 3)
    let unsaved = 0
    socket.on('pong', heard)
    socket.on('open', () => {
      this.#failures = 0
      this.#carrier.answered()
      if (subscribe !== undefined) socket.send(subscribe)
    })
    socket.on('message', (data: Buffer) => {
      heard()
      unsaved += data.length
      if (unsaved > UNSAVED_MOST) socket.pause()
      void gatherer.add(data).then(
        () => {
          unsaved -= data.length
          this.#carrier.answered()
          if (unsaved <= UNSAVED_MOST) socket.resume()
        },
        () => end(),
      )
    })
    try {
      await new Promise<void>((resolve, reject) => {
        socket.on('close', () => resolve())
        socket.on('error', reject)
      })
    } finally {
      clearTimeout(silent)
      clearInterval(ping)
      signal.removeEventListener('abort', end)
      socket.terminate()
    }
  }
}
