import { Worker } from 'node:worker_threads'

/** Starts a worker thread on a TypeScript module, also where this process itself was not started by tsx. */
export function startThread(entry: URL): Worker {
  return new Worker(new URL('./threadBoot.mjs', import.meta.url), { execArgv: [], workerData: { entry: entry.href } })
}
