import { type Server, createServer } from 'node:net'
import { Aedes, type Client, type PublishPacket } from 'aedes'
import type { FeedRecord } from '@/server/catalogue/feedRecord'
import type { AdapterParts, AdapterState } from './adapter'
import { Carrier } from './carrier'
import { Gatherer } from './gatherer'
import { messageJoint } from './messageJoint'

export interface BrokerOptions {
  readonly host: string
  readonly port: number
}

interface Feeding {
  readonly carrier: Carrier
  readonly gatherer: Gatherer
}

/** Clients of one address that may be connected at once. */
const CLIENTS_MOST = 10_000
const PAYLOAD_MOST = 1024 ** 2

/**
 * The embedded MQTT broker: producers publish, nobody subscribes. The password is the feed's key, the topic is
 * `<world>/<feed>` or lies below it. PUBACK goes out after the append: what is acknowledged is on disk.
 */
export class MqttBroker {
  readonly #parts: AdapterParts
  readonly #options: BrokerOptions
  readonly #stop = new AbortController()
  readonly #feedings = new Map<number, Feeding>()
  readonly #keys = new WeakMap<Client, FeedRecord>()
  #broker: Aedes | undefined
  #server: Server | undefined

  constructor(parts: AdapterParts, options: BrokerOptions) {
    this.#parts = parts
    this.#options = options
  }

  /** Resolves with the port that is listened on. @throws Error when the port is taken */
  async start(): Promise<number> {
    const broker = await Aedes.createBroker({
      authenticate: (client, _username, password, done) => {
        const feed = this.#parts.catalogue.feedOfKey(password?.toString() ?? '')
        if (feed !== undefined) this.#keys.set(client, feed)
        done(null, feed !== undefined)
      },
      authorizeSubscribe: (_client, _subscription, done) => done(null, null),
      authorizePublish: (client, packet, done) => {
        this.#take(client, packet).then(
          () => done(null),
          (cause: unknown) => done(cause instanceof Error ? cause : new Error(String(cause))),
        )
      },
    })
    const server = createServer({ noDelay: true }, broker.handle)
    server.maxConnections = CLIENTS_MOST
    this.#broker = broker
    this.#server = server
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(this.#options.port, this.#options.host, () => resolve())
    })
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : this.#options.port
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    const [broker, server] = [this.#broker, this.#server]
    if (broker !== undefined) await new Promise<void>((resolve) => broker.close(() => resolve()))
    if (server?.listening === true) await new Promise<void>((resolve) => server.close(() => resolve()))
  }

  states(): AdapterState[] {
    return [...this.#feedings.values()].map(({ carrier }) => ({ ...carrier.state, kind: 'mqtt' }))
  }

  /** Resolves when the packet is durable; a client that may not publish there is disconnected. */
  async #take(client: Client | null, packet: PublishPacket): Promise<void> {
    const feed = client === null ? undefined : this.#keys.get(client)
    const world = feed === undefined ? undefined : this.#parts.catalogue.worldByNo(feed.world)?.key
    if (feed === undefined || world === undefined) throw new Error('Who publishes is not known.')
    const own = `${world}/${feed.key}`
    if (packet.topic !== own && !packet.topic.startsWith(`${own}/`)) throw new Error(`The key opens ${own} alone.`)
    const bytes = Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload)
    if (bytes.length > PAYLOAD_MOST) throw new Error(`A message has ${PAYLOAD_MOST} bytes at most.`)
    packet.retain = false
    const { carrier, gatherer } = this.#feeding(feed)
    await gatherer.add(bytes)
    carrier.answered()
  }

  #feeding(feed: FeedRecord): Feeding {
    const held = this.#feedings.get(feed.no)
    if (held !== undefined) return held
    const carrier = new Carrier(this.#parts, feed)
    const made = { carrier, gatherer: new Gatherer(carrier, messageJoint(feed), this.#stop.signal) }
    this.#feedings.set(feed.no, made)
    return made
  }
}
