import { connectClickHouse } from '@/platform/clickhouse/connect'
import { readEnv } from '@/platform/env'
import { createLog } from '@/platform/log'
import { connectPostgres } from '@/platform/postgres/connect'
import { connectRedis } from '@/platform/redis/connect'
import { createShutdown, tellParent } from '@/platform/shutdown'
import { startLiveServer } from './liveServer'

/** A live server as a process of its own; tells its port to the parent and dies with it. */
const env = readEnv()
const log = createLog(env.BELFRY_SERVER_ID, { level: env.LOG_LEVEL })
const shutdown = createShutdown(log)
const { CLICKHOUSE_URL = '', DATABASE_URL = '', REDIS_URL = '' } = env
const stores = {
  clickhouse: connectClickHouse({ url: CLICKHOUSE_URL, log }),
  postgres: connectPostgres({ url: DATABASE_URL, log }),
  redis: connectRedis({ url: REDIS_URL, log }),
}
const server = await startLiveServer({ ...stores, log, serverId: env.BELFRY_SERVER_ID })
shutdown.add('server', () => server.stop())
tellParent({ port: server.port })
