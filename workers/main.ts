import { join } from 'node:path'
import { BadEnvironment, hostFacts, parseRoles, readEnv } from '@/platform/env'
import type { Env } from '@/platform/env'
import { connectClickHouse } from '@/platform/clickhouse/connect'
import { systemClock } from '@/platform/clock'
import { createLog } from '@/platform/log'
import type { Log } from '@/platform/log'
import { createMetrics, watchEventLoop } from '@/platform/metrics'
import type { Metrics } from '@/platform/metrics'
import { connectPostgres } from '@/platform/postgres/connect'
import type { Postgres } from '@/platform/postgres/postgres'
import { connectRedis } from '@/platform/redis/connect'
import { createShutdown, tellParent } from '@/platform/shutdown'
import type { Shutdown } from '@/platform/shutdown'
import { FAULT_KINDS } from '@/scenarios/linjiang/faults'
import { LinjiangSimulation } from '@/scenarios/linjiang/simulation'
import { JobQueue } from './jobQueue'
import { writeMetrics } from './metricsFile'
import { createRunJob } from './runJob'
import { RunAsker } from './runs/runAsker'
import { readConnection } from './simulator/connection'
import { SentProgress } from './simulator/progress'
import { push } from './simulator/push'
import { Simulator, SIX_HOURS_MS } from './simulator/simulator'
import { worldClocks } from './worldClocks'

const SEED = 7
const METRICS_EVERY_MS = 15_000

interface Root {
  readonly env: Env
  readonly log: Log
  readonly shutdown: Shutdown
  readonly postgres: Postgres
}

/** Root of the worker processes: `--roles=jobs`, `--roles=simulator`, or both. `--faults=outage,lie` limits the faults. */
function main(): void {
  const { argv } = hostFacts()
  const env = readEnv()
  const roles = parseRoles(argv, ['jobs', 'simulator'])
  const component = roles.size === 1 ? [...roles].join('') : 'worker'
  const log = createLog(component, { level: env.LOG_LEVEL })
  const shutdown = createShutdown(log)
  const postgres = connectPostgres({ url: needed(env, 'DATABASE_URL'), log, max: 4 })
  const root: Root = { env, log, shutdown, postgres }
  if (roles.has('jobs')) startJobs(root)
  if (roles.has('simulator')) startSimulator(root, argv)
  shutdown.add('postgres', () => postgres.close())
  tellParent({ ready: true })
}

function startJobs({ env, log, shutdown, postgres }: Root): void {
  const metrics = createMetrics('jobs')
  const clickhouse = connectClickHouse({ url: needed(env, 'CLICKHOUSE_URL'), log, connections: 4 })
  const redis = connectRedis({ url: needed(env, 'REDIS_URL'), log })
  const host = { varFolder: env.BELFRY_VAR, nodePath: hostFacts().nodePath, threads: env.BELFRY_THREADS }
  const context = { clickhouse, postgres, clock: systemClock, log, signal: shutdown.signal, ...host }
  const queue = new JobQueue({
    redis,
    runJob: createRunJob(context, metrics),
    clock: systemClock,
    log,
    prefix: 'belfry',
  })
  queue.start()
  const asker = new RunAsker({ postgres, queue, log })
  asker.start()
  shutdown.add('run asker', () => asker.stop())
  shutdown.add('metrics file', keepMetricsFile(metrics, join(env.BELFRY_VAR, 'run', 'jobs.prom'), log))
  shutdown.add('jobs', () => queue.stop())
  shutdown.add('event loop watch', watchEventLoop(metrics, log))
  shutdown.add('redis', () => redis.disconnect())
  shutdown.add('clickhouse', () => clickhouse.close())
}

function keepMetricsFile(metrics: Metrics, path: string, log: Log): () => void {
  const write = () =>
    void writeMetrics(metrics, path).catch((cause: unknown) => log.warn({ err: cause }, 'metrics not written'))
  write()
  const timer = setInterval(write, METRICS_EVERY_MS)
  return () => clearInterval(timer)
}

function startSimulator({ env, log, shutdown, postgres }: Root, argv: readonly string[]): void {
  const simulator = new Simulator({
    simulation: new LinjiangSimulation({ seed: SEED, faults: wantedFaults(argv) }),
    progress: new SentProgress(env.BELFRY_VAR),
    clock: systemClock,
    log,
    reachBackMs: SIX_HOURS_MS,
    worldClock: async () => (await worldClocks(postgres, {})).find(({ key }) => key === 'linjiang')?.clock,
    readConnection: () => readConnection(env.BELFRY_VAR),
    push,
  })
  const running = simulator.run(shutdown.signal)
  shutdown.add('simulator', () => running)
}

function wantedFaults(argv: readonly string[]) {
  const argument = argv.find((word) => word.startsWith('--faults='))
  if (argument === undefined) return new Set(FAULT_KINDS)
  const words = argument.slice('--faults='.length).split(',').filter(Boolean)
  const unknown = words.filter((word) => !FAULT_KINDS.some((kind) => kind === word))
  if (unknown.length > 0)
    throw new BadEnvironment(`--faults takes ${FAULT_KINDS.join(', ')} or nothing; got ${unknown.join(', ')}.`)
  return new Set(FAULT_KINDS.filter((kind) => words.includes(kind)))
}

function needed(env: Env, name: 'CLICKHOUSE_URL' | 'DATABASE_URL' | 'REDIS_URL'): string {
  const value = env[name]
  if (value === undefined)
    throw new BadEnvironment(`${name} is not set: npm start sets it, or point it at your server.`)
  return value
}

main()
