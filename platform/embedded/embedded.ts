import { rm } from 'node:fs/promises'
import type { LineSink } from './child'
import { placesOf } from './places'
import type { Launch, Service } from './service'
import { postgresService } from './postgres/postgresService'
import { redisService } from './redis/redisService'
import { storeService } from './storeService'

export interface Embedded {
  readonly CLICKHOUSE_URL: string
  readonly DATABASE_URL: string
  readonly REDIS_URL: string
  stop(): Promise<void>
}

const STOP_LIMIT_MS = 5000

/**
 * The services that are not given by address, for tests and benches: started together, ended by `stop`, which also
 * removes their sockets. `varFolder` is the caller's.
 */
export async function startEmbedded(
  varFolder: string,
  given: { CLICKHOUSE_URL?: string | undefined; DATABASE_URL?: string | undefined; REDIS_URL?: string | undefined },
  sink: LineSink,
): Promise<Embedded> {
  const places = placesOf(varFolder)
  const launched: { service: Service; launch: Launch }[] = []
  const stop = async () => {
    const ended = launched.map(({ service, launch }) => launch.child.stop(service.stopSignal, STOP_LIMIT_MS))
    await Promise.all(ended)
    await rm(places.sockets, { recursive: true, force: true })
  }
  const addressOf = async (url: string | undefined, service: Service): Promise<string> => {
    if (url !== undefined) return url
    const launch = await service.launch(sink)
    launched.push({ service, launch })
    return launch.url
  }
  const outcomes = await Promise.allSettled([
    addressOf(given.CLICKHOUSE_URL, storeService(places)),
    addressOf(given.DATABASE_URL, postgresService(places)),
    addressOf(given.REDIS_URL, redisService(places, sink)),
  ])
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) {
    await stop()
    throw failed.reason
  }
  const [store, postgres, redis] = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : ''))
  return { CLICKHOUSE_URL: store ?? '', DATABASE_URL: postgres ?? '', REDIS_URL: redis ?? '', stop }
}
