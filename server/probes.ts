import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import type { Postgres } from '@/platform/postgres/postgres'
import type { Probe } from './http/health'
import type { Ingest } from './ingest/createIngest'
import type { Live } from './live/createLive'

interface Parts {
  readonly postgres: Postgres
  readonly clickhouse: ClickHouse
  readonly live: Live
  readonly ingest: Ingest
}

/** What this server asks of its parts once a second. Only the database is needed: without it nobody is known. */
export function probesOf({ postgres, clickhouse, live, ingest }: Parts): Probe[] {
  const upOrDown = (up: boolean) => (up ? 'up' : 'down')
  return [
    { name: 'database', needed: true, check: async () => upOrDown(await postgres.ping()) },
    { name: 'store', needed: false, check: async () => upOrDown(await clickhouse.ping()) },
    { name: 'redis', needed: false, check: () => upOrDown(live.state().redisUp) },
    {
      name: 'intake log',
      needed: false,
      check: () => (ingest.state().full ? 'strained' : 'up'),
      figures: () => {
        const { logBytes, logAgeMs, pendingRows } = ingest.state()
        return { logBytes, logAgeMs, pendingRows }
      },
    },
    {
      name: 'live',
      needed: false,
      check: () => (live.state().worlds.some(({ role }) => role === 'warming') ? 'strained' : 'up'),
      figures: () => {
        const { worlds, screens } = live.state()
        return { worlds: worlds.length, leading: worlds.filter(({ role }) => role === 'leading').length, screens }
      },
    },
  ]
}
