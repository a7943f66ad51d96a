import { connectClickHouse } from '../clickhouse/connect'
import { migrateClickHouse } from '../clickhouse/migrate'
import type { LineSink } from '../embedded/child'
import type { Places } from '../embedded/places'
import { postgresService } from '../embedded/postgres/postgresService'
import { redisService } from '../embedded/redis/redisService'
import type { Service } from '../embedded/service'
import { storeService } from '../embedded/storeService'
import type { Env } from '../env'
import type { Log } from '../log'
import { migrationsOf } from '../migrations'
import { connectPostgres } from '../postgres/connect'
import { withAdvisoryLock } from '../postgres/lock'
import { migratePostgres } from '../postgres/migrate'
import { Part } from './part'
import type { Terminal } from './terminal'

export interface StoreUrls {
  readonly CLICKHOUSE_URL: string
  readonly DATABASE_URL: string
  readonly REDIS_URL: string
}

export interface StoresContext {
  readonly env: Env
  readonly places: Places
  readonly terminal: Terminal
  sinkOf(part: string): LineSink
  /** Called for every embedded store before it starts, so that a failure can stop it. */
  onPart(part: Part): void
}

/** Starts the stores that are not given by address, all at once. @throws CannotRun, Error */
export async function startStores(context: StoresContext): Promise<StoreUrls> {
  const { env, places, terminal } = context
  const [clickhouse, database, redis] = await Promise.all([
    addressOf(context, env.CLICKHOUSE_URL, storeService(places)),
    addressOf(context, env.DATABASE_URL, postgresService(places)),
    addressOf(
      context,
      env.REDIS_URL,
      redisService(places, (line) => terminal.say(line)),
    ),
  ])
  return { CLICKHOUSE_URL: clickhouse, DATABASE_URL: database, REDIS_URL: redis }
}

async function addressOf(context: StoresContext, given: string | undefined, service: Service): Promise<string> {
  const { terminal, places } = context
  if (given !== undefined) {
    terminal.say(`${service.name} is given by its address`)
    return given
  }
  const started = performance.now()
  let url = ''
  const sink = context.sinkOf(service.name)
  const part = new Part({
    name: service.name,
    run: places.run,
    terminal,
    stopSignal: service.stopSignal,
    async launch(onSpawned) {
      const launched = await service.launch(sink, onSpawned)
      url = launched.url
      return launched.child
    },
  })
  context.onPart(part)
  await part.start()
  terminal.say(`${service.name} ready (${((performance.now() - started) / 1000).toFixed(1)} s)`)
  return url
}

/** Brings both stores to this version's tables; with several servers one at a time does it. */
export async function migrateStores(urls: StoreUrls, env: Env, log: Log): Promise<string[]> {
  const postgres = connectPostgres({ url: urls.DATABASE_URL, log, max: 3 })
  const clickhouse = connectClickHouse({ url: urls.CLICKHOUSE_URL, log, connections: 2 })
  const cluster = env.CLICKHOUSE_CLUSTER === undefined ? {} : { cluster: env.CLICKHOUSE_CLUSTER }
  try {
    const inPostgres = await migratePostgres(postgres, { folder: migrationsOf('postgres'), log })
    const inClickHouse = await withAdvisoryLock(postgres, 'belfry.migrateClickHouse', () =>
      migrateClickHouse(clickhouse, { folder: migrationsOf('clickhouse'), log, ...cluster }),
    )
    return [...inPostgres, ...inClickHouse]
  } finally {
    await Promise.all([postgres.close(), clickhouse.close()])
  }
}
