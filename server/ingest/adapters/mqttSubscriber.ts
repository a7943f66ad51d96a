import { createHash } from 'node:crypto'
import { type MqttClient, connect } from 'mqtt'
import type { AdapterParts, Task } from './adapter'
import type { Carrier } from './carrier'
import { aborted } from './eitherSignal'
import { Gatherer } from './gatherer'
import { messageJoint } from './messageJoint'

const RETRY_MS = 2_000

/** Listens to topics of a broker elsewhere. A message of QoS 1 is acknowledged when it is durable here. */
export class MqttSubscriber {
  readonly #parts: AdapterParts
  readonly #task: Task<'mqtt'>
  readonly #carrier: Carrier
  readonly #url: string

  constructor(parts: AdapterParts, task: Task<'mqtt'>, { carrier, url }: { carrier: Carrier; url: string }) {
    this.#parts = parts
    this.#task = task
    this.#carrier = carrier
    this.#url = url
  }

  async run(signal: AbortSignal): Promise<void> {
    const { source, feed } = this.#task
    const gatherer = new Gatherer(this.#carrier, messageJoint(feed), signal)
    const client: MqttClient = connect(this.#url, {
      // The broker keeps what comes while we are away for this name.
      clientId: await this.#clientId(),
      clean: false,
      reconnectPeriod: RETRY_MS,
      resubscribe: false,
    })
    client.handleMessage = (packet, done) => {
      const bytes = Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload)
      gatherer.add(bytes).then(
        () => {
          this.#carrier.answered()
          done()
        },
        (cause: unknown) => {
          // Not acknowledged: the broker sends it again when we are back.
          this.#carrier.failed(cause)
          client.reconnect()
        },
      )
    }
    client.on('connect', () => {
      this.#carrier.answered()
      client.subscribe([...source.topics], { qos: source.qos }, (cause) => {
        if (cause) this.#carrier.failed(cause)
      })
    })
    client.on('error', (cause) => {
      this.#carrier.failed(cause)
      this.#parts.log.warn({ err: cause, feed: feed.key }, 'the broker cannot be reached')
    })
    await aborted(signal)
    await client.endAsync(true)
  }

  /** The same for every server of this Belfry, another for every feed and every other Belfry; 23 letters, as 3.1.1 allows. */
  async #clientId(): Promise<string> {
    const { feed } = this.#task
    const name = JSON.stringify([await this.#parts.installation(), feed.world, feed.key])
    return `belfry${createHash('sha256').update(name).digest('hex').slice(0, 17)}`
  }
}
