import type { Log } from './log'

type Stop = () => unknown

interface Part {
  readonly name: string
  readonly stop: Stop
  readonly limitMs: number
}

/** Ends a process in order: intake first, connections last. */
export interface Shutdown {
  /** Registers a part; parts are stopped in the order added, each within `limitMs` (default 3000). */
  add(name: string, stop: Stop, limitMs?: number): void
  /** Aborts as soon as the shutdown begins: for loops and waits. */
  readonly signal: AbortSignal
  /** Stops everything and exits with `exitCode`; calls after the first do nothing. */
  begin(reason: string, exitCode?: number): Promise<void>
}

/** What the machinery needs of its process; given in tests. */
export interface ProcessHooks {
  on(
    event: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'disconnect' | 'uncaughtException' | 'unhandledRejection',
    fn: (cause: unknown) => void,
  ): void
  exit(code: number): void
}

const realProcess: ProcessHooks = {
  on: (event, fn) => void process.on(event, fn),
  exit: (code) => process.exit(code),
}

/**
 * Listens to SIGINT, SIGTERM, a parent that is gone (IPC disconnect) and uncaught errors, and then stops the parts.
 * Exit code 0 after a signal, 1 after an error or when a part did not stop in time.
 */
export function createShutdown(log: Log, hooks: ProcessHooks = realProcess): Shutdown {
  const parts: Part[] = []
  const controller = new AbortController()
  const begin = async (reason: string, exitCode = 0): Promise<void> => {
    if (controller.signal.aborted) return
    controller.abort(new Error(reason))
    attempt(() => log.info({ reason }, 'stopping'))
    let code = exitCode
    for (const part of parts) if (!(await stopPart(part, log))) code = Math.max(code, 1)
    attempt(() => log.info({ code }, 'stopped'))
    hooks.exit(code)
  }
  for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) hooks.on(event, () => void begin(event))
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    hooks.on(event, (cause) => {
      attempt(() => log.fatal({ err: cause }, event))
      void begin(event, 1)
    })
  }
  return {
    add: (name, stop, limitMs = 3000) => void parts.push({ name, stop, limitMs }),
    signal: controller.signal,
    begin,
  }
}

/** A full disk or a closed pipe must not keep a process from ending. */
function attempt(write: () => void): void {
  try {
    write()
  } catch {
    // There is nowhere left to say it.
  }
}

async function stopPart(part: Part, log: Log): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), part.limitMs)
  })
  try {
    const outcome = await Promise.race([Promise.resolve(part.stop()).then(() => 'done' as const), late])
    if (outcome === 'late') attempt(() => log.error({ part: part.name, limitMs: part.limitMs }, 'did not stop in time'))
    return outcome === 'done'
  } catch (cause) {
    attempt(() => log.error({ part: part.name, err: cause }, 'failed to stop'))
    return false
  } finally {
    clearTimeout(timer)
  }
}

/** Sends a signal to a process, or to its whole group when `pid` is negative; false when it is gone. */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

/** Tells the parent over IPC; nothing happens without a parent. */
export function tellParent(message: Readonly<Record<string, unknown>>): void {
  process.send?.(message)
}
