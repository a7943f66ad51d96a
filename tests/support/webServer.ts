import { FeedMapping } from '@/domain/feed/mapping'
import type { StreamNo } from '@/domain/ids'
import type { EpochMillis } from '@/domain/time'
import type { World } from '@/domain/world'
import { fileBlobStore } from '@/platform/blobs/blobStore'
import { systemClock } from '@/platform/clock'
import type { Clock } from '@/platform/clock'
import { Sessions } from '@/server/access/sessions'
import type { AccessContext } from '@/server/access/accessContext'
import type { FeedRecord } from '@/server/catalogue/feedRecord'
import { createWeb } from '@/server/http/createWeb'
import type { Web } from '@/server/http/createWeb'
import { Health } from '@/server/http/health'
import type { HttpParts } from '@/server/http/parts'
import { CityShelf } from '@/server/cities/cityShelf'
import { Walls } from '@/server/live/walls'
import { Forecasts } from '@/server/forecasts/forecasts'
import { RAIN, WATER_DEPTH } from '@/server/forecasts/floodRequest'
import { RunWatch } from '@/server/forecasts/runWatch'
import { SampleMemory } from '@/server/forecasts/sampleMemory'
import { openPlanShelf } from '@/server/plans/planShelf'
import { KeptClosures } from '@/server/roads/keptClosures'
import { Roads } from '@/server/roads/roads'
import { startLiveServer, testWorld } from './liveServer'
import type { LiveServer } from './liveServer'
import type { TestServices } from './services'

/** A server that answers: live picture, access and interface on one port, without pages and without an intake. */
export interface WebServer {
  readonly url: string
  readonly web: Web
  readonly inner: LiveServer
  readonly access: AccessContext
  readonly parts: HttpParts
  readonly world: World
  readonly feed: FeedRecord
  stop(): Promise<void>
}

export const STREAMS = 20

/** Twenty gauges of one feed, a value each minute, stale after three. */
export function trialMapping(worldKey: string, feed = 'gauges'): FeedMapping {
  const name = { 'zh-CN': '试验', en: 'Trial' }
  return FeedMapping.parse({
    version: 1,
    feed,
    name,
    contract: {
      owner: 'Test',
      steward: 'Test',
      periodSeconds: 60,
      latenessSeconds: 60,
      licence: 'none',
      classification: 'public',
      legalBasis: 'none',
      onBreach: 'none',
      newStreams: 'refuse',
    },
    world: { key: worldKey, kind: 'exercise', name, timeZone: 'Asia/Shanghai', view: testWorld(worldKey).view },
    source: { kind: 'push' },
    properties: [{ key: 'level', name, unit: 'm', decimals: 2, detectionLimit: 0.05, baseline: 'hourOfDay' }],
    things: { list: Array.from({ length: STREAMS }, (_, no) => ({ key: `gauge-${no}` })) },
    staleAfterSeconds: 180,
  })
}

export interface WebServerOptions {
  readonly clock?: Clock
  /** Path of the road graph of every World. */
  readonly roadGraph?: string
  /** Folder of city packages. */
  readonly cities?: string
  /** Folder of blobs: runs of models are watched then. */
  readonly blobs?: string
  /** World time at the start. */
  readonly anchorWorld?: EpochMillis
}

export async function startWebServer(services: TestServices, options: WebServerOptions = {}): Promise<WebServer> {
  const { clock = systemClock } = options
  const inner = await startLiveServer({ ...services, serverId: 'web' })
  const { catalogue, live, metrics } = inner
  const world = await catalogue.ensureWorld(testWorld('trial', options.anchorWorld))
  const feed = await catalogue.registerFeed(world.no, trialMapping('trial'), 'system:test')
  const { postgres, clickhouse, log } = services
  const sessions = new Sessions({ postgres, clock, log })
  await sessions.start()
  const access = { postgres, clock, sessions }
  const health = new Health({ clock, serverId: 'web', roles: ['web'], probes: [] })
  const roads = new Roads({ log, graphOf: () => options.roadGraph })
  const closures = new KeptClosures({ postgres, catalogue, roads, log })
  await closures.start()
  const walls = new Walls({ postgres, redis: services.redis, clock, log })
  await walls.start()
  const cities = new CityShelf({ cities: options.cities ?? 'no-cities', log })
  const memory = new SampleMemory([RAIN, WATER_DEPTH], (no, stream) => catalogue.datastream(no, stream))
  const blobs = fileBlobStore(options.blobs ?? 'no-blobs')
  const forecastParts = { postgres, catalogue, cities, blobs, clock, log, memory }
  const forecasts = new Forecasts(forecastParts)
  const watch = new RunWatch({ ...forecastParts, forecasts, live, clickhouse })
  if (options.blobs !== undefined) watch.start()
  const parts: HttpParts = {
    clock,
    log,
    metrics,
    postgres,
    clickhouse,
    catalogue,
    live,
    access,
    health,
    roads,
    closures,
    plans: await openPlanShelf('scenarios/plans', log),
    walls,
    cities,
    forecasts,
    guard: { host: '127.0.0.1' },
    defaultWorld: 'trial',
    sketchOf: () => undefined,
    storeLagMs: () => 0,
  }
  const web = await createWeb({ parts, live, plugins: [], host: '127.0.0.1', port: 0 })
  await health.start()
  return {
    url: `http://127.0.0.1:${web.port}`,
    web,
    inner,
    access,
    parts,
    world,
    feed,
    async stop() {
      await web.stop()
      await watch.stop()
      closures.stop()
      await roads.stop()
      await walls.stop()
      await sessions.stop()
      await inner.stop()
    },
  }
}

/** The number of a gauge's stream. */
export function streamOf(server: WebServer, gauge: number): StreamNo {
  const no = server.inner.catalogue.streamNo(server.world.no, `gauge-${gauge}.level`)
  if (no === undefined) throw new RangeError(`No gauge ${gauge}.`)
  return no
}

/** A cookie's value from an answer, or undefined. */
export function cookieOf(answer: Response, name = 'belfry_session'): string | undefined {
  const found = answer.headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`))
  return found?.split(';', 1)[0]?.slice(name.length + 1)
}
