import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { LineSink } from '../embedded/child'
import { placesOf } from '../embedded/places'
import type { Places } from '../embedded/places'
import { CannotRun } from '../embedded/service'
import { BadEnvironment, hostFacts, readEnv } from '../env'
import type { Env } from '../env'
import { createLog } from '../log'
import type { Log } from '../log'
import { MigrationConflict } from '../migrations'
import { createShutdown } from '../shutdown'
import type { Shutdown } from '../shutdown'
import { localAddress, waitForReady } from './health'
import { readOptions } from './options'
import type { StartOptions } from './options'
import { Part } from './part'
import { lineSink, PartLog } from './partLog'
import { JOBS, launchProgram, SERVER, SIMULATOR } from './programs'
import type { Program } from './programs'
import { endOrphans, forgetRunning, noteRunning, runningSupervisor } from './runFiles'
import { migrateStores, startStores } from './stores'
import type { StoreUrls } from './stores'
import { openTerminal } from './terminal'
import type { Terminal } from './terminal'

const READY_LIMIT_MS = 120_000
// All of it within five seconds: the programs first, the stores when nobody writes any more, with what time is left.
const PROGRAMS_STOP_MS = 4000
const ALL_STOP_MS = 4900

interface Supervision {
  readonly env: Env
  readonly options: StartOptions
  readonly places: Places
  readonly terminal: Terminal
  readonly log: Log
  readonly shutdown: Shutdown
  readonly programs: Part[]
  readonly stores: Part[]
}

/** `npm start`: everything Belfry is, on this machine, kept alive until Ctrl-C. */
async function main(): Promise<void> {
  const terminal = openTerminal()
  const supervision = open(terminal)
  if (supervision === undefined) return
  const { places, shutdown, log } = supervision
  try {
    await superviseAll(supervision)
  } catch (cause) {
    if (shutdown.signal.aborted) return
    terminal.say(sentenceOf(cause))
    if (!isSentence(cause)) terminal.say(`the logs are in ${places.log}`)
    log.error({ err: cause }, 'start failed')
    await shutdown.begin('start failed', 1)
  }
}

function open(terminal: Terminal): Supervision | undefined {
  const programs: Part[] = []
  const stores: Part[] = []
  try {
    const env = readEnv()
    const options = readOptions(hostFacts().argv, env)
    const places = placesOf(env.BELFRY_VAR)
    const file = new PartLog(places.log, 'supervisor')
    const log = createLog('supervisor', {
      level: env.LOG_LEVEL,
      destination: { write: (line) => file.write(line.trimEnd()) },
    })
    const shutdown = createShutdown(log)
    shutdown.signal.addEventListener('abort', () => terminal.say('stopping'))
    let begun = 0
    const stopPrograms = (): Promise<unknown> => {
      begun = performance.now()
      return stopAll(programs, PROGRAMS_STOP_MS)
    }
    const stopStores = (): Promise<unknown> => stopAll(stores, Math.max(500, begun + ALL_STOP_MS - performance.now()))
    shutdown.add('programs', stopPrograms, PROGRAMS_STOP_MS + 300)
    shutdown.add('stores', stopStores, ALL_STOP_MS)
    return { env, options, places, terminal, log, shutdown, programs, stores }
  } catch (cause) {
    terminal.say(sentenceOf(cause))
    void createShutdown(createLog('supervisor', { level: 'silent' })).begin('bad environment', 1)
    return undefined
  }
}

const stopAll = (parts: readonly Part[], limitMs: number): Promise<unknown> =>
  Promise.all(parts.map((part) => part.stop(limitMs)))

async function superviseAll(supervision: Supervision): Promise<void> {
  const { places, terminal, env, log, stores, shutdown } = supervision
  await mkdir(places.run, { recursive: true })
  const other = await runningSupervisor(places.run)
  if (other !== undefined) throw new CannotRun(`Belfry already runs on this folder (process ${other}): stop it first.`)
  const orphans = await endOrphans(places.run)
  await noteRunning(places.run, 'supervisor', hostFacts().pid)
  shutdown.add('run file', () => forgetRunning(places.run, 'supervisor'))
  if (orphans.length > 0) terminal.say(`ended what a killed Belfry left running: ${orphans.join(', ')}`)
  const urls = await startStores({
    env,
    places,
    terminal,
    sinkOf: (part) => sinkOf(supervision, part),
    onPart: (part) => void stores.push(part),
  })
  const migrated = await migrateStores(urls, env, log)
  if (migrated.length > 0) terminal.say(`tables made: ${migrated.length} migrations`)
  if (!shutdown.signal.aborted) await startPrograms(supervision, urls)
}

async function startPrograms(supervision: Supervision, urls: StoreUrls): Promise<void> {
  const { options, terminal, shutdown, places } = supervision
  const address = localAddress(options.host, options.port)
  await startProgram(supervision, SERVER, urls)
  if (!(await waitForReady(address, READY_LIMIT_MS, shutdown.signal))) {
    if (shutdown.signal.aborted) return
    throw new Error(`The server was not ready in ${READY_LIMIT_MS / 1000} s.`)
  }
  terminal.say('server ready')
  await startProgram(supervision, JOBS, urls)
  if (options.exercise) await startProgram(supervision, SIMULATOR, urls)
  terminal.say(`open ${address}/wall   (start page ${address}/, health ${address}/health/ready)`)
  await sayFirstAdmin(places, terminal)
  terminal.say('Ctrl-C ends it')
}

async function startProgram(supervision: Supervision, program: Program, urls: StoreUrls): Promise<void> {
  const { env, options, places, terminal, programs, shutdown } = supervision
  if (shutdown.signal.aborted) return // who stops the programs has passed already
  const sink = sinkOf(supervision, program.name)
  const added = {
    ...urls,
    HOST: options.host,
    PORT: String(options.port),
    BELFRY_VAR: places.var,
    BELFRY_EXERCISE: options.exercise ? 'on' : 'off',
    DURABILITY: env.DURABILITY,
  }
  const part = new Part({
    name: program.name,
    run: places.run,
    terminal,
    stopSignal: 'SIGTERM',
    launch: () => launchProgram(program, added, sink),
  })
  programs.push(part)
  await part.start()
}

const sinkOf = ({ places, terminal }: Supervision, part: string): LineSink =>
  lineSink(new PartLog(places.log, part), part, terminal)

const FirstAdmin = z.object({ login: z.string(), password: z.string() })

/** The server leaves the first administrator's password here once; it is shown and forgotten. */
async function sayFirstAdmin(places: Places, terminal: Terminal): Promise<void> {
  const file = join(places.run, 'first-admin.json')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return
  const { login, password } = FirstAdmin.parse(JSON.parse(text))
  await rm(file)
  terminal.say(`sign in as ${login} with the one-time password ${password}   (shown only now)`)
}

const isSentence = (cause: unknown): boolean =>
  cause instanceof CannotRun || cause instanceof BadEnvironment || cause instanceof MigrationConflict

function sentenceOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

await main()
