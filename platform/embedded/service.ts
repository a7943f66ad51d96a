import type { Child, LineSink, OnSpawned } from './child'

/** A store that Belfry runs by itself. */
export interface Launch {
  readonly child: Child
  /** What CLICKHOUSE_URL, DATABASE_URL or REDIS_URL shall be. */
  readonly url: string
}

export interface Service {
  readonly name: 'store' | 'postgres' | 'redis'
  readonly stopSignal: NodeJS.Signals
  /** Starts it and resolves when it answers; its address stays the same; `onSpawned` hears of it before. @throws CannotRun, Error */
  launch(sink: LineSink, onSpawned?: OnSpawned): Promise<Launch>
}

/** This machine cannot run the service; the message is one sentence saying what to do. */
export class CannotRun extends Error {
  readonly retry = false
}

/** Tries `ready` every 25 ms until it is true; false after `limitMs` or when the child has ended. */
export async function waitUntil(child: Child, ready: () => Promise<boolean>, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs
  const ended = new AbortController()
  void child.exited.then(() => ended.abort())
  while (performance.now() < end && !ended.signal.aborted) {
    if (await ready()) return true
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return false
}
