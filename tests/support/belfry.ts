import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { HOME, placesOf } from '@/platform/embedded/places'
import { childEnv, hostFacts, readEnv } from '@/platform/env'
import { sendSignal } from '@/platform/shutdown'

/** A whole Belfry of a test's own: the supervisor as `npm start` runs it, on a free port and an empty folder. */
export interface Belfry {
  readonly address: string
  readonly var: string
  /** What the supervisor said, line by line. */
  readonly lines: readonly string[]
  /** The first administrator, when the supervisor showed one. */
  readonly admin: { readonly login: string; readonly password: string } | undefined
  /** Process of a part, as the run file says. */
  pidOf(part: string): Promise<number>
  /** SIGINT as by Ctrl-C; resolves with exit code and milliseconds. */
  interrupt(): Promise<{ code: number | null; ms: number }>
  /** Kills the supervisor and nobody else. */
  kill(): Promise<void>
  /** Starts again on the same folder and port. */
  restart(): Promise<Belfry>
  /** Ends it if it runs, and removes its folder. */
  close(): Promise<void>
}

const READY_LIMIT_MS = 180_000

export async function startBelfry(args: readonly string[] = [], env: Record<string, string> = {}): Promise<Belfry> {
  const folder = await mkdtemp(join(tmpdir(), 'belfry-e2e-'))
  const { packages } = placesOf(readEnv().BELFRY_VAR)
  await mkdir(packages, { recursive: true })
  await symlink(packages, join(folder, 'packages'))
  await keepCityAway(folder)
  return launch(folder, await freePort(), { args, env })
}

/** A package that is somebody's own is never made: what a whole start is tested for needs no minute of city building. */
async function keepCityAway(folder: string): Promise<void> {
  const own = join(folder, 'cities', 'linjiang')
  await mkdir(own, { recursive: true })
  await writeFile(join(own, 'SHA256SUMS'), '')
}

interface Wanted {
  readonly args: readonly string[]
  readonly env: Record<string, string>
}

async function launch(folder: string, port: number, wanted: Wanted): Promise<Belfry> {
  const lines: string[] = []
  const supervisor = spawn(
    hostFacts().nodePath,
    ['--import', 'tsx', 'platform/supervisor/main.ts', '--port', String(port), ...wanted.args],
    {
      cwd: HOME,
      env: childEnv({ BELFRY_VAR: folder, CLICKHOUSE_URL: '', DATABASE_URL: '', REDIS_URL: '', ...wanted.env }),
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  await said(supervisor, lines, 'Ctrl-C ends it')
  const shown = lines.map((line) => /sign in as (\S+) with the one-time password (\S+)/.exec(line)).find(Boolean)
  const exited = new Promise<number | null>((resolve) => supervisor.once('exit', resolve))
  const ended = () => supervisor.exitCode !== null || supervisor.signalCode !== null
  const interrupt = async () => {
    const began = performance.now()
    supervisor.kill('SIGINT')
    return { code: ended() ? supervisor.exitCode : await exited, ms: performance.now() - began }
  }
  return {
    address: `http://127.0.0.1:${port}`,
    var: folder,
    lines,
    admin: shown ? { login: shown[1]!, password: shown[2]! } : undefined,
    pidOf: (part) => pidOf(folder, part),
    interrupt,
    async kill() {
      supervisor.kill('SIGKILL')
      if (!ended()) await exited
    },
    restart: () => launch(folder, port, wanted),
    async close() {
      if (!ended()) await interrupt()
      await rm(folder, { recursive: true, force: true })
      await rm(placesOf(folder).sockets, { recursive: true, force: true })
    },
  }
}

/** Is the process there? */
export const isAlive = (pid: number): boolean => sendSignal(pid, 0)

/** Resident bytes of processes and their direct children (PostgreSQL forks one per connection). Shared pages count in each. */
export async function residentBytes(pids: readonly number[]): Promise<number> {
  const entries = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const status = await Promise.all(entries.map((pid) => readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')))
  const field = (text: string, name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0)
  const ours = status.filter((text) => pids.includes(field(text, 'Pid')) || pids.includes(field(text, 'PPid')))
  return ours.reduce((sum, text) => sum + field(text, 'VmRSS') * 1024, 0)
}

async function pidOf(folder: string, part: string): Promise<number> {
  const text = await readFile(join(folder, 'run', `part-${part}.json`), 'utf8')
  return (JSON.parse(text) as { pid: number }).pid
}

function said(supervisor: ChildProcess, lines: string[], words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why}:\n${lines.join('\n')}`))
    const timer = setTimeout(() => fail('Belfry was not ready in time'), READY_LIMIT_MS)
    supervisor.once('exit', () => fail('Belfry ended'))
    createInterface(supervisor.stdout!).on('line', (line) => {
      lines.push(line)
      if (!line.includes(words)) return
      clearTimeout(timer)
      resolve()
    })
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
