import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import * as parser from 'socket.io-msgpack-parser'
import type { LogRecord, ObservationBatch } from '@/domain/batch'
import { rowCount } from '@/domain/batch'
import { pictureHash } from '@/domain/fold/pictureHash'
import type { FeedNo, TraceId, WorldNo } from '@/domain/ids'
import { epochMillis } from '@/domain/time'
import type { World } from '@/domain/world'
import { insertNative } from '@/platform/clickhouse/insert'
import { systemClock } from '@/platform/clock'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import type { Log } from '@/platform/log'
import { createMetrics } from '@/platform/metrics'
import type { Metrics } from '@/platform/metrics'
import type { Postgres } from '@/platform/postgres/postgres'
import type { Redis } from 'ioredis'
import { CatalogueStore } from '@/server/catalogue/catalogueStore'
import type { WorldDraft } from '@/server/catalogue/catalogueStore'
import { createLive } from '@/server/live/createLive'
import type { Live, ScreenServer } from '@/server/live/createLive'
import type { RecordDraft } from '@/server/ingest/log/recordDraft'

export interface LiveServerOptions {
  readonly postgres: Postgres
  readonly redis: Redis
  readonly clickhouse: ClickHouse
  readonly log: Log
  readonly serverId: string
}

/** A server with the live room and nothing else: its log is a counter, its intake is `observe`. */
export interface LiveServer {
  readonly port: number
  readonly live: Live
  readonly catalogue: CatalogueStore
  readonly metrics: Metrics
  readonly log: readonly LogRecord[]
  append(draft: RecordDraft): Promise<LogRecord>
  /** Makes a durable record of observations: in the store too, unless told otherwise. */
  observe(world: WorldNo, rows: readonly Row[], storeIt?: boolean): Promise<void>
  stop(): Promise<void>
}

/** Datastream, phenomenon time, value, and quality flags. */
export type Row = readonly [stream: number, time: number, value: number, quality?: number]

export const testWorld = (key: string, anchorWorld = systemClock.now()): WorldDraft => ({
  key,
  kind: 'exercise',
  name: { 'zh-CN': '试验', en: 'Trial' },
  timeZone: 'Asia/Shanghai',
  clock: { anchorWorld: epochMillis(anchorWorld), anchorReal: epochMillis(anchorWorld), rate: 1 },
  view: { longitude: 0, latitude: 0, zoom: 10, pitch: 0, bearing: 0 },
})

export async function startLiveServer(options: LiveServerOptions): Promise<LiveServer> {
  const { postgres, clickhouse, log } = options
  const catalogue = new CatalogueStore({ postgres, clock: systemClock, log })
  await catalogue.start()
  const metrics = createMetrics(options.serverId)
  const intake = await openIntake(options)
  const live = createLive({
    ...options,
    catalogue,
    clock: systemClock,
    metrics,
    append: (draft) => intake.append(draft),
  })
  intake.onRecord = (record) => live.offer(record)
  await live.start()
  const http = createServer()
  const io: ScreenServer = new Server(http, { parser, transports: ['websocket'], serveClient: false })
  io.use((socket, next) => {
    const id = String(socket.handshake.headers['x-test-actor'] ?? 'nobody')
    socket.data.actor = { kind: 'screen', id, name: id }
    next()
  })
  live.attach(io, (actor) => actor?.id !== 'stranger')
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const observe: LiveServer['observe'] = async (world, rows, storeIt = true) => {
    const record = await intake.append(observationsOf(world, rows))
    if (storeIt) await storeObservations(clickhouse, record as ObservationBatch)
  }
  http.on('request', (request, response) => {
    if (request.url?.startsWith('/socket.io') === true) return
    void answer(request, { observe, catalogue, live }).then((text) => response.end(text))
  })
  return {
    port: (http.address() as AddressInfo).port,
    live,
    catalogue,
    metrics,
    log: intake.log,
    append: (draft) => intake.append(draft),
    observe,
    async stop() {
      await live.stop()
      http.closeAllConnections()
      await io.close()
      await catalogue.stop()
    },
  }
}

/** `POST /observe/<world key>` with rows as JSON; `GET /state/<world key>`. */
async function answer(
  request: IncomingMessage,
  { observe, catalogue, live }: Pick<LiveServer, 'observe' | 'catalogue' | 'live'>,
): Promise<string> {
  const [, verb, key] = (request.url ?? '').split('/')
  const world = catalogue.world(key ?? '') as World
  if (verb === 'state') return JSON.stringify(live.state())
  const parts: Uint8Array[] = []
  for await (const part of request) parts.push(part as Uint8Array)
  await observe(world.no, JSON.parse(Buffer.concat(parts).toString()) as Row[])
  const picture = live.picture(world.no)
  return picture === undefined ? '' : pictureHash(picture)
}

async function openIntake({ postgres }: LiveServerOptions) {
  const [row] = await postgres.query({
    name: 'logEpoch',
    text: `SELECT nextval('log_epochs')::int AS epoch`,
    values: [],
  })
  const epoch = row?.['epoch'] as number
  const log: LogRecord[] = []
  let offset = 0
  return {
    log,
    onRecord: (_record: LogRecord): void => undefined,
    append(draft: RecordDraft): Promise<LogRecord> {
      const record = { ...draft, epoch, offset, recordedAt: systemClock.now() } as LogRecord
      offset += rowCount(record)
      log.push(record)
      this.onRecord(record)
      return Promise.resolve(record)
    },
  }
}

let traces = 0
const nextTrace = (): TraceId => (++traces).toString(16).padStart(32, '0') as TraceId

export function observationsOf(world: WorldNo, rows: readonly Row[], knownTime = systemClock.now()): RecordDraft {
  return {
    kind: 'observations',
    world,
    feed: 1 as FeedNo,
    knownTime,
    receivedAt: systemClock.now(),
    traceId: nextTrace(),
    stream: Uint32Array.from(rows, ([stream]) => stream),
    phenomenonTime: Float64Array.from(rows, ([, time]) => time),
    value: Float64Array.from(rows, ([, , value]) => value),
    quality: Uint16Array.from(rows, ([, , , quality]) => quality ?? 0),
  }
}

export async function storeObservations(clickhouse: ClickHouse, record: ObservationBatch): Promise<void> {
  const rows = record.stream.length
  const seq = BigUint64Array.from({ length: rows }, (_, i) => (BigInt(record.epoch) << 40n) + BigInt(record.offset + i))
  await insertNative(clickhouse, {
    table: 'observations',
    rows,
    columns: [
      { name: 'world', type: 'UInt16', values: record.world },
      { name: 'stream', type: 'UInt32', values: record.stream },
      { name: 'phenomenon_time', type: 'DateTime64(3)', values: record.phenomenonTime },
      { name: 'known_time', type: 'DateTime64(3)', values: record.knownTime },
      { name: 'value', type: 'Float64', values: record.value },
      { name: 'quality', type: 'UInt16', values: record.quality },
      { name: 'feed', type: 'UInt16', values: record.feed },
      { name: 'seq', type: 'UInt64', values: seq },
      { name: 'recorded_at', type: 'DateTime', values: Math.floor(record.recordedAt / 1000) },
    ],
  })
}
