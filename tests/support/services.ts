import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { inject } from 'vitest'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import { connectClickHouse } from '@/platform/clickhouse/connect'
import { migrateClickHouse } from '@/platform/clickhouse/migrate'
import { createLog } from '@/platform/log'
import type { Log } from '@/platform/log'
import { migrationsOf } from '@/platform/migrations'
import { connectPostgres } from '@/platform/postgres/connect'
import { migratePostgres } from '@/platform/postgres/migrate'
import type { Postgres } from '@/platform/postgres/postgres'
import { connectRedis } from '@/platform/redis/connect'

export interface ServiceUrls {
  readonly CLICKHOUSE_URL: string
  readonly DATABASE_URL: string
  readonly REDIS_URL: string
}

declare module 'vitest' {
  interface ProvidedContext {
    services: ServiceUrls
  }
}

/** The three real stores, with databases that belong to one test file. */
export interface TestServices {
  /** For child processes: addresses of this file's own databases. */
  readonly urls: ServiceUrls
  readonly clickhouse: ClickHouse
  readonly postgres: Postgres
  readonly redis: Redis
  /** Give it to BullMQ and to every key: Redis has no databases of one's own. */
  readonly redisPrefix: string
  readonly log: Log
  close(): Promise<void>
}

/** Opens databases of this file's own, migrated unless `migrate` is false. Call in beforeAll, `close` in afterAll. */
export async function openServices(options: { migrate?: boolean } = {}): Promise<TestServices> {
  const given = inject('services')
  const name = `t_${randomBytes(6).toString('hex')}`
  const log = createLog('test', { level: 'silent' })
  await makeDatabases(given, name, log)
  const urls = {
    CLICKHOUSE_URL: withDatabase(given.CLICKHOUSE_URL, name),
    DATABASE_URL: withDatabase(given.DATABASE_URL, name),
    REDIS_URL: given.REDIS_URL,
  }
  const clickhouse = connectClickHouse({ url: urls.CLICKHOUSE_URL, log })
  const postgres = connectPostgres({ url: urls.DATABASE_URL, log })
  const redis = connectRedis({ url: urls.REDIS_URL, log })
  if (options.migrate !== false) {
    await migratePostgres(postgres, { folder: migrationsOf('postgres'), log })
    await migrateClickHouse(clickhouse, { folder: migrationsOf('clickhouse'), log })
  }
  return {
    urls,
    clickhouse,
    postgres,
    redis,
    redisPrefix: name,
    log,
    async close() {
      await clickhouse.command({ name: 'drop', sql: `DROP DATABASE IF EXISTS ${name}` })
      await Promise.all([clickhouse.close(), postgres.close(), redis.quit()])
      const root = connectPostgres({ url: given.DATABASE_URL, log, max: 1 })
      await root.run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      await root.close()
    },
  }
}

async function makeDatabases(given: ServiceUrls, name: string, log: Log): Promise<void> {
  const postgres = connectPostgres({ url: given.DATABASE_URL, log, max: 1 })
  const clickhouse = connectClickHouse({ url: given.CLICKHOUSE_URL, log })
  await postgres.run(`CREATE DATABASE ${name}`)
  await clickhouse.command({ name: 'create', sql: `CREATE DATABASE ${name}` })
  await Promise.all([postgres.close(), clickhouse.close()])
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.toString()
}
