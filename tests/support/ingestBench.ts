import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LogRecord } from '@/domain/batch'
import { FeedMapping } from '@/domain/feed/mapping'
import { TraceId } from '@/domain/ids'
import { epochMillis } from '@/domain/time'
import type { World } from '@/domain/world'
import { type Clock, systemClock } from '@/platform/clock'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import type { Log } from '@/platform/log'
import { createMetrics } from '@/platform/metrics'
import type { Postgres } from '@/platform/postgres/postgres'
import { CatalogueStore } from '@/server/catalogue/catalogueStore'
import type { FeedRecord } from '@/server/catalogue/feedRecord'
import { type Ingest, createIngest } from '@/server/ingest/createIngest'

/** An intake on real stores with one World and one feed of `gauges`. */
export interface IntakeBench {
  readonly catalogue: CatalogueStore
  readonly world: World
  readonly feed: FeedRecord
  readonly folder: string
  readonly live: LogRecord[]
  ingest: Ingest
  push(lines: readonly unknown[], encoding?: string): ReturnType<Ingest['push']>
  /** Stops the intake and opens it again on the same log. */
  restart(): Promise<void>
  close(): Promise<void>
}

export interface BenchStores {
  readonly postgres: Postgres
  readonly clickhouse: ClickHouse
  readonly log: Log
}

export const TRACE = TraceId.parse('ab'.repeat(16))

export const gaugesMapping = (newStreams: 'create' | 'refuse' = 'create'): FeedMapping =>
  FeedMapping.parse({
    version: 1,
    feed: 'gauges',
    name: { 'zh-CN': '水尺', en: 'Gauges' },
    contract: {
      owner: 'water',
      steward: 'nobody',
      periodSeconds: 60,
      latenessSeconds: 300,
      licence: 'none',
      classification: 'public',
      legalBasis: 'test',
      onBreach: 'nothing',
      newStreams,
    },
    world: {
      key: 'trial',
      kind: 'exercise',
      name: { 'zh-CN': '演练', en: 'Trial' },
      timeZone: 'Asia/Shanghai',
      view: { longitude: 114, latitude: 30, zoom: 10 },
    },
    source: { kind: 'push' },
    properties: [{ key: 'level', name: { 'zh-CN': '水位', en: 'Level' }, unit: 'm', range: [0, 20] }],
    things: { list: [{ key: 'a' }, { key: 'b' }] },
  })

export async function openIntake(
  stores: BenchStores,
  options: { clock?: Clock; worldTime?: number; mapping?: FeedMapping } = {},
): Promise<IntakeBench> {
  const clock = options.clock ?? systemClock
  const mapping = options.mapping ?? gaugesMapping()
  const folder = await mkdtemp(join(tmpdir(), 'belfry-intake-'))
  const catalogue = new CatalogueStore({ postgres: stores.postgres, clock, log: stores.log })
  await catalogue.start()
  const anchorWorld = epochMillis(options.worldTime ?? clock.now())
  const world = await catalogue.ensureWorld({
    ...mapping.world,
    clock: { anchorWorld, anchorReal: clock.now(), rate: 1 },
  })
  const feed = await catalogue.registerFeed(world.no, mapping, 'system:test')
  const live: LogRecord[] = []
  const make = async (): Promise<Ingest> => {
    const ingest = createIngest({
      ...stores,
      catalogue,
      clock,
      live: { offer: (record) => void live.push(record) },
      env: {
        BELFRY_VAR: folder,
        BELFRY_SERVER_ID: 'server1',
        BELFRY_LOG_MAX_BYTES: 256 * 1024 ** 2,
        DURABILITY: 'logFsync',
      },
      metrics: createMetrics('test'),
    })
    await ingest.start()
    return ingest
  }
  const bench: IntakeBench = {
    catalogue,
    world,
    feed,
    folder,
    live,
    ingest: await make(),
    push: (lines, contentEncoding = '') => {
      const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
      const head = { contentType: 'application/x-ndjson', contentEncoding, traceId: TRACE, receivedAt: clock.now() }
      return bench.ingest.push({
        feed: catalogue.feedByKey(world.no, mapping.feed) ?? feed,
        body: Buffer.from(text),
        ...head,
      })
    },
    async restart() {
      await bench.ingest.stop()
      bench.ingest = await make()
    },
    async close() {
      await bench.ingest.stop()
      await catalogue.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return bench
}
