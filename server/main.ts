import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import type { FeedMapping } from '@/domain/feed/mapping'
import { fileBlobStore } from '@/platform/blobs/blobStore'
import { connectClickHouse } from '@/platform/clickhouse/connect'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import { systemClock as clock } from '@/platform/clock'
import { BadEnvironment, hostFacts, parseRoles, readEnv } from '@/platform/env'
import type { Env, Role } from '@/platform/env'
import { createLog } from '@/platform/log'
import type { Log } from '@/platform/log'
import { createMetrics, watchEventLoop } from '@/platform/metrics'
import type { Metrics } from '@/platform/metrics'
import { connectPostgres } from '@/platform/postgres/connect'
import type { Postgres } from '@/platform/postgres/postgres'
import { connectRedis } from '@/platform/redis/connect'
import { createShutdown, tellParent } from '@/platform/shutdown'
import type { Shutdown } from '@/platform/shutdown'
import { makeFirstAdministrator } from './access/firstAdministrator'
import { Sessions } from './access/sessions'
import { CatalogueStore } from './catalogue/catalogueStore'
import { createDetect } from './detect/createDetect'
import { CityShelf } from './cities/cityShelf'
import { ensureLiveWorld, registerPushed } from './firstWorlds'
import { Forecasts } from './forecasts/forecasts'
import { RAIN, WATER_DEPTH } from './forecasts/floodRequest'
import { RunWatch } from './forecasts/runWatch'
import { SampleMemory } from './forecasts/sampleMemory'
import { createWeb } from './http/createWeb'
import { Health } from './http/health'
import { ingestRoutes } from './http/ingestRoutes'
import { createPages } from './http/pages'
import type { IntakeHands } from './http/parts'
import type { Pages } from './http/pages'
import { systemActor } from './command/commandContext'
import { Adapters } from './ingest/adapters/adapters'
import { ContractKeeper } from './ingest/contracts/contractKeeper'
import { createIngest } from './ingest/createIngest'
import type { Ingest } from './ingest/createIngest'
import { readMappings } from './ingest/mappingFiles'
import { FileReplays } from './ingest/replay/fileReplays'
import { createLive } from './live/createLive'
import { Walls } from './live/walls'
import type { Live } from './live/createLive'
import type { Append } from './live/relay'
import { probesOf } from './probes'
import { cityGraphs } from './roads/cityGraph'
import { KeptClosures } from './roads/keptClosures'
import { openPlanShelf } from './plans/planShelf'
import type { PlanShelf } from './plans/planShelf'
import { Roads } from './roads/roads'
import { roadMeter } from './roads/roadMeter'
import { startRoadWatch } from './roads/roadWatch'
import { handOverFirstAdmin, handOverSimulatorKeys } from './runFiles'

const ROLES = ['intake', 'live', 'web', 'detect'] as const
const MAPPINGS = join('scenarios', 'feeds')
const PLANS = join('scenarios', 'plans')
const EXERCISE = 'linjiang'

/** Intake first, connections last; 3.8 s together, and a supervisor waits four. Limits in ms. */
const STOP_ORDER = [
  ['readiness', 50],
  ['web', 700],
  ['replays', 300],
  ['forecasts', 300],
  ['detect', 300],
  ['ingest', 1300],
  ['live', 400],
  ['sessions', 100],
  ['roads', 50],
  ['walls', 50],
  ['catalogue', 100],
  ['event loop', 50],
  ['redis', 100],
  ['clickhouse', 150],
  ['postgres', 250],
] as const
type Stops = Map<(typeof STOP_ORDER)[number][0], () => unknown>

/** What every part of this server is made of. */
interface Ground {
  readonly env: Env
  readonly roles: ReadonlySet<Role>
  readonly log: Log
  readonly metrics: Metrics
  readonly stops: Stops
  readonly postgres: Postgres
  readonly clickhouse: ClickHouse
  readonly redis: ReturnType<typeof connectRedis>
  readonly runFolder: string
  /** What carries feeds, once it does. */
  readonly carriers: Adapters[]
}

interface Core {
  readonly plans: PlanShelf
  readonly catalogue: CatalogueStore
  readonly live: Live
  readonly ingest: Ingest
  readonly sessions: Sessions
}

/** Root of the server: `--roles=intake,live,web,detect`, all of them by default; `--dev` compiles pages on demand. */
async function main(): Promise<void> {
  const log = createLog('server')
  const shutdown = createShutdown(log)
  try {
    const ground = open(shutdown)
    const pages = beginPages(ground)
    const core = await startCore(ground)
    const mappings = await readMappings(MAPPINGS)
    await openWorlds(ground, core, mappings)
    await startWeb(ground, core, pages)
    if (ground.roles.has('intake')) {
      const replays = startReplays(ground, core, mappings)
      const adapters = await startAdapters(ground, core)
      ground.stops.set('replays', () => Promise.all([replays.stop(), adapters.stop()]))
    }
    tellParent({ ready: true })
  } catch (cause) {
    if (shutdown.signal.aborted) return
    const details = cause instanceof BadEnvironment ? {} : { err: cause }
    log.fatal(details, cause instanceof Error ? cause.message : 'the server did not start')
    await shutdown.begin('did not start', 1)
  }
}

function open(shutdown: Shutdown): Ground {
  const env = readEnv()
  const roles = parseRoles(hostFacts().argv, ROLES)
  const log = createLog('server', { level: env.LOG_LEVEL })
  const metrics = createMetrics('server')
  const clickhouse = connectClickHouse({ url: needed(env, 'CLICKHOUSE_URL'), log })
  const postgres = connectPostgres({ url: needed(env, 'DATABASE_URL'), log, max: 16 })
  const redis = connectRedis({ url: needed(env, 'REDIS_URL'), log })
  const stops: Stops = new Map<(typeof STOP_ORDER)[number][0], () => unknown>([
    ['event loop', watchEventLoop(metrics, log)],
    ['redis', () => redis.disconnect()],
    ['clickhouse', () => clickhouse.close()],
    ['postgres', () => postgres.close()],
  ])
  for (const [name, limitMs] of STOP_ORDER) shutdown.add(name, () => stops.get(name)?.(), limitMs)
  return {
    env,
    roles,
    log,
    metrics,
    stops,
    clickhouse,
    postgres,
    redis,
    runFolder: join(env.BELFRY_VAR, 'run'),
    carriers: [],
  }
}

/** Catalogue, picture, intake, detectors: what works without anybody looking. */
async function startCore(ground: Ground): Promise<Core> {
  const { env, roles, postgres, clickhouse, redis, log, metrics, stops } = ground
  const part = (name: string): Log => log.child({ part: name })
  const catalogue = new CatalogueStore({ postgres, clock, log: part('catalogue') })
  const shared = { postgres, clickhouse, redis, catalogue, clock, metrics, serverId: env.BELFRY_SERVER_ID }
  const append: Append = (draft) => ingest.append(draft)
  // Detectors look only where their server leads: a leader without them would raise no alarm at all.
  const mayLead = roles.has('live') && roles.has('detect')
  const live: Live = createLive({ ...shared, log: part('live'), mayLead, append })
  const ingest: Ingest = createIngest({ ...shared, live, peers: () => live.state().peers, env, log: part('ingest') })
  const sessions = new Sessions({ postgres, clock, log: part('access') })
  const plans = await openPlanShelf(PLANS, part('plans'))
  await catalogue.start()
  stops.set('catalogue', () => catalogue.stop())
  await live.start()
  stops.set('live', () => live.stop())
  await ingest.start()
  stops.set('ingest', () => ingest.stop())
  if (roles.has('detect')) {
    const detect = createDetect({ ...shared, live, plans, log: part('detect'), append, meter: ingest.meter })
    detect.start()
    const command = { actor: systemActor('contracts'), postgres, clock, worldTime: catalogue.worldTime.bind(catalogue) }
    const contracts = new ContractKeeper({ catalogue, clickhouse, command, log: part('contracts') })
    contracts.start()
    stops.set('detect', () => Promise.all([detect.stop(), contracts.stop()]))
  }
  await sessions.start()
  stops.set('sessions', () => sessions.stop())
  return { catalogue, live, ingest, sessions, plans }
}

/** The Worlds and feeds of a first start, and the first account. */
async function openWorlds(ground: Ground, { catalogue }: Core, mappings: readonly FeedMapping[]): Promise<void> {
  const { env, postgres, log, runFolder } = ground
  await ensureLiveWorld(catalogue, clock.now())
  for (const mapping of mappings) {
    const wanted = mapping.world.key !== EXERCISE || env.BELFRY_EXERCISE === 'on'
    if (wanted && mapping.source.kind !== 'files') await registerPushed(catalogue, mapping, clock.now())
  }
  await makeFirstAdministrator({
    postgres,
    clock,
    async handOver({ account, password }) {
      await handOverFirstAdmin(runFolder, account, password)
      log.info({ file: join(runFolder, 'first-admin.json') }, 'first administrator: its one-time password is in a file')
    },
  })
}

type PagesOn = (front: { readonly server: Server }) => Promise<Pages>

/** The build is read while the rest starts; a compiler on demand needs the listening server for its own socket. */
function beginPages({ env, roles, log }: Ground): PagesOn | undefined {
  const { HOST: host, PORT: port } = env
  if (!roles.has('web')) return undefined
  if (hostFacts().argv.includes('--dev')) return ({ server }) => createPages({ server, host, port, development: true })
  if (!existsSync(join('.next', 'BUILD_ID'))) {
    log.warn('no screens: they are not built (npm start builds them, --dev compiles)')
    return undefined
  }
  const pages = createPages({ host, port, development: false })
  pages.catch(() => undefined) // told where it is awaited
  return () => pages
}

async function startWeb(ground: Ground, core: Core, pages: PagesOn | undefined): Promise<void> {
  const { env, roles, log, metrics, postgres, clickhouse, stops } = ground
  const { catalogue, live, ingest, sessions, plans } = core
  const { HOST: host, PORT: port, BELFRY_PUBLIC_ORIGIN: publicOrigin } = env
  const health = new Health({
    clock,
    serverId: env.BELFRY_SERVER_ID,
    roles: [...roles],
    probes: probesOf({ postgres, clickhouse, live, ingest }),
  })
  const cities = new CityShelf({ cities: join(env.BELFRY_VAR, 'cities'), log: log.child({ part: 'cities' }) })
  const { roads, closures } = await startRoads(ground, core)
  const walls = new Walls({ postgres, redis: ground.redis, clock, log: log.child({ part: 'walls' }) })
  await walls.start()
  stops.set('walls', () => walls.stop())
  const forecasts = startForecasts(ground, core, cities)
  const web = await createWeb({
    parts: {
      ...{
        clock,
        log: log.child({ part: 'http' }),
        metrics,
        postgres,
        clickhouse,
        catalogue,
        live,
        health,
        roads,
        closures,
        plans,
        forecasts,
        cities,
        walls,
      },
      access: { postgres, clock, sessions },
      guard: { host, publicOrigin },
      defaultWorld: env.BELFRY_EXERCISE === 'on' ? EXERCISE : 'live',
      sketchOf,
      storeLagMs: () => ingest.state().logAgeMs,
      ...(roles.has('intake') ? { intake: intakeHands(ground, ingest) } : {}),
    },
    live,
    plugins: roles.has('intake') ? [ingestRoutes({ ingest, catalogue, clock })] : [],
    host,
    port,
    ...(pages === undefined ? {} : { pages }),
  })
  stops.set('web', () => web.stop())
  stops.set('readiness', () => health.stopping())
  const exercise = catalogue.feeds().filter((feed) => catalogue.worldByNo(feed.world)?.key === EXERCISE)
  if (env.BELFRY_EXERCISE === 'on') {
    await handOverSimulatorKeys(ground.runFolder, localUrl(host, web.port), catalogue, exercise)
  }
  await health.start()
  log.info({ host, port: web.port, roles: [...roles] }, 'listening')
}

/** Roads with what is closed on them and what instruments say of them. */
async function startRoads({ env, log, metrics, postgres, stops }: Ground, { catalogue, live }: Core) {
  const ownLog = log.child({ part: 'roads' })
  const roads = new Roads({ log: ownLog, graphOf: cityGraphs(env.BELFRY_VAR), onAsked: roadMeter(metrics) })
  const endWatch = startRoadWatch({ catalogue, live, roads, clock })
  const closures = new KeptClosures({ postgres, catalogue, roads, log: ownLog })
  await closures.start()
  stops.set('roads', async () => {
    endWatch()
    closures.stop()
    await roads.stop()
  })
  return { roads, closures }
}

/** Runs of models: asked for here, carried out by workers, watched where this server leads. */
function startForecasts(
  { env, roles, log, postgres, clickhouse, stops }: Ground,
  { catalogue, live }: Core,
  cities: CityShelf,
): Forecasts {
  const memory = new SampleMemory([RAIN, WATER_DEPTH], (world, no) => catalogue.datastream(world, no))
  const blobs = fileBlobStore(join(env.BELFRY_VAR, 'blobs'))
  const parts = { postgres, catalogue, cities, blobs, clock, memory, log: log.child({ part: 'forecasts' }) }
  const forecasts = new Forecasts(parts)
  if (!roles.has('detect')) return forecasts
  const watch = new RunWatch({ ...parts, forecasts, live, clickhouse })
  watch.start()
  stops.set('forecasts', () => watch.stop())
  return forecasts
}

const intakeHands = ({ carriers }: Ground, ingest: Ingest): IntakeHands => ({
  push: (push) => ingest.push(push),
  state: () => ingest.state(),
  adapters: () => carriers.flatMap((adapters) => adapters.states()),
})

/** Data sets under BELFRY_DATA, each in its own World; those that are not there are left out. */
function startReplays(ground: Ground, { catalogue, ingest }: Core, mappings: readonly FeedMapping[]): FileReplays {
  const { env, postgres, log } = ground
  const own = { log: log.child({ part: 'replay' }), data: env.BELFRY_DATA, varFolder: env.BELFRY_VAR }
  const replays = new FileReplays({ ...own, catalogue, ingest, postgres, clock, mappings })
  replays.start()
  return replays
}

/** Feeds that Belfry fetches or listens for. */
async function startAdapters(ground: Ground, { catalogue, ingest }: Core): Promise<Adapters> {
  const { env, postgres, log } = ground
  const own = log.child({ part: 'adapters' })
  const openPostgres = (url: string): Postgres => connectPostgres({ url, log: own, max: 1, asText: true })
  const adapters = new Adapters({ catalogue, ingest, postgres, openPostgres, clock, env, log: own })
  ground.carriers.push(adapters)
  await adapters.start()
  return adapters
}

/** The ground of an invented World lies beside its generator. */
function sketchOf(world: string): string | undefined {
  const path = join('scenarios', world, 'sketch.json')
  return /^[\w-]+$/.test(world) && existsSync(path) ? path : undefined
}

/** How a process of this machine reaches the server, whatever it is bound to. */
function localUrl(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

function needed(env: Env, name: 'CLICKHOUSE_URL' | 'DATABASE_URL' | 'REDIS_URL'): string {
  const value = env[name]
  if (value !== undefined) return value
  throw new BadEnvironment(`${name} is not set: npm start sets it, or point it at your server.`)
}

await main()
