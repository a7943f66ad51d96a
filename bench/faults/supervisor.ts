import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { startChild } from '@/platform/embedded/child'
import type { Child } from '@/platform/embedded/child'
import { placesOf } from '@/platform/embedded/places'
import { childEnv, hostFacts } from '@/platform/env'
import { sendSignal } from '@/platform/shutdown'
import { waitForReady } from '@/platform/supervisor/health'
import { endOrphans } from '@/platform/supervisor/runFiles'
import { freePort } from '../belfry'
import { makeFolder, openServices } from '../services'
import type { BenchServices } from '../services'
import { foundTown } from '../town'
import type { Town } from '../town'
import { checkPoison, LOAD_EVERY_MS } from './faults'
import type { FaultRun } from './faults'
import { compare, Ledger } from './ledger'
import type { Verdict } from './ledger'
import { Sender, STREAMS, thingKey, underLoad } from './sender'
import { pause } from './stand'

const READY_LIMIT_MS = 120_000
const STOP_LIMIT_MS = 8_000
/** What is acknowledged reaches the store within a second or two. */
const DRAIN_MS = 4_000
const ALONE_MS = 1_500

/**
 * kill -9 of the supervisor itself, of a Belfry as `npm start` runs it: its programs drain and end when they hear that
 * it is gone, and the next start ends the stores that are left and begins anew. Adds what it finds to the figures.
 */
export async function killSupervisor(run: FaultRun, kills: number): Promise<void> {
  const folder = await makeFolder()
  try {
    const things = Array.from({ length: STREAMS }, (_, no) => thingKey(no))
    const town = await withStores(folder, (services) => foundTown(services, { things }))
    const ledger = await underKills(run, { folder, town, kills })
    const of = { world: town.world.no, streams: STREAMS }
    add(run, kills, await withStores(folder, (services) => compare(services, ledger, of)))
  } finally {
    await endOrphans(placesOf(folder).run)
    await rm(placesOf(folder).sockets, { recursive: true, force: true })
    await rm(folder, { recursive: true, force: true })
  }
}

async function withStores<Value>(folder: string, use: (services: BenchServices) => Promise<Value>): Promise<Value> {
  const services = await openServices(folder)
  try {
    return await use(services)
  } finally {
    await services.stop()
  }
}

async function underKills(
  run: FaultRun,
  { folder, town, kills }: { folder: string; town: Town; kills: number },
): Promise<Ledger> {
  const ledger = new Ledger()
  const port = await freePort()
  const sender = new Sender({ url: `http://127.0.0.1:${port}`, town }, ledger)
  const ended = new AbortController()
  let supervisor = await startSupervisor(folder, port)
  try {
    const loading = underLoad(sender, LOAD_EVERY_MS, ended.signal)
    for (let i = 0; i < kills; i++) {
      await pause(ALONE_MS)
      sendSignal(supervisor.pid, 'SIGKILL')
      await supervisor.exited
      await pause(ALONE_MS)
      const began = performance.now()
      supervisor = await startSupervisor(folder, port)
      const ms = Math.round(performance.now() - began)
      run.say(
        `killed supervisor (${i + 1}/${kills}), the next start was ready after ${ms} ms, ${ledger.size} acknowledged`,
      )
    }
    ended.abort()
    await loading
    checkPoison(run, sender)
    await pause(DRAIN_MS)
    return ledger
  } finally {
    ended.abort()
    await supervisor.stop('SIGTERM', STOP_LIMIT_MS)
  }
}

async function startSupervisor(folder: string, port: number): Promise<Child> {
  const lines: string[] = []
  const args = ['--import', 'tsx', 'platform/supervisor/main.ts', '--port', String(port), '--no-exercise']
  const own = { BELFRY_VAR: folder, BELFRY_DATA: join(folder, 'no-data'), LOG_LEVEL: 'warn' }
  const env = childEnv({ ...own, CLICKHOUSE_URL: '', DATABASE_URL: '', REDIS_URL: '' })
  const child = await startChild({ command: hostFacts().nodePath, args, env }, (line) => lines.push(line))
  const over = new AbortController()
  void child.exited.then(() => over.abort())
  while (!lines.some((line) => line.includes('Ctrl-C ends it'))) {
    if (over.signal.aborted) throw new Error(`Belfry ended.\n${lines.join('\n')}`)
    await pause(50)
  }
  if (await waitForReady(`http://127.0.0.1:${port}`, READY_LIMIT_MS, over.signal)) return child
  await child.stop('SIGTERM', STOP_LIMIT_MS)
  throw new Error(`Belfry did not get ready.\n${lines.join('\n')}`)
}

function add({ figures, failures }: FaultRun, kills: number, verdict: Verdict): void {
  figures['supervisorKills'] = { value: kills, unit: 'kills', n: kills }
  for (const [key, value] of Object.entries(verdict) as [keyof Verdict, number][]) {
    const before = figures[key]
    const n = (before?.n ?? 0) + verdict.acknowledged
    figures[key] = { value: (before?.value ?? 0) + value, unit: 'obs', n }
    if (key !== 'acknowledged' && value > 0)
      failures.push(`${value} records ${key} around the kills of the supervisor.`)
  }
}
