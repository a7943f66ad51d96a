import { writeSync } from 'node:fs'
import { connectClickHouse } from '@/platform/clickhouse/connect'
import { systemClock } from '@/platform/clock'
import { hostFacts, readEnv } from '@/platform/env'
import { createLog } from '@/platform/log'
import { createMetrics } from '@/platform/metrics'
import { connectPostgres } from '@/platform/postgres/connect'
import { CatalogueStore } from '@/server/catalogue/catalogueStore'
import { createIngest } from '@/server/ingest/createIngest'
import { TRACE } from './ingestBench'

/**
 * An intake in a process of its own, to be killed: pushes rows for ever, a line `first last` on stdout after each
 * acknowledgement. Arguments: folder of the log, number of the first row.
 */
const [folder = '', first = '0'] = hostFacts().argv
const env = { ...readEnv(), BELFRY_VAR: folder }
const log = createLog('child', { level: 'silent' })
const postgres = connectPostgres({ url: env.DATABASE_URL ?? '', log })
const clickhouse = connectClickHouse({ url: env.CLICKHOUSE_URL ?? '', log })
const catalogue = new CatalogueStore({ postgres, clock: systemClock, log })
await catalogue.start()
const ingest = createIngest({
  catalogue,
  clickhouse,
  postgres,
  clock: systemClock,
  live: { offer: () => undefined },
  env,
  log,
  metrics: createMetrics('child'),
})
await ingest.start()
const feed = catalogue.feeds()[0]
if (feed === undefined) throw new Error('The parent has registered no feed.')

const ROWS = 50
let next = Number(first)

async function producer(): Promise<void> {
  for (;;) {
    const from = next
    next += ROWS
    const lines = Array.from({ length: ROWS }, (_, i) =>
      JSON.stringify({
        datastream: (from + i) % 2 === 0 ? 'a.level' : 'b.level',
        phenomenonTime: 1_700_000_000_000 + from + i,
        result: (from + i) % 7,
      }),
    )
    const head = {
      contentType: 'application/x-ndjson',
      contentEncoding: '',
      traceId: TRACE,
      receivedAt: systemClock.now(),
    }
    const receipt = await ingest.push({
      feed: feed as NonNullable<typeof feed>,
      body: Buffer.from(lines.join('\n')),
      ...head,
    })
    if (receipt.accepted + receipt.duplicates === ROWS) writeSync(1, `${from} ${from + ROWS - 1}\n`)
  }
}

await Promise.all(Array.from({ length: 6 }, producer))
