import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { sendSignal } from '../shutdown'
import { HOME } from './places'

export interface ChildSpec {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Opens a channel: the child hears when we die, and may send messages. */
  readonly channel?: boolean
  /** 0 to 19; higher gives way to others. */
  readonly nice?: number
  readonly uid?: number
  readonly gid?: number
}

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A process of ours in a group of its own, so that Ctrl-C reaches only the supervisor. */
export interface Child {
  readonly pid: number
  readonly exited: Promise<Exit>
  /** The first message over the channel; rejects when the child ends before. */
  message(): Promise<unknown>
  /** Asks with `signal`, kills the group after `limitMs`. True when it went by itself. */
  stop(signal: NodeJS.Signals, limitMs: number): Promise<boolean>
}

export type LineSink = (line: string) => void
/** Hears of a process as soon as there is one, long before it is ready. */
export type OnSpawned = (child: Child) => void

/** Starts a process whose output goes line by line to `sink`. @throws when it cannot be started. */
export async function startChild(spec: ChildSpec, sink: LineSink, onSpawned?: OnSpawned): Promise<Child> {
  const [command, args] = niced(spec)
  const child = spawn(command, args, {
    cwd: HOME,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', ...(spec.channel === true ? (['ipc'] as const) : [])],
    ...(spec.env === undefined ? {} : { env: spec.env }),
    ...(spec.uid === undefined ? {} : { uid: spec.uid }),
    ...(spec.gid === undefined ? {} : { gid: spec.gid }),
  })
  for (const output of [child.stdout, child.stderr]) if (output !== null) createInterface(output).on('line', sink)
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
    child.once('error', () => resolve({ code: null, signal: null }))
  })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', reject)
  })
  const pid = child.pid ?? 0
  const started: Child = {
    pid,
    exited,
    message: () => firstMessage(child, exited),
    stop: (signal, limitMs) => stopGroup(pid, exited, { signal, limitMs }),
  }
  onSpawned?.(started)
  return started
}

function niced({ command, args, nice = 0 }: ChildSpec): [string, string[]] {
  return nice > 0 ? ['nice', ['-n', String(nice), command, ...args]] : [command, [...args]]
}

function firstMessage(child: ChildProcess, exited: Promise<Exit>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve)
    void exited.then((exit) => reject(new Error(`ended ${wordsOf(exit)} before it was ready`)))
  })
}

export const wordsOf = ({ code, signal }: Exit): string =>
  signal === null ? `with code ${code ?? '?'}` : `by ${signal}`

interface Ending {
  readonly signal: NodeJS.Signals
  readonly limitMs: number
}

async function stopGroup(pid: number, exited: Promise<Exit>, { signal, limitMs }: Ending): Promise<boolean> {
  sendSignal(pid, signal)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), limitMs)))
  const outcome = await Promise.race([exited, late])
  clearTimeout(timer)
  sendSignal(-pid, 'SIGKILL') // whatever the child left behind in its group
  if (outcome === 'late') await exited
  return outcome !== 'late'
}
