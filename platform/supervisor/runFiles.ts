import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { command } from '../embedded/command'
import { sendSignal } from '../shutdown'

/** A running part, as the next supervisor finds it when this one was killed. */
const RunFile = z.object({ part: z.string(), pid: z.number().int().positive(), started: z.string() })
type RunFile = z.infer<typeof RunFile>

const PREFIX = 'part-'
const END_LIMIT_MS = 3000
/** PostgreSQL waits for its clients on SIGTERM; SIGINT is its fast way down. */
const signalOf = (part: string): NodeJS.Signals => (part === 'postgres' ? 'SIGINT' : 'SIGTERM')

const fileOf = (folder: string, part: string): string => join(folder, `${PREFIX}${part}.json`)

/** Notes a part that was started. */
export async function noteRunning(folder: string, part: string, pid: number): Promise<void> {
  await mkdir(folder, { recursive: true })
  const started = await startOf(pid)
  if (started === undefined) return
  await writeFile(fileOf(folder, part), JSON.stringify({ part, pid, started } satisfies RunFile))
}

export const forgetRunning = (folder: string, part: string): Promise<void> => rm(fileOf(folder, part), { force: true })

/** Is the supervisor of this folder alive? Its pid, if so. */
export async function runningSupervisor(folder: string): Promise<number | undefined> {
  const found = await readRunFile(fileOf(folder, 'supervisor'))
  return found !== undefined && (await isSame(found)) ? found.pid : undefined
}

/** Ends the parts of a supervisor that was killed, and returns their names. */
export async function endOrphans(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  const files = names.filter((name) => name.startsWith(PREFIX) && name.endsWith('.json'))
  const ended = await Promise.all(files.map((name) => endOrphan(join(folder, name))))
  return ended.filter((part) => part !== undefined)
}

async function endOrphan(file: string): Promise<string | undefined> {
  const found = await readRunFile(file)
  const alive = found !== undefined && (await isSame(found))
  if (alive) await endProcess(found)
  await rm(file, { force: true })
  return alive ? found.part : undefined
}

async function endProcess(found: RunFile): Promise<void> {
  sendSignal(found.pid, signalOf(found.part))
  const end = performance.now() + END_LIMIT_MS
  while (performance.now() < end && (await isSame(found))) await sleep(50)
  sendSignal(-found.pid, 'SIGKILL')
  while (await isSame(found)) await sleep(50)
}

async function readRunFile(file: string): Promise<RunFile | undefined> {
  try {
    return RunFile.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}

const isSame = async ({ pid, started }: RunFile): Promise<boolean> => (await startOf(pid)) === started

/** When the process started, in the system's own words: a pid alone may be somebody else's by now. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19] // field 22 of the whole line: start time in ticks
  } catch {
    const listed = await command('ps', ['-o', 'lstart=', '-p', String(pid)])
    return listed.ok && listed.output !== '' ? listed.output : undefined
  }
}
