import { once } from 'node:events'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { FeedMapping } from '@/domain/feed/mapping'
import { systemClock } from '@/platform/clock'
import { readEnv } from '@/platform/env'
import { connectPostgres } from '@/platform/postgres/connect'
import type { FeedRecord } from '@/server/catalogue/feedRecord'
import { Adapters } from '@/server/ingest/adapters/adapters'
import { type IntakeBench, gaugesMapping, openIntake } from './ingestBench'
import { type TestServices, openServices } from './services'

const COLUMNS = {
  kind: 'observations',
  thing: { from: 'column', column: 'STCD' },
  columns: [{ column: 'Z', property: 'level', unit: 'm' }],
}

/** An intake on real stores whose feeds are carried by adapters, as `begin` starts them. */
export class AdapterStand {
  readonly services: TestServices
  readonly bench: IntakeBench
  readonly closing: (() => unknown)[] = []
  #adapters: Adapters | undefined

  constructor(services: TestServices, bench: IntakeBench) {
    this.services = services
    this.bench = bench
  }

  static async open(): Promise<AdapterStand> {
    const services = await openServices()
    return new AdapterStand(services, await openIntake(services))
  }

  async close(): Promise<void> {
    await this.#adapters?.stop()
    for (const close of this.closing) await close()
    await this.bench.close()
    await this.services.close()
  }

  /** Registers a feed; adapters that still run end first, or they would carry it too. */
  async feedOf(key: string, source: object): Promise<FeedRecord> {
    await this.#adapters?.stop()
    this.#adapters = undefined
    const mapping = FeedMapping.parse({ ...gaugesMapping(), feed: key, things: { list: [] }, source })
    return this.bench.catalogue.registerFeed(this.bench.world.no, mapping, 'system:test')
  }

  /** Starts carrying what is registered by now. */
  async begin(env: Partial<{ MQTT_URL: string; MQTT_PORT: number }> = {}): Promise<Adapters> {
    await this.#adapters?.stop()
    const { bench, services } = this
    const made = new Adapters({
      ...{ catalogue: bench.catalogue, ingest: bench.ingest, postgres: services.postgres },
      ...{ clock: systemClock, log: services.log },
      openPostgres: (url) => connectPostgres({ url, log: services.log, max: 1, asText: true }),
      env: { ...readEnv({}), BELFRY_VAR: bench.folder, MQTT_PORT: 0, ...env },
    })
    this.#adapters = made
    await made.start()
    return made
  }

  rowsOf({ no }: FeedRecord): number[] {
    return this.bench.live.flatMap((record) =>
      record.kind === 'observations' && record.feed === no ? [...record.value] : [],
    )
  }

  refusedOf({ no }: FeedRecord): string[] {
    return this.bench.live.flatMap((record) =>
      record.kind === 'quarantine' && record.feed === no ? record.records.map(({ reason }) => reason) : [],
    )
  }

  async serve(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    const server: Server = createServer(handle).listen(0, '127.0.0.1')
    await once(server, 'listening')
    this.closing.push(() => server.close())
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
}

/** An input of rows with STCD, TM and Z. */
export const stationInput = (format: object, more: object = {}) => ({
  format,
  time: { kind: 'column', column: 'TM', zone: 'Asia/Shanghai' },
  records: COLUMNS,
  ...more,
})

export const stationRecord = (station: string, minute: number, level: number) => ({
  STCD: station,
  TM: `2026-07-20 08:${String(minute).padStart(2, '0')}:00`,
  Z: level,
})

export async function until(holds: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  for (const end = performance.now() + ms; !(await holds()); ) {
    if (performance.now() > end) throw new Error('It did not come to be.')
    await sleep(50)
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
