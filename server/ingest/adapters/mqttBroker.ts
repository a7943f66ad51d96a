import { type Server, createServer } from 'node:net'
import { Aedes, type Client, type PublishPacket } from 'aedes'
import type { FeedRecord } from '@/server/catalogue/feedRecord'
import type { AdapterParts, AdapterState } from './adapter'
import { Carrier } from './carrier'
import { Gatherer } from './gatherer'
import { messageJoint } from './messageJoint'
import { BoundedSocket } from './packetLimit'

export interface BrokerOptions {
  readonly host: string
  readonly port: number
}

interface Feeding {
  readonly digest: string
  readonly carrier: Carrier
  readonly gatherer: Gatherer
}

/** Clients of one address that may be connected at once. */
const CLIENTS_MOST = 10_000
const PAYLOAD_MOST = 1024 ** 2
/** With a topic of 65 535 bytes, its length and the packet's number. */
const PACKET_MOST = PAYLOAD_MOST + 65_539

/** Who a client is: the feed that its key opened when it connected, and that key, to ask again. */
interface Opened {
  readonly feed: FeedRecord
  readonly key: string
}

/**
 * The embedded MQTT broker: producers publish, nobody subscribes. The password is the feed's key, the topic is
 * `<world>/<feed>` or lies below it. PUBACK goes out after the append: what is acknowledged is on disk.
 */
export class MqttBroker {
  readonly #parts: AdapterParts
  readonly #options: BrokerOptions
  readonly #stop = new AbortController()
  readonly #feedings = new Map<number, Feeding>()
  readonly #opened = new Map<Client, Opened>()
  #broker: Aedes | undefined
  #server: Server | undefined
  #unfollow: (() => void) | undefined

  constructor(parts: AdapterParts, options: BrokerOptions) {
    this.#parts = parts
    this.#options = options
  }

  /** Resolves with the port that is listened on. @throws Error when the port is taken */
  async start(): Promise<number> {
    const broker = await Aedes.createBroker({
      authenticate: (client, _username, password, done) => {
        const key = password?.toString() ?? ''
        const feed = this.#parts.catalogue.feedOfKey(key)
        if (feed !== undefined) this.#opened.set(client, { feed, key })
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
    const gone = (client: Client): void => void this.#opened.delete(client)
    broker.on('clientDisconnect', gone)
    broker.on('clientError', gone)
    broker.on('connectionError', gone)
    this.#unfollow = this.#parts.catalogue.onChange(() => this.#endRevoked())
    const server = createServer({ noDelay: true }, (socket) => broker.handle(new BoundedSocket(socket, PACKET_MOST)))
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
    this.#unfollow?.()
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
    const feed = client === null ? undefined : this.#opened.get(client)?.feed
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

  /** Ends every connection whose key was rotated or taken back. */
  #endRevoked(): void {
    for (const [client, { feed, key }] of this.#opened) {
      if (this.#parts.catalogue.feedOfKey(key)?.no === feed.no) continue
      this.#opened.delete(client)
      client.close()
    }
  }

  /** How messages are strung together is of the mapping: another mapping begins anew. */
  #feeding({ no }: FeedRecord): Feeding {
    const feed = this.#parts.catalogue.feed(no)
    if (feed === undefined) throw new Error('The feed is not registered.')
    const held = this.#feedings.get(no)
    if (held?.digest === feed.digest) return held
    const carrier = new Carrier(this.#parts, feed)
    const { digest } = feed
    const made = { digest, carrier, gatherer: new Gatherer(carrier, messageJoint(feed), this.#stop.signal) }
    this.#feedings.set(feed.no, made)
    return made
  }
}
