import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { connectClickHouse } from '@/platform/clickhouse/connect'
import type { Child } from '@/platform/embedded/child'
import { command } from '@/platform/embedded/command'
import { placesOf } from '@/platform/embedded/places'
import type { Places } from '@/platform/embedded/places'
import { postgresService } from '@/platform/embedded/postgres/postgresService'
import { redisService } from '@/platform/embedded/redis/redisService'
import type { Service } from '@/platform/embedded/service'
import { storeService } from '@/platform/embedded/storeService'
import { hostFacts, readEnv } from '@/platform/env'
import { createLog } from '@/platform/log'
import { connectPostgres } from '@/platform/postgres/connect'
import { sendSignal } from '@/platform/shutdown'
import { waitForReady } from '@/platform/supervisor/health'
import { Part } from '@/platform/supervisor/part'
import { JOBS, launchProgram, SERVER, SIMULATOR } from '@/platform/supervisor/programs'
import { migrateStores } from '@/platform/supervisor/stores'
import { freePort } from '../belfry'
import type { BenchServices } from '../services'
import { foundTown } from '../town'
import type { Town } from '../town'

export const PARTS = ['server', 'store', 'postgres', 'redis', 'jobs', 'simulator'] as const
export type PartName = (typeof PARTS)[number]

/** A whole Belfry whose parts are kept alive by the supervisor's own machinery, so that they can be killed. */
export interface FaultStand {
  readonly services: BenchServices
  readonly town: Town
  readonly url: string
  /** Folder of the segment log: a small disk of its own where the machine allows one. */
  readonly smallDisk: boolean
  /** kill -9. Resolves with the milliseconds until it runs again. */
  kill(part: PartName): Promise<number>
  /** Kills the store and lets it come back only when the returned function is called. */
  holdStore(): Promise<() => void>
  ready(limitMs?: number): Promise<boolean>
  stop(): Promise<void>
}

interface StandOptions {
  readonly things: readonly string[]
  /** Size of the log's own disk in MiB. */
  readonly diskMib: number
  readonly say: (line: string) => void
}

const RESTART_LIMIT_MS = 60_000
const STOP_LIMIT_MS = 3_000
const RunFile = z.object({ pid: z.number() })

export async function startStand({ things, diskMib, say }: StandOptions): Promise<FaultStand> {
  const { folder, places, smallDisk } = await makeFolder(diskMib)
  const gate = openGate()
  const { parts, keep } = keeper(places)
  const closing: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    gate.open()
    await Promise.all(parts.filter(isProgram).map((part) => part.stop(STOP_LIMIT_MS)))
    await Promise.allSettled(closing.map((close) => close()))
    await Promise.all(parts.filter((part) => !isProgram(part)).map((part) => part.stop(STOP_LIMIT_MS)))
    if (smallDisk) await command('umount', [join(folder, 'segments')])
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const urls = await startStores(places, gate, keep)
    const services = await open(folder, urls)
    closing.push(
      () => services.clickhouse.close(),
      () => services.postgres.close(),
    )
    const town = await foundTown(services, { things })
    say('starting the programs')
    const url = await startPrograms(folder, urls, keep)
    return { services, town, url, smallDisk, ...handsOn(places, gate, url), stop }
  } catch (cause) {
    await stop()
    throw cause
  }
}

async function makeFolder(diskMib: number): Promise<{ folder: string; places: Places; smallDisk: boolean }> {
  const folder = await mkdtemp(join(tmpdir(), 'belfry-faults-'))
  const places = placesOf(folder)
  await mkdir(places.run, { recursive: true })
  const { packages } = placesOf('var')
  await mkdir(packages, { recursive: true })
  await symlink(packages, places.packages)
  return { folder, places, smallDisk: await mountSmallDisk(folder, diskMib) }
}

function keeper(places: Places): { parts: Part[]; keep: Keep } {
  const parts: Part[] = []
  const terminal = { say: () => undefined, warn: () => undefined }
  return {
    parts,
    async keep(name, stopSignal, launch) {
      const part = new Part({ name, run: places.run, terminal, stopSignal, launch })
      parts.push(part)
      await part.start()
    },
  }
}

async function startPrograms(folder: string, urls: BenchServices['urls'], keep: Keep): Promise<string> {
  const port = await freePort()
  const env = {
    ...urls,
    BELFRY_VAR: folder,
    BELFRY_DATA: join(folder, 'no-data'),
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'warn',
  }
  const url = `http://127.0.0.1:${port}`
  for (const program of [SERVER, JOBS, SIMULATOR]) {
    await keep(program.name as PartName, 'SIGTERM', () => launchProgram(program, env, () => undefined))
    if (program === SERVER && !(await becomesReady(url))) throw new Error('The server did not get ready.')
  }
  return url
}

const becomesReady = (url: string, limitMs = RESTART_LIMIT_MS): Promise<boolean> =>
  waitForReady(url, limitMs, new AbortController().signal)

function handsOn(places: Places, gate: Gate, url: string): Pick<FaultStand, 'kill' | 'holdStore' | 'ready'> {
  return {
    ready: (limitMs) => becomesReady(url, limitMs),
    async kill(part) {
      const pid = await pidOf(places, part)
      const began = performance.now()
      sendSignal(-pid, 'SIGKILL')
      while ((await pidOf(places, part)) === pid) await pause(20)
      return performance.now() - began
    },
    async holdStore() {
      gate.shut()
      sendSignal(-(await pidOf(places, 'store')), 'SIGKILL')
      return gate.open
    },
  }
}

const isProgram = ({ name }: Part): boolean => name === 'server' || name === 'jobs' || name === 'simulator'
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

type Keep = (name: PartName, signal: NodeJS.Signals, launch: () => Promise<Child>) => Promise<void>

async function startStores(places: Places, gate: Gate, keep: Keep) {
  const address = async (service: Service, before: () => Promise<void>): Promise<string> => {
    let url = ''
    await keep(service.name, service.stopSignal, async () => {
      await before()
      const launched = await service.launch(() => undefined)
      url = launched.url
      return launched.child
    })
    return url
  }
  const open = (): Promise<void> => Promise.resolve()
  const [CLICKHOUSE_URL, DATABASE_URL, REDIS_URL] = await Promise.all([
    address(storeService(places), gate.passed),
    address(postgresService(places), open),
    address(
      redisService(places, () => undefined),
      open,
    ),
  ])
  return { CLICKHOUSE_URL, DATABASE_URL, REDIS_URL }
}

async function open(folder: string, urls: BenchServices['urls']): Promise<BenchServices> {
  const log = createLog('bench', { level: 'silent' })
  await migrateStores(urls, readEnv({}), log)
  const clickhouse = connectClickHouse({ url: urls.CLICKHOUSE_URL, log })
  const postgres = connectPostgres({ url: urls.DATABASE_URL, log, max: 4 })
  return { folder, urls, clickhouse, postgres, log, stop: () => Promise.resolve() }
}

/** A disk of its own under the segment log, so that it can be filled; only root may mount one. */
async function mountSmallDisk(folder: string, mib: number): Promise<boolean> {
  if (hostFacts().uid !== 0) return false
  const at = join(folder, 'segments')
  await mkdir(at, { recursive: true })
  return (await command('mount', ['-t', 'tmpfs', '-o', `size=${mib}m`, 'belfry-faults', at])).ok
}

async function pidOf(places: Places, part: PartName): Promise<number> {
  try {
    return RunFile.parse(JSON.parse(await readFile(join(places.run, `part-${part}.json`), 'utf8'))).pid
  } catch {
    await pause(20) // being written
    return pidOf(places, part)
  }
}

interface Gate {
  readonly passed: () => Promise<void>
  readonly open: () => void
  readonly shut: () => void
}

function openGate(): Gate {
  let isOpen = true
  let waiting: (() => void)[] = []
  return {
    passed: () => (isOpen ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    open: () => {
      isOpen = true
      for (const go of waiting) go()
      waiting = []
    },
    shut: () => {
      isOpen = false
    },
  }
}
